package dev.vaelab.testkit;

import dev.vaelab.api.backend.Batch;
import dev.vaelab.api.backend.StepSettings;
import dev.vaelab.training.model.ModelRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A {@link GoldenCase} with every digit that PyTorch gave: what reads weights rounds them to float32. */
public final class Float64Golden {
    private final GoldenCase golden;
    private final JsonNode header;
    private final ByteBuffer values;

    private Float64Golden(GoldenCase golden) {
        this.golden = golden;
        try (InputStream stream = golden.open()) {
            ByteBuffer file = ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            byte[] json = new byte[Math.toIntExact(file.getLong())];
            file.get(json);
            header = JsonMapper.shared().readTree(json);
            values = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the files. */
    public static Stream<Float64Golden> all() {
        return GoldenCase.all().map(Float64Golden::new);
    }

    /** What was computed with. */
    public ModelRequest request() {
        return golden.request();
    }

    /** How many steps were made. */
    public int steps() {
        return golden.steps();
    }

    /** Of every step. */
    public StepSettings settings() {
        return golden.settings();
    }

    /** The inputs of a step. */
    public Batch batch(int step) {
        return golden.batch(step);
    }

    /** The first batch with one noise of each image. */
    public Batch single() {
        return golden.single();
    }

    /** Names of the tensors of a part, such as {@code steps.}, with the part. */
    public List<String> under(String part) {
        return header.propertyNames().stream()
                .filter(name -> name.startsWith(part))
                .toList();
    }

    /** One tensor's values. */
    public double[] values(String name) {
        JsonNode offsets = header.get(name).get("data_offsets");
        int begin = offsets.get(0).asInt();
        double[] found = new double[(offsets.get(1).asInt() - begin) / Double.BYTES];
        values.duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(begin)
                .asDoubleBuffer()
                .get(found);
        return found;
    }

    @Override
    public String toString() {
        return golden.toString();
    }
}
