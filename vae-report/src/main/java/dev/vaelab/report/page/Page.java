package dev.vaelab.report.page;

import dev.vaelab.experiment.json.JsonText;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts a page together: the frame that all pages share, the content and the script of one kind of report, its data. */
final class Page {
    private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");

    private Page() {}

    /**
     * The text of a page.
     *
     * @param kind the name that its content and its script have
     * @param data what it shows; a record that is written as JSON
     */
    static String of(String kind, Object data) {
        Map<String, String> parts = Map.of(
                "style", ChartLibrary.style() + "\n" + Resource.text("page.css"),
                "content", Resource.text(kind + ".html"),
                "library", ChartLibrary.script(),
                "data", inScript(JsonText.line(data)),
                "script", script("elements", "charts", "scatter", "estimates", kind));
        return SLOT.matcher(Resource.text("page.html")).replaceAll(slot -> part(slot, parts));
    }

    private static String script(String... names) {
        return Arrays.stream(names).map(name -> Resource.text(name + ".js")).collect(Collectors.joining());
    }

    private static String part(MatchResult slot, Map<String, String> parts) {
        return Matcher.quoteReplacement(parts.get(slot.group(1)));
    }

    /** JSON that cannot end the script element it stands in, nor open another: outside of texts it has no such sign. */
    private static String inScript(String json) {
        return json.replace("<", "\\u003c");
    }
}
