package dev.vaelab.testkit;

import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.api.weights.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A resource in which PyTorch's numbers are, rounded to float32, and settings as text. */
final class GoldenFile {
    private final String resource;
    private final Safetensors content;

    /** @param name name without its ending */
    GoldenFile(String name) {
        resource = "golden/" + name + ".safetensors";
        content = read();
    }

    /** What reads weights wants a file of its own, which a resource in a jar is not. */
    private Safetensors read() {
        try (InputStream stream = open()) {
            Path copy = Files.createTempFile("golden", ".safetensors");
            try {
                Files.copy(stream, copy, StandardCopyOption.REPLACE_EXISTING);
                return Safetensors.read(copy);
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes, which the caller closes. */
    InputStream open() {
        return Objects.requireNonNull(GoldenFile.class.getResourceAsStream(resource), resource);
    }

    Tensor tensor(String name) {
        return content.tensors().get(name);
    }

    float[] values(String tensor) {
        return content.tensors().values(tensor);
    }

    /** All tensors of a part, such as {@code steps.}, by their names in it, in the order of the names. */
    Map<String, float[]> under(String part) {
        Map<String, float[]> values = new TreeMap<>();
        content.tensors().asMap().forEach((name, tensor) -> {
            if (name.startsWith(part)) {
                values.put(name.substring(part.length()), tensor.values());
            }
        });
        return values;
    }

    /** Whether there is a setting. */
    boolean has(String key) {
        return content.metadata().containsKey(key);
    }

    double number(String key) {
        return Double.parseDouble(text(key));
    }

    int integer(String key) {
        return Integer.parseInt(text(key));
    }

    int[] integers(String key) {
        return Arrays.stream(text(key).split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    /** Words between semicolons. */
    List<String> texts(String key) {
        return List.of(text(key).split("; "));
    }

    String text(String key) {
        return Objects.requireNonNull(content.metadata().get(key), key);
    }

    /** For example {@code golden/grey.safetensors of PyTorch 1.13.0, pytorch_golden.py 2}. */
    @Override
    public String toString() {
        return resource + " of PyTorch " + text("pytorch") + ", " + text("generator") + " " + text("generator_version");
    }
}
