package dev.vaelab.report.web;

import dev.vaelab.experiment.json.JsonText;
import java.nio.charset.StandardCharsets;

/**
 * What a browser is answered.
 *
 * @param type media type
 * @param bytes content
 */
public record Document(String type, byte[] bytes) {
    /** A record as JSON. */
    public static Document json(Object value) {
        return text("application/json", JsonText.line(value));
    }

    /** A text in UTF-8. */
    public static Document text(String type, String text) {
        return new Document(type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
