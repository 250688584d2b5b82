package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keys that mean something under one choice only; elsewhere they would be ignored, and a person would not know. */
final class Applicability {
    private static final List<ChosenKey> OF_PROGRAM = List.of(
            new ChosenKey("model", "channels", "network", "convolutional", List.of("convolutional")),
            new ChosenKey("model", "activation", "network", "convolutional", List.of("mlp")),
            new ChosenKey("dataset", "binarizationSeed", "binarization", "none", List.of("fixed", "stochastic")),
            new ChosenKey("training.optimizer", "momentum", "name", "adam", List.of("sgd")),
            new ChosenKey("training.optimizer", "weightDecay", "name", "adam", List.of("adamw")),
            new ChosenKey("training.optimizer", "beta1", "name", "adam", List.of("adam", "adamw")),
            new ChosenKey("training.optimizer", "beta2", "name", "adam", List.of("adam", "adamw")),
            new ChosenKey("training.optimizer", "epsilon", "name", "adam", List.of("adam", "adamw")),
            new ChosenKey("training.schedule", "every", "name", "constant", List.of("step")),
            new ChosenKey("training.schedule", "factor", "name", "constant", List.of("step")),
            new ChosenKey("training.schedule", "stages", "name", "constant", List.of("geometric")),
            new ChosenKey("training.schedule", "growth", "name", "constant", List.of("geometric")),
            new ChosenKey("training.schedule", "endFactor", "name", "constant", List.of("geometric")));

    private final List<Rule> rules;

    /**
     * The rules of the program and others.
     *
     * @param more keys of parts
     */
    Applicability(List<ChosenKey> more) {
        rules = Stream.concat(more.stream(), OF_PROGRAM.stream()).map(Rule::new).toList();
    }

    /** Adds each key that does not apply to the problems. */
    void check(Members experiment, ProblemList problems) {
        rules.forEach(
                rule -> object(experiment, rule.chosen.object()).ifPresent(object -> rule.check(object, problems)));
    }

    /**
     * Tells editors the same, as far as one file shows it.
     *
     * @param file the schema of files
     * @param alone what holds of a file that extends no other: there, what is not said is the default
     */
    void describe(ObjectNode file, ObjectNode alone) {
        rules.forEach(rule -> {
            file.withArray("allOf").add(rule.forbidKeyWithOtherChoice());
            if (!rule.chosen.choices().contains(rule.chosen.byDefault())) {
                alone.withArray("allOf").add(rule.forbidKeyWithoutChoice());
            }
        });
    }

    /** The object of a path of keys, joined by dots. */
    static Optional<Members> object(Members experiment, String path) {
        Optional<Members> object = Optional.of(experiment);
        for (String key : path.split("\\.")) {
            object = object.map(members -> members.members().get(key))
                    .map(Member::value)
                    .filter(Members.class::isInstance)
                    .map(Members.class::cast);
        }
        return object;
    }

    /** A key and the choices that it belongs to. */
    private record Rule(ChosenKey chosen) {
        void check(Members members, ProblemList problems) {
            Member member = members.members().get(chosen.key());
            Member choosing = members.members().get(chosen.chooser());
            String choice = choosing == null
                    ? chosen.byDefault()
                    : choosing.value().json().asString("");
            if (member != null && !chosen.choices().contains(choice)) {
                KeyPath place = path();
                String right = String.join(" or ", chosen.choices());
                problems.add(
                        member.key(),
                        place.key(chosen.key()),
                        chosen.key() + " with " + choice,
                        "it with " + right + " only",
                        "leave the key out, or set "
                                + place.key(chosen.chooser()).text() + " to " + right);
            }
        }

        JsonNode forbidKeyWithOtherChoice() {
            ObjectNode other = ExperimentMapper.MAPPER.createObjectNode();
            other.putArray("required").add(chosen.chooser());
            ObjectNode not =
                    other.putObject("properties").putObject(chosen.chooser()).putObject("not");
            if (chosen.choices().size() == 1) {
                not.put("const", chosen.choices().get(0));
            } else {
                ArrayNode names = not.putArray("enum");
                chosen.choices().forEach(names::add);
            }
            return inObject(forbidKeyIf(other));
        }

        JsonNode forbidKeyWithoutChoice() {
            ObjectNode none = ExperimentMapper.MAPPER.createObjectNode();
            none.putObject("not").putArray("required").add(chosen.chooser());
            return inObject(forbidKeyIf(none));
        }

        private ObjectNode forbidKeyIf(ObjectNode condition) {
            ObjectNode rule = ExperimentMapper.MAPPER.createObjectNode();
            rule.set("if", condition);
            rule.putObject("then").putObject("properties").put(chosen.key(), false);
            return rule;
        }

        private ObjectNode inObject(ObjectNode rule) {
            ObjectNode schema = rule;
            List<String> steps = List.of(chosen.object().split("\\."));
            for (int i = steps.size() - 1; i >= 0; i--) {
                ObjectNode outer = ExperimentMapper.MAPPER.createObjectNode();
                outer.putObject("properties").set(steps.get(i), schema);
                schema = outer;
            }
            return schema;
        }

        private KeyPath path() {
            KeyPath path = KeyPath.ROOT;
            for (String step : chosen.object().split("\\.")) {
                path = path.key(step);
            }
            return path;
        }
    }
}
