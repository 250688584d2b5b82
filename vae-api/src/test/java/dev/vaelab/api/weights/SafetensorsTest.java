package dev.vaelab.api.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.random.RandomStreams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A safetensors file")
class SafetensorsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("best.safetensors");
    }

    @Test
    @DisplayName("gives back the weights of a whole model bit for bit, in their order")
    void roundTrip() throws IOException {
        Architecture architecture = new Architecture(new ImageShape(1, 28, 28), List.of(32, 64), 256, 20);
        NamedTensors weights = InitialWeights.draw(architecture, new RandomStreams(42));
        Map<String, String> metadata = Map.of("seed", "42");
        new Safetensors(weights, metadata).write(file);
        Safetensors found = Safetensors.read(file);
        assertEquals(metadata, found.metadata());
        assertSameTensors(weights, found.tensors());
    }

    @Test
    @DisplayName("keeps every bit of every float, NaN and negative zero included")
    void keepsBits() throws IOException {
        float[] values = {Float.NaN, -0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE};
        new Safetensors(new NamedTensors(Map.of("odd", new Tensor(List.of(5), values))), Map.of()).write(file);
        float[] found = Safetensors.read(file).tensors().values("odd");
        for (int index = 0; index < values.length; index++) {
            assertEquals(Float.floatToRawIntBits(values[index]), Float.floatToRawIntBits(found[index]));
        }
    }

    @Test
    @DisplayName("is byte for byte what an independent writer makes of the same tensors")
    void writesGoldenBytes() throws IOException {
        new Safetensors(goldenTensors(), goldenMetadata()).write(file);
        assertArrayEquals(SafetensorsFiles.golden("float32.safetensors"), Files.readAllBytes(file));
    }

    @Test
    @DisplayName("of an independent writer is read with names, shapes, values, order and metadata")
    void readsGoldenFile() throws IOException {
        Files.write(file, SafetensorsFiles.golden("float32.safetensors"));
        Safetensors found = Safetensors.read(file);
        assertSameTensors(goldenTensors(), found.tensors());
        assertEquals(
                List.copyOf(goldenMetadata().entrySet()),
                List.copyOf(found.metadata().entrySet()));
    }

    @Test
    @DisplayName("of other floating-point types is converted to float, and PyTorch's counts of batches are left out")
    void readsOtherTypes() throws IOException {
        Files.write(file, SafetensorsFiles.golden("types.safetensors"));
        NamedTensors found = Safetensors.read(file).tensors();
        assertEquals(List.of("double", "half", "brain"), List.copyOf(found.names()));
        assertArrayEquals(new float[] {0.1f, Float.NEGATIVE_INFINITY, 2}, found.values("double"));
        assertEquals(List.of(2, 2), found.get("half").shape());
        assertArrayEquals(new float[] {0.0999755859375f, -65504, 0x1p-24f, 1}, found.values("half"));
        assertArrayEquals(new float[] {1, -0.15625f}, found.values("brain"));
    }

    @Test
    @DisplayName("has its values begin at a multiple of eight bytes, whatever the length of the names")
    void alignsValues() throws IOException {
        for (int length = 1; length <= 9; length++) {
            Tensor tensor = new Tensor(List.of(1), new float[] {1});
            new Safetensors(new NamedTensors(Map.of("n".repeat(length), tensor)), Map.of()).write(file);
            byte[] bytes = Files.readAllBytes(file);
            long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
            assertEquals(0, header % 8);
            assertEquals(8 + header + Float.BYTES, bytes.length);
        }
    }

    @Test
    @DisplayName("may have no tensors")
    void noTensors() throws IOException {
        new Safetensors(new NamedTensors(Map.of()), Map.of()).write(file);
        Safetensors found = Safetensors.read(file);
        assertEquals(List.of(), List.copyOf(found.tensors().names()));
        assertEquals(Map.of(), found.metadata());
    }

    @Test
    @DisplayName("may list its tensors in another order than it stores them, and say more about them than we know")
    void otherOrder() throws IOException {
        SafetensorsFiles.write(file, """
                {"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12],"future":{"x":[1]}},
                 "a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 12);
        NamedTensors found = Safetensors.read(file).tensors();
        assertEquals(List.of("b", "a"), List.copyOf(found.names()));
        assertEquals(List.of(2), found.get("b").shape());
    }

    @Test
    @DisplayName("larger than two gigabytes is read to its end")
    void largerThanTwoGigabytes() throws IOException {
        long large = (1L << 31) + 8;
        byte[] header = """
                {"num_batches_tracked":{"dtype":"I64","shape":[%d],"data_offsets":[0,%d]},
                 "last":{"dtype":"F32","shape":[1],"data_offsets":[%d,%d]}}""".formatted(large / 8, large, large, large + 4).getBytes(StandardCharsets.UTF_8);
        SafetensorsFiles.write(file, header, 0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // Nothing is written before the last value, so that the file takes no room on most file systems.
            ByteBuffer value = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(value.putFloat(0, 7), 8 + header.length + large);
        }
        assertArrayEquals(new float[] {7}, Safetensors.read(file).tensors().values("last"));
    }

    @Test
    @DisplayName("cannot have a tensor with the name of the metadata")
    void refusesNameOfMetadata() {
        Safetensors content = new Safetensors(
                new NamedTensors(Map.of("__metadata__", new Tensor(List.of(), new float[1]))), Map.of());
        assertEquals(
                "no tensor can be named __metadata__",
                assertThrows(IllegalArgumentException.class, () -> content.write(file))
                        .getMessage());
    }

    @Test
    @DisplayName("is not written into a folder that does not exist")
    void needsFolder() {
        Safetensors content = new Safetensors(new NamedTensors(Map.of()), Map.of());
        Path lost = folder.resolve("missing").resolve("best.safetensors");
        assertThrows(NoSuchFileException.class, () -> content.write(lost));
    }

    private static NamedTensors goldenTensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(
                "encoder.conv1.weight",
                new Tensor(List.of(2, 3), new float[] {0, 1, -2.5f, Float.MAX_VALUE, Float.MIN_VALUE, 0.1f}));
        tensors.put("scalar", new Tensor(List.of(), new float[] {-0f}));
        tensors.put("empty", new Tensor(List.of(2, 0), new float[0]));
        tensors.put("größe", new Tensor(List.of(1), new float[] {Float.POSITIVE_INFINITY}));
        return new NamedTensors(tensors);
    }

    private static Map<String, String> goldenMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put("note", "quoted \"text\"");
        return metadata;
    }

    private static void assertSameTensors(NamedTensors expected, NamedTensors found) {
        assertEquals(List.copyOf(expected.names()), List.copyOf(found.names()));
        for (String name : expected.names()) {
            assertEquals(expected.get(name).shape(), found.get(name).shape(), name);
            assertArrayEquals(expected.values(name), found.values(name), name);
        }
    }
}
