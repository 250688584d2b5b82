package dev.vaelab.report.page;

import dev.vaelab.experiment.json.JsonText;
import java.util.Arrays;
import java.util.Map;
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
        return filled(Resource.text("page.html"), parts);
    }

    /** Text with slots, filled as it stands: {@link Matcher#replaceAll} looks at each character of what may be megabytes. */
    private static String filled(String frame, Map<String, String> parts) {
        StringBuilder page = new StringBuilder();
        Matcher slots = SLOT.matcher(frame);
        int begin = 0;
        while (slots.find()) {
            page.append(frame, begin, slots.start()).append(parts.get(slots.group(1)));
            begin = slots.end();
        }
        return page.append(frame, begin, frame.length()).toString();
    }

    private static String script(String... names) {
        return Arrays.stream(names).map(name -> Resource.text(name + ".js")).collect(Collectors.joining());
    }

    /** JSON that cannot end the script element it stands in, nor open another: outside of texts it has no such sign. */
    private static String inScript(String json) {
        return json.replace("<", "\\u003c");
    }
}
