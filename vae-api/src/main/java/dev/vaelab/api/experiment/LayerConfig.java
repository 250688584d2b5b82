package dev.vaelab.api.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One layer of {@code model.encoder} or {@code model.decoder}: in a file a name, {@code "relu"}, or an object of which one key says
 * what it is, {@code {"convolution": 32, "kernel": 3, "stride": 2, "padding": 1}}.
 *
 * @param name what it is: the name, or that key
 * @param keys all keys and values; empty for a name alone
 */
public record LayerConfig(String name, Map<String, Object> keys) {
    /** A convolution; the value is its output channels. */
    public static final String CONVOLUTION = "convolution";

    /** A transposed convolution; the value is its output channels. */
    public static final String TRANSPOSED_CONVOLUTION = "transposedConvolution";

    /** A linear layer; the value is how many values come out. */
    public static final String LINEAR = "linear";

    /** Values as feature maps; the value is channels, height and width. */
    public static final String RESHAPE = "reshape";

    /** Feature maps as values. */
    public static final String FLATTEN = "flatten";

    /** Batch normalization. */
    public static final String BATCH_NORMALIZATION = "batch-normalization";

    /** Rows and columns of a kernel. */
    public static final String KERNEL = "kernel";

    /** Step of a kernel; 1 if it is not said. */
    public static final String STRIDE = "stride";

    /** Rows and columns of zeros on each side; 0 if it is not said. */
    public static final String PADDING = "padding";

    /** Rows and columns that a transposed convolution adds at the end; 0 if it is not said. */
    public static final String OUTPUT_PADDING = "outputPadding";

    /** The layers that are objects. */
    public static final List<String> OBJECTS = List.of(CONVOLUTION, TRANSPOSED_CONVOLUTION, LINEAR, RESHAPE);

    /** The layers that are a name alone. */
    public static final List<String> NAMES = Stream.concat(
                    Arrays.stream(ModelConfig.Activation.values()).map(ModelConfig.Activation::toString),
                    Stream.of(FLATTEN, BATCH_NORMALIZATION))
            .toList();

    /** Copies the keys. */
    public LayerConfig {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    }

    /** What a file has: a text or an object. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static LayerConfig of(Object value) {
        Map<String, Object> keys = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((key, member) -> keys.put((String) key, member));
            Stream<String> saying = keys.keySet().stream().filter(OBJECTS::contains);
            return new LayerConfig(
                    Stream.concat(saying, keys.keySet().stream()).findFirst().orElse(""), keys);
        }
        return new LayerConfig(String.valueOf(value), keys);
    }

    /** As a file has it. */
    @JsonValue
    public Object asFile() {
        return keys.isEmpty() ? name : keys;
    }
}
