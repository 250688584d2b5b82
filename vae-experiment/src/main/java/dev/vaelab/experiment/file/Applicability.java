package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keys that mean something under one choice only; elsewhere they would be ignored, and a person would not know. */
final class Applicability {
    private static final List<Rule> RULES = List.of(
            new Rule("loss", "variance", "reconstruction", "bce", "mse"),
            new Rule("training.optimizer", "momentum", "name", "adam", "sgd"),
            new Rule("training.optimizer", "weightDecay", "name", "adam", "adamw"),
            new Rule("training.schedule", "every", "name", "constant", "step"),
            new Rule("training.schedule", "factor", "name", "constant", "step"));

    /** What needs no quotes: every choice that there is. */
    private static final Pattern WORD = Pattern.compile("[a-z]+");

    private Applicability() {}

    /** Adds each key that does not apply to the problems. */
    static void check(Members experiment, ProblemList problems) {
        RULES.forEach(rule -> object(experiment, rule.object).ifPresent(object -> rule.check(object, problems)));
    }

    /**
     * Tells editors the same, as far as one file shows it.
     *
     * @param file the schema of files
     * @param alone what holds of a file that extends no other: there, what is not said is the default
     */
    static void describe(ObjectNode file, ObjectNode alone) {
        RULES.forEach(rule -> {
            file.withArray("allOf").add(rule.forbidKeyWithOtherChoice());
            if (!rule.byDefault.equals(rule.choice)) {
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

    /**
     * A key and the choice that it belongs to.
     *
     * @param object where both keys are
     * @param key what belongs to the choice
     * @param chooser the key of the choice
     * @param byDefault what is chosen if the file does not say
     * @param choice under which the key means something
     */
    private record Rule(String object, String key, String chooser, String byDefault, String choice) {
        void check(Members members, ProblemList problems) {
            Member member = members.members().get(key);
            Member choosing = members.members().get(chooser);
            String chosen =
                    choosing == null ? byDefault : choosing.value().json().asString("");
            if (member != null && !chosen.equals(choice)) {
                KeyPath place = path();
                problems.add(
                        member.key(),
                        place.key(key),
                        key + " with " + (WORD.matcher(chosen).matches() ? chosen : Quoted.text(chosen)),
                        "it with " + choice + " only",
                        "leave the key out" + orChoose(members));
            }
        }

        /** The other way, unless a key that is there does not go it. */
        private String orChoose(Members members) {
            boolean others = RULES.stream()
                    .filter(rule -> rule.object.equals(object) && !rule.choice.equals(choice))
                    .anyMatch(rule -> members.members().containsKey(rule.key));
            return others ? "" : ", or set " + path().key(chooser).text() + " to " + choice;
        }

        JsonNode forbidKeyWithOtherChoice() {
            ObjectNode other = ExperimentMapper.MAPPER.createObjectNode();
            other.putArray("required").add(chooser);
            other.putObject("properties").putObject(chooser).putObject("not").put("const", choice);
            return inObject(forbidKeyIf(other));
        }

        JsonNode forbidKeyWithoutChoice() {
            ObjectNode none = ExperimentMapper.MAPPER.createObjectNode();
            none.putObject("not").putArray("required").add(chooser);
            return inObject(forbidKeyIf(none));
        }

        private ObjectNode forbidKeyIf(ObjectNode condition) {
            ObjectNode rule = ExperimentMapper.MAPPER.createObjectNode();
            rule.set("if", condition);
            rule.putObject("then").putObject("properties").put(key, false);
            return rule;
        }

        private ObjectNode inObject(ObjectNode rule) {
            ObjectNode schema = rule;
            List<String> steps = List.of(object.split("\\."));
            for (int i = steps.size() - 1; i >= 0; i--) {
                ObjectNode outer = ExperimentMapper.MAPPER.createObjectNode();
                outer.putObject("properties").set(steps.get(i), schema);
                schema = outer;
            }
            return schema;
        }

        private KeyPath path() {
            KeyPath path = KeyPath.ROOT;
            for (String step : object.split("\\.")) {
                path = path.key(step);
            }
            return path;
        }
    }
}
