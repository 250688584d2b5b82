package dev.vaelab.backend.reference;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.TensorSpecification;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One model of {@code pytorch-golden.txt}, which {@code pytorch_golden.py} beside it wrote. */
final class GoldenCase {
    private final Map<String, String[]> entries;

    private GoldenCase(Map<String, String[]> entries) {
        this.entries = entries;
    }

    /** Reads all cases; what stands before the first one belongs to each. */
    static List<GoldenCase> readAll() {
        Map<String, String[]> common = new LinkedHashMap<>();
        Map<String, String[]> current = common;
        List<GoldenCase> cases = new ArrayList<>();
        for (String line : lines()) {
            String[] words = line.split(" ");
            if (words[0].equals("case")) {
                current = new LinkedHashMap<>(common);
                cases.add(new GoldenCase(current));
            }
            current.put(words[0], Arrays.copyOfRange(words, 1, words.length));
        }
        return cases;
    }

    private static List<String> lines() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GoldenCase.class.getResourceAsStream("pytorch-golden.txt")),
                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Architecture architecture() {
        int[] image = integers("image");
        return new Architecture(
                new ImageShape(image[0], image[1], image[2]),
                Arrays.stream(integers("channels")).boxed().toList(),
                integers("hidden")[0],
                integers("latent")[0]);
    }

    NamedTensors initialWeights() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TensorSpecification specification : architecture().tensors()) {
            float[] values = floats("initial." + specification.name());
            tensors.put(specification.name(), new Tensor(specification.shape(), values));
        }
        return new NamedTensors(tensors);
    }

    Batch batch(int step) {
        return new Batch(integers("count")[0], floats("images." + step), floats("noise." + step));
    }

    /** The numbers of one line. */
    double[] numbers(String key) {
        return Arrays.stream(entries.get(key)).mapToDouble(Double::parseDouble).toArray();
    }

    private int[] integers(String key) {
        return Arrays.stream(entries.get(key)).mapToInt(Integer::parseInt).toArray();
    }

    private float[] floats(String key) {
        return DoubleTensor.of(numbers(key), entries.get(key).length).toFloats();
    }

    /** What it is and what wrote it, for the name of a test. */
    @Override
    public String toString() {
        return String.join(" ", entries.get("case")) + ", written by " + String.join(" ", entries.get("writer"));
    }
}
