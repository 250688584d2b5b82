package dev.vaelab.report.mlflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The small part of YAML that MLflow's {@code meta.yaml} is: one key and one plain or quoted value in a line. */
final class YamlLines {
    private YamlLines() {}

    /** Lines of texts, numbers, nothing and empty lists. */
    static String write(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + ": " + text(value.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String text(Object value) {
        if (value instanceof List<?> list && list.isEmpty()) {
            return "[]";
        }
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : String.valueOf(value);
    }

    /** The values of the keys that have one in their line, without quotes. */
    static Map<String, String> read(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        text.lines().filter(line -> line.matches("\\w+: .*")).forEach(line -> {
            int colon = line.indexOf(':');
            values.put(
                    line.substring(0, colon), unquoted(line.substring(colon + 1).strip()));
        });
        return values;
    }

    private static String unquoted(String value) {
        boolean single = value.length() > 1 && value.startsWith("'") && value.endsWith("'");
        boolean twice = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        if (single || twice) {
            String inner = value.substring(1, value.length() - 1);
            return single ? inner.replace("''", "'") : inner;
        }
        return value;
    }
}
