package dev.vaelab.report.page;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.experiment.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page as a browser takes it apart. */
final class PageText {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern LOADED = Pattern.compile(
            "(?i)(\\b(src|href|action)\\s*=\\s*[\"']?\\s*(https?:)?//|@import|url\\(\\s*[\"']?(?!data:))");
    private static final Pattern SCRIPT_END = Pattern.compile("(?i)</script");
    private static final long LARGEST = 5_000_000;

    private final String text;

    PageText(String text) {
        this.text = text;
    }

    /** The data that its script draws. */
    @SuppressWarnings("unchecked")
    Map<String, Object> data() {
        Matcher matcher = DATA.matcher(text);
        assertTrue(matcher.find(), "the page has no data");
        return JsonText.read(matcher.group(1), Map.class);
    }

    /** Asserts what holds for every page: nothing is loaded, no text has ended a script, the size. */
    void assertWhole() {
        assertTrue(text.startsWith("<!DOCTYPE html>"), "no document type");
        assertTrue(text.stripTrailing().endsWith("</html>"), "it is cut off");
        assertTrue(text.contains("default-src 'none'"), "loading is not forbidden");
        Matcher loaded = LOADED.matcher(text);
        assertFalse(loaded.find(), () -> "it loads something: " + around(loaded));
        assertTrue(
                text.contains("uPlot") && text.contains("The MIT License"),
                "the chart library or its licence is missing");
        assertTrue(SCRIPT_END.matcher(text).results().count() == 3, "as many script elements as the frame has");
        assertTrue(text.getBytes(StandardCharsets.UTF_8).length < LARGEST, "larger than 5 MB");
    }

    private String around(Matcher found) {
        return text.substring(Math.max(0, found.start() - 40), Math.min(text.length(), found.end() + 60));
    }
}
