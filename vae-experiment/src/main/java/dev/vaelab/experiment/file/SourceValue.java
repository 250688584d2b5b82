package dev.vaelab.experiment.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A value of an experiment file or an override, which remembers where it stands. */
sealed interface SourceValue {
    /** Where the value begins. */
    Origin origin();

    /** The value without its origins. */
    JsonNode json();

    /**
     * The value within this one.
     *
     * @param step the key of an object's member, or the index of a list's item
     * @return nothing if there is none
     */
    default Optional<SourceValue> at(String step) {
        return Optional.empty();
    }

    /**
     * Text, a number, a truth value or null.
     *
     * @param json the value; null for a number beyond what JSON has
     * @param written how it is written, which for numbers need not be how Java would write them
     * @param source for people, where a value comes from that stands in no file; empty for all others
     */
    record Scalar(Origin origin, JsonNode json, String written, String source) implements SourceValue {
        private static final String NULL = "null";

        /** A value that is written somewhere. */
        Scalar(Origin origin, JsonNode json, String written) {
            this(origin, json, written, "");
        }

        /** Whether it is a number that is infinite, none at all or too large for a double. */
        boolean isBeyondNumbers() {
            return json.isNull() && !written.isEmpty() && !written.equals(NULL);
        }
    }

    /** A list. */
    record Items(Origin origin, List<SourceValue> items) implements SourceValue {
        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public JsonNode json() {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> array.add(item.json()));
            return array;
        }

        @Override
        public Optional<SourceValue> at(String step) {
            return IntStream.range(0, items.size())
                    .filter(index -> step.equals(Integer.toString(index)))
                    .mapToObj(items::get)
                    .findFirst();
        }
    }

    /** A key and its value. */
    record Member(Origin key, SourceValue value) {}

    /** An object, its members in the order of the file. */
    record Members(Origin origin, Map<String, Member> members) implements SourceValue {
        /** An object with one member. */
        static Members of(String key, Origin keyOrigin, SourceValue value) {
            return new Members(keyOrigin, Map.of(key, new Member(keyOrigin, value)));
        }

        @Override
        public ObjectNode json() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            members.forEach((key, member) -> object.set(key, member.value().json()));
            return object;
        }

        @Override
        public Optional<SourceValue> at(String step) {
            return Optional.ofNullable(members.get(step)).map(Member::value);
        }

        /** The values that are no objects, by their keys joined by dots. */
        Map<String, Member> leaves() {
            Map<String, Member> leaves = new LinkedHashMap<>();
            members.forEach((key, member) -> {
                if (member.value() instanceof Members inner) {
                    inner.leaves().forEach((rest, leaf) -> leaves.put(key + "." + rest, leaf));
                } else {
                    leaves.put(key, member);
                }
            });
            return leaves;
        }

        /** This object over another one: what are objects in both merges, everything else of this one replaces. */
        Members laidOver(Members base) {
            Map<String, Member> merged = new LinkedHashMap<>(base.members);
            members.forEach((key, member) -> merged.merge(key, member, Members::over));
            // What is missing in the end is missed where a person looks first.
            Origin first = origin.compareTo(base.origin) <= 0 ? origin : base.origin;
            return new Members(first, merged);
        }

        private static Member over(Member base, Member top) {
            if (top.value() instanceof Members topMembers && base.value() instanceof Members baseMembers) {
                return new Member(top.key(), topMembers.laidOver(baseMembers));
            }
            return top;
        }
    }
}
