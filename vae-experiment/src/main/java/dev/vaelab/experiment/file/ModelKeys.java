package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Items;
import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which keys of the model mean something together: a network of a name and its sizes, or two lists of layers. */
final class ModelKeys {
    private static final String MODEL = "model";
    private static final List<String> LISTS = List.of("encoder", "decoder");
    private static final List<String> OF_NETWORKS = List.of("network", "channels", "hidden", "activation");

    private ModelKeys() {}

    /**
     * Adds each key that means nothing beside the others, or lacks one that it needs, to the problems.
     *
     * @param complete whether what the experiment does not say is missing, rather than in a file that cannot be read
     */
    static void check(Members experiment, boolean complete, ProblemList problems) {
        Applicability.object(experiment, MODEL).ifPresent(model -> {
            Map<String, Member> keys = model.members();
            if (LISTS.stream().anyMatch(keys::containsKey)) {
                OF_NETWORKS.stream().filter(keys::containsKey).forEach(key -> refuse(keys.get(key), key, problems));
                if (complete) {
                    LISTS.stream().filter(key -> !keys.containsKey(key)).forEach(key -> miss(model, key, problems));
                }
            }
            boolean convolutional = !keys.containsKey("network")
                    || keys.get("network").value().json().asString("").equals("convolutional");
            if (convolutional
                    && keys.containsKey("hidden")
                    && keys.get("hidden").value() instanceof Items widths) {
                problems.add(
                        widths.origin(),
                        path("hidden"),
                        Finding.of(widths),
                        "a whole number, for convolutional",
                        "give one width, or set model.network to mlp");
            }
        });
    }

    private static void refuse(Member member, String key, ProblemList problems) {
        problems.add(
                member.key(),
                path(key),
                key + " beside a list of layers",
                "it with a network of a name only",
                "leave the key out, or encoder and decoder");
    }

    private static void miss(Members model, String key, ProblemList problems) {
        problems.add(
                model.origin(),
                path(key),
                "nothing",
                "a list of layers, since the other network is one",
                "list the layers of both encoder and decoder, or of neither");
    }

    private static KeyPath path(String key) {
        return KeyPath.ROOT.key(MODEL).key(key);
    }

    /** Tells editors the same, as far as one file shows it. */
    static void describe(ObjectNode file) {
        ObjectNode model = ExperimentMapper.MAPPER.createObjectNode();
        ArrayNode listed = model.putObject("if").putArray("anyOf");
        LISTS.forEach(key -> listed.addObject().putArray("required").add(key));
        ObjectNode refused = model.putObject("then").putObject("properties");
        OF_NETWORKS.forEach(key -> refused.put(key, false));
        file.withArray("allOf").addObject().putObject("properties").set(MODEL, model);
    }
}
