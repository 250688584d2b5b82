package dev.vaelab.experiment.file;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Objective;
import dev.vaelab.api.model.Part;
import dev.vaelab.api.model.PartKeys;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.experiment.plugin.Plugins;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The losses, likelihoods, priors and samplers of the class path and of plug-ins, and what keys of an experiment file they bring. */
public final class PartCatalog {
    private final Map<PartKind, NamedProviders<? extends Part>> parts = new EnumMap<>(PartKind.class);

    private final Map<PartKind, Map<String, OfferedPart>> offered = new EnumMap<>(PartKind.class);

    private final Map<PartKind, Map<String, List<Problem>>> refused = new EnumMap<>(PartKind.class);

    /** @param source gives the parts of a kind */
    private PartCatalog(Function<PartKind, NamedProviders<? extends Part>> source) {
        List<Problem> problems = new ArrayList<>();
        for (PartKind kind : PartKind.values()) {
            offered.put(kind, new TreeMap<>());
            refused.put(kind, new TreeMap<>());
            try {
                parts.put(kind, source.apply(kind));
                ofClassPath(kind).forEach(part -> problems.addAll(PartKeys.problems(kind.toString(), part)));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        parts.keySet()
                .forEach(kind -> ofClassPath(kind)
                        .forEach(part -> offered.get(kind).put(part.name(), new OfferedPart(kind, part))));
        parts.keySet().forEach(kind -> ofPlugins(kind).forEach(part -> add(kind, part)));
    }

    private List<? extends Part> ofClassPath(PartKind kind) {
        return all(kind).filter(part -> !Plugins.isOfPlugin(part)).toList();
    }

    private List<? extends Part> ofPlugins(PartKind kind) {
        return all(kind).filter(Plugins::isOfPlugin).toList();
    }

    private Stream<? extends Part> all(PartKind kind) {
        return parts.get(kind).offers().stream().map(offer -> offer.provider().get());
    }

    /** A part of a plug-in, unless it would spoil the files of those who do without it. */
    private void add(PartKind kind, Part part) {
        List<Problem> problems = new ArrayList<>();
        try {
            problems.addAll(PartKeys.problems(kind.toString(), part));
            if (problems.isEmpty()) {
                offered.get(kind).put(part.name(), new OfferedPart(kind, part));
                describe(ExperimentSchema.readResource());
            }
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
        } catch (RuntimeException | LinkageError e) {
            problems.add(new Problem(
                    kind + " " + part.name(),
                    "a failure when asked for its description and its keys: " + e,
                    "",
                    "mend its plug-in or take it away"));
        }
        if (!problems.isEmpty()) {
            offered.get(kind).remove(part.name());
            refused.get(kind).put(part.name(), problems);
        }
    }

    /**
     * Collects the parts of a class path.
     *
     * @throws InvalidInputException if two of a kind have one name, one cannot be loaded, or one has keys that cannot stand in a file
     */
    public static PartCatalog load(ClassLoader loader) {
        return new PartCatalog(kind -> NamedProviders.load(kind.toString(), kind.type(), loader, Part::name));
    }

    /**
     * Collects the parts of the class path and of plug-ins.
     *
     * @throws InvalidInputException if something is wrong with those of the class path
     */
    public static PartCatalog load(Plugins plugins) {
        return new PartCatalog(kind -> plugins.parts(kind.toString(), kind.type()));
    }

    /** What somebody can do who misses a part, by the key where it is chosen. */
    public Map<String, String> adviceOnNames() {
        return parts.entrySet().stream()
                .collect(Collectors.toMap(
                        named -> named.getKey().place(),
                        named -> named.getValue().advice()));
    }

    /** What is wrong with parts of plug-ins that can therefore not be chosen. */
    public List<Problem> refusals() {
        return refused.values().stream()
                .flatMap(ofKind -> ofKind.values().stream())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Adds the names that can be chosen, and the keys that come with them, to the schema of an experiment.
     *
     * @throws InvalidInputException if two parts have a key of one name that says different things
     */
    void describe(ObjectNode schema) {
        List<Problem> problems = new ArrayList<>();
        Map<JsonNode, List<OfferedPart>> brought = new IdentityHashMap<>();
        for (PartKind kind : PartKind.values()) {
            ObjectNode keys = (ObjectNode) schema.at("/properties/" + kind.object() + "/properties");
            ObjectNode chooser = (ObjectNode) keys.get(kind.chooser());
            ExperimentSchema.offer(chooser, parts.get(kind).names());
            String choices = offered.get(kind).values().stream()
                    .map(part -> part.name() + ": " + part.description())
                    .collect(Collectors.joining("; "));
            chooser.put("description", chooser.path("description").asString() + " " + choices + ".");
            offered.get(kind)
                    .values()
                    .forEach(part -> part.schema().properties().forEach(own -> {
                        JsonNode before = keys.get(own.getKey());
                        List<OfferedPart> others = brought.getOrDefault(before, List.of());
                        Optional<OfferedPart> other = others.stream().findFirst();
                        if (before == null) {
                            keys.set(own.getKey(), own.getValue());
                            brought.put(own.getValue(), List.of(part));
                        } else if (part.allows(own.getKey(), other)) {
                            ObjectNode together = part.together(own.getKey(), (ObjectNode) before, others);
                            keys.set(own.getKey(), together);
                            brought.put(
                                    together,
                                    Stream.concat(others.stream(), Stream.of(part))
                                            .toList());
                        } else {
                            problems.add(clash(own.getKey(), other, part));
                        }
                    }));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static Problem clash(String key, Optional<OfferedPart> before, OfferedPart part) {
        return new Problem(
                part.kind().object() + "." + key,
                "two meanings, that of " + before.map(OfferedPart::toString).orElse("every " + part.kind())
                        + " and that of " + part,
                "one",
                "rename the key of one of them");
    }

    /** Keys that mean something under one choice only. */
    List<ChosenKey> chosenKeys() {
        Map<String, ChosenKey> chosen = new LinkedHashMap<>();
        for (PartKind kind : PartKind.values()) {
            offered.get(kind)
                    .values()
                    .forEach(part -> part.schema()
                            .propertyNames()
                            .forEach(key -> chosen.merge(
                                    kind + "." + key,
                                    new ChosenKey(
                                            kind.object(), key, kind.chooser(), kind.byDefault(), List.of(part.name())),
                                    ChosenKey::or)));
        }
        return List.copyOf(chosen.values());
    }

    /** The keys that parts of a kind have of their own, sorted. */
    List<String> keysOf(PartKind kind) {
        return offered.get(kind).values().stream()
                .flatMap(part -> List.copyOf(part.schema().propertyNames()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Of the numbers that parts have of their own, all of which engines compute with. */
    List<NumberRange.Range> ranges() {
        return offered.values().stream()
                .flatMap(ofKind -> ofKind.values().stream())
                .flatMap(part -> part.schema()
                        .propertyStream()
                        .filter(own -> own.getValue().path("type").asString("").equals("number"))
                        .map(own -> NumberRange.Range.of(part.kind().object(), own.getKey(), own.getValue())))
                .distinct()
                .toList();
    }

    /**
     * The experiment with the defaults of all keys that its parts have of their own, and without others.
     *
     * @throws InvalidInputException if there is no part of a name, or it refuses its keys
     */
    ExperimentConfig complete(ExperimentConfig config) {
        Map<String, Object> ofLoss = new LinkedHashMap<>(completed(PartKind.LIKELIHOOD, config));
        ofLoss.putAll(completed(PartKind.LOSS, config));
        return config.with(
                config.loss().withKeys(ofLoss),
                config.prior().withKeys(completed(PartKind.PRIOR, config)),
                config.sampler().withKeys(completed(PartKind.SAMPLER, config)));
    }

    private Map<String, Object> completed(PartKind kind, ExperimentConfig config) {
        return chosen(kind, config).complete(kind.in(config).keys());
    }

    private OfferedPart chosen(PartKind kind, ExperimentConfig config) {
        String name = kind.in(config).name();
        parts.get(kind).require(name, kind.place());
        if (refused.get(kind).containsKey(name)) {
            throw new InvalidInputException(refused.get(kind).get(name));
        }
        return offered.get(kind).get(name);
    }

    /** What the parts of an experiment refuse beyond the schema; places are keys. */
    List<Problem> problems(ExperimentConfig config) {
        List<Problem> problems = new ArrayList<>();
        for (PartKind kind : PartKind.values()) {
            try {
                make(kind, config);
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (problems.isEmpty()) {
            Objective objective = objective(config);
            problems.addAll(undrawn(objective));
            problems.addAll(unsampled(objective));
            problems.addAll(unlabelled(config, objective));
        }
        return problems;
    }

    /** A loss that compares latents with draws of the prior needs a prior that can be differentiated by way of them. */
    private List<Problem> unsampled(Objective objective) {
        if (!objective.loss().needsPriorSamples() || objective.prior().reparameterized()) {
            return List.of();
        }
        String suitable = ofKind(PartKind.PRIOR)
                .map(Prior.class::cast)
                .filter(Prior::reparameterized)
                .map(Part::name)
                .sorted()
                .collect(Collectors.joining(" or "));
        return List.of(new Problem(
                PartKind.PRIOR.place(),
                objective.prior().name() + " with the loss " + objective.loss().name(),
                "a prior whose latents are a function of noise, since the loss compares them with those of images",
                "set " + PartKind.PRIOR.place() + " to " + suitable));
    }

    /** A conditional encoder is told the label of all that it sees, and nobody has labelled pseudo-inputs. */
    private List<Problem> unlabelled(ExperimentConfig config, Objective objective) {
        if (!config.model().conditional() || objective.prior().pseudoInputCount() == 0) {
            return List.of();
        }
        return List.of(new Problem(
                PartKind.PRIOR.place(),
                objective.prior().name() + " with model.condition "
                        + config.model().condition(),
                "a prior without pseudo-inputs: the encoder would have to know their labels, and they have none",
                "set " + PartKind.PRIOR.place() + " to " + PartKind.PRIOR.byDefault()
                        + ", or leave model.condition out"));
    }

    private Stream<Part> ofKind(PartKind kind) {
        return offered.get(kind).values().stream().map(OfferedPart::defaults);
    }

    /** At a latent that was not drawn, log q(z|x) falls without limit as the variance grows, and the loss with it. */
    private static List<Problem> undrawn(Objective objective) {
        if (objective.sampler().draws()) {
            return List.of();
        }
        Map<PartKind, Part> parts = new EnumMap<>(PartKind.class);
        parts.put(PartKind.LOSS, objective.loss());
        parts.put(PartKind.PRIOR, objective.prior());
        return parts.entrySet().stream()
                .filter(part -> part.getValue().needsDraws())
                .map(part -> new Problem(
                        PartKind.SAMPLER.place(),
                        objective.sampler().name() + ", which does not draw, with the " + part.getKey() + " "
                                + part.getValue().name(),
                        "a sampler that draws from the posterior, by whose density this " + part.getKey()
                                + " weighs the latents",
                        "set " + PartKind.SAMPLER.place() + " to " + PartKind.SAMPLER.byDefault()))
                .toList();
    }

    /**
     * The parts that an experiment chooses.
     *
     * @throws InvalidInputException if there is none of a name, or it refuses its keys
     */
    public Objective objective(ExperimentConfig config) {
        return new Objective(
                (Loss) make(PartKind.LOSS, config),
                (Likelihood) make(PartKind.LIKELIHOOD, config),
                (Prior) make(PartKind.PRIOR, config),
                (Sampler) make(PartKind.SAMPLER, config));
    }

    private Part make(PartKind kind, ExperimentConfig config) {
        return chosen(kind, config).with(kind.in(config).keys());
    }
}
