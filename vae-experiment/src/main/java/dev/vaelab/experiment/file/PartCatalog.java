package dev.vaelab.experiment.file;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.LossConfig;
import dev.vaelab.api.experiment.PriorConfig;
import dev.vaelab.api.experiment.SamplerConfig;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Part;
import dev.vaelab.api.part.LikelihoodProvider;
import dev.vaelab.api.part.LossProvider;
import dev.vaelab.api.part.PartProvider;
import dev.vaelab.api.part.PriorProvider;
import dev.vaelab.api.part.SamplerProvider;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The losses, likelihoods, priors and samplers of the class path, and what keys of an experiment file they bring. */
public final class PartCatalog {
    private final Map<PartKind, NamedProviders<PartProvider<?, ?>>> providers = new EnumMap<>(PartKind.class);

    private final Map<Class<? extends Record>, ObjectNode> ownKeys = new HashMap<>();

    private PartCatalog(ClassLoader loader) {
        providers.put(PartKind.LOSS, load("loss", LossProvider.class, loader));
        providers.put(PartKind.LIKELIHOOD, load("likelihood", LikelihoodProvider.class, loader));
        providers.put(PartKind.PRIOR, load("prior", PriorProvider.class, loader));
        providers.put(PartKind.SAMPLER, load("sampler", SamplerProvider.class, loader));
    }

    /** @param service one of the kinds, which Java knows without its parameters only */
    @SuppressWarnings("unchecked")
    private static NamedProviders<PartProvider<?, ?>> load(String kind, Class<?> service, ClassLoader loader) {
        return NamedProviders.load(kind, (Class<PartProvider<?, ?>>) service, loader, PartProvider::name);
    }

    /**
     * Collects the parts of a class path.
     *
     * @throws InvalidInputException if two of a kind have one name, one cannot be loaded, or two have a key of one name that says
     *     different things
     */
    public static PartCatalog load(ClassLoader loader) {
        return new PartCatalog(loader);
    }

    /** The names of a kind, sorted. */
    Set<String> names(PartKind kind) {
        return providers.get(kind).names();
    }

    /** Adds the names that can be chosen, and the keys that come with them, to the schema of an experiment. */
    void describe(ObjectNode schema) {
        List<Problem> problems = new ArrayList<>();
        for (PartKind kind : PartKind.values()) {
            ObjectNode keys = (ObjectNode) schema.at("/properties/" + kind.object() + "/properties");
            ExperimentSchema.offer(keys.get(kind.chooser()), names(kind));
            for (PartProvider<?, ?> provider : providers.get(kind).all()) {
                ownKeys(provider).properties().forEach(own -> {
                    JsonNode before = keys.get(own.getKey());
                    if (before == null) {
                        keys.set(own.getKey(), own.getValue());
                    } else if (!before.equals(own.getValue())) {
                        problems.add(clash(kind, provider, own.getKey()));
                    }
                });
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static Problem clash(PartKind kind, PartProvider<?, ?> provider, String key) {
        return new Problem(
                kind.name().toLowerCase(Locale.ROOT) + " " + provider.name(),
                "a key " + key + ", which " + kind.object() + "." + key + " is already, with another meaning",
                "a name of its own",
                "rename it in " + provider.keys().getName());
    }

    /** Keys that mean something under one choice only. */
    List<ChosenKey> chosenKeys() {
        Map<String, ChosenKey> chosen = new LinkedHashMap<>();
        for (PartKind kind : PartKind.values()) {
            for (PartProvider<?, ?> provider : providers.get(kind).all()) {
                ownKeys(provider)
                        .propertyNames()
                        .forEach(key -> chosen.merge(
                                kind + "." + key,
                                new ChosenKey(
                                        kind.object(), key, kind.chooser(), byDefault(kind), List.of(provider.name())),
                                ChosenKey::or));
            }
        }
        return List.copyOf(chosen.values());
    }

    private static String byDefault(PartKind kind) {
        return switch (kind) {
            case LOSS -> LossConfig.ELBO;
            case LIKELIHOOD -> LossConfig.BERNOULLI;
            case PRIOR -> PriorConfig.DEFAULT.name();
            case SAMPLER -> SamplerConfig.DEFAULT.name();
        };
    }

    /** Made once for each provider: a sweep of thousands of runs asks for it again and again. */
    private ObjectNode ownKeys(PartProvider<?, ?> provider) {
        return ownKeys.computeIfAbsent(
                provider.keys(),
                keys -> keys.getRecordComponents().length == 0
                        ? ExperimentMapper.MAPPER.createObjectNode()
                        : (ObjectNode) RecordSchema.of(keys).get("properties"));
    }

    /** The experiment with the defaults of all keys that its parts have of their own, and without others. */
    ExperimentConfig complete(ExperimentConfig config) {
        LossConfig loss = config.loss();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.putAll(values(PartKind.LIKELIHOOD, loss.reconstruction(), loss.keys()));
        keys.putAll(values(PartKind.LOSS, loss.name(), loss.keys()));
        PriorConfig prior = config.prior();
        SamplerConfig sampler = config.sampler();
        return config.with(
                loss.withKeys(keys),
                prior.withKeys(values(PartKind.PRIOR, prior.name(), prior.keys())),
                sampler.withKeys(values(PartKind.SAMPLER, sampler.name(), sampler.keys())));
    }

    private Map<String, Object> values(PartKind kind, String name, Map<String, Object> keys) {
        Map<String, Object> values = new LinkedHashMap<>();
        ExperimentMapper.MAPPER
                .valueToTree(record(provider(kind, name), keys))
                .properties()
                .forEach(own -> {
                    if (!own.getValue().isNull()) {
                        values.put(own.getKey(), ExperimentMapper.MAPPER.treeToValue(own.getValue(), Object.class));
                    }
                });
        return values;
    }

    private PartProvider<?, ?> provider(PartKind kind, String name) {
        return providers.get(kind).require(name, kind.object() + "." + kind.chooser());
    }

    /**
     * The parts that an experiment chooses.
     *
     * @throws InvalidInputException if there is none of a name
     */
    public Objective objective(ExperimentConfig config) {
        LossConfig loss = config.loss();
        return new Objective(
                make((LossProvider<?>) provider(PartKind.LOSS, loss.name()), loss.keys()),
                make((LikelihoodProvider<?>) provider(PartKind.LIKELIHOOD, loss.reconstruction()), loss.keys()),
                make(
                        (PriorProvider<?>)
                                provider(PartKind.PRIOR, config.prior().name()),
                        config.prior().keys()),
                make(
                        (SamplerProvider<?>)
                                provider(PartKind.SAMPLER, config.sampler().name()),
                        config.sampler().keys()));
    }

    private <S extends Part, P extends Record> S make(PartProvider<S, P> provider, Map<String, Object> keys) {
        return provider.create(record(provider, keys));
    }

    /** The record of a provider's own keys: others of the same object belong to somebody else. */
    private <P extends Record> P record(PartProvider<?, P> provider, Map<String, Object> keys) {
        ObjectNode own = ExperimentMapper.MAPPER.createObjectNode();
        ownKeys(provider).propertyNames().forEach(key -> {
            if (keys.containsKey(key)) {
                own.set(key, ExperimentMapper.MAPPER.valueToTree(keys.get(key)));
            }
        });
        return ExperimentMapper.MAPPER.treeToValue(own, provider.keys());
    }
}
