package dev.vaelab.api.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A safetensors file with checksums")
class ChecksumsTest {
    @TempDir
    private Path folder;

    private Path file;
    private byte[] sound;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("best.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("mean.weight", new Tensor(List.of(2, 2), new float[] {1.5f, -2, 0, 3}));
        tensors.put("mean.bias", new Tensor(List.of(2), new float[] {0.25f, -0.5f}));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put("vaelab.epoch", "3");
        new Safetensors(new NamedTensors(tensors), metadata).writeWithChecksums(file);
        sound = Files.readAllBytes(file);
    }

    @Test
    @DisplayName("gives back what was written, and what it has in its metadata besides")
    void roundTrip() {
        Safetensors found = Safetensors.read(file);
        assertArrayEquals(new float[] {1.5f, -2, 0, 3}, found.tensors().values("mean.weight"));
        assertEquals("3", found.metadata().get("vaelab.epoch"));
        // printf '\\0\\0\\200\\76\\0\\0\\0\\277' | sha256sum
        assertEquals(
                "a87f7282fda4eba58e73df7310253f02b521d912a9d040beb42c09dceae258fd",
                found.metadata().get("vaelab.sha256.tensor.mean.bias"));
    }

    @Test
    @DisplayName("is written anew as the same bytes: checksums are not piled up")
    void writtenAgain() throws IOException {
        Safetensors.read(file).writeWithChecksums(folder.resolve("again.safetensors"));
        assertArrayEquals(sound, Files.readAllBytes(folder.resolve("again.safetensors")));
    }

    @Test
    @DisplayName("is refused, or gives exactly the same, whichever single bit of it is another one")
    void everyBit() throws IOException {
        Safetensors original = Safetensors.read(file);
        int refused = 0;
        for (int bit = 0; bit < sound.length * Byte.SIZE; bit++) {
            byte[] damaged = sound.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Files.write(file, damaged);
            try {
                requireSame(original, Safetensors.read(file), "bit " + bit);
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), e::getMessage);
                refused++;
            }
        }
        assertEquals(sound.length * Byte.SIZE, refused, "no bit of such a file is there for nothing");
    }

    @Test
    @DisplayName("names the tensor that is damaged, and what to do")
    void namesTheTensor() throws IOException {
        byte[] damaged = sound.clone();
        damaged[damaged.length - 1] ^= 1;
        Files.write(file, damaged);
        String message = refusal();
        assertTrue(
                message.matches(
                        "\\Q" + file + "\\E: tensor mean\\.bias: found values with checksum [0-9a-f]{12}, expected"
                                + " [0-9a-f]{12} as it was written; the file was damaged or changed since: use a copy of it"),
                message);
    }

    @Test
    @DisplayName("names every tensor that is damaged")
    void namesAllTensors() throws IOException {
        byte[] damaged = sound.clone();
        damaged[damaged.length - 1] ^= 1;
        damaged[damaged.length - 6 * Float.BYTES] ^= 1;
        Files.write(file, damaged);
        assertEquals(2, refusal().lines().count(), refusal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"vaelab.format", "vaelab.sha256", "vaelab.sha256.tensor.mean.bias", "vaelab.epoch", "format"})
    @DisplayName("is refused if a key of its metadata has another name")
    void renamedKey(String key) throws IOException {
        rewrite('"' + key + "\":", '"' + key.replaceFirst(".$", "#") + "\":");
        assertTrue(refusal().startsWith(file + ": __metadata__: found metadata and tensors with checksum "), refusal());
    }

    @ParameterizedTest
    @CsvSource({"vaelab.epoch\":\"3, vaelab.epoch\":\"7", "mean.weight\":{, Mean.weight\":{", "'[2,2]', '[4,1]'"})
    @DisplayName("is refused if something else is said in its header")
    void otherHeader(String before, String after) throws IOException {
        rewrite(before, after);
        assertTrue(refusal().startsWith(file + ": __metadata__: found metadata and tensors with checksum "), refusal());
    }

    @Test
    @DisplayName("is read whatever the order of its keys and tensors, as other programs write them")
    void otherOrder() throws IOException {
        Safetensors original = Safetensors.read(file);
        String header = header(sound);
        String reordered = header.replaceFirst("(\"format\":\"pt\"),(\"vaelab.epoch\":\"3\")", "$2,  $1")
                .replaceFirst("(\"mean.weight\":\\{[^}]*\\}),(\"mean.bias\":\\{[^}]*\\})", "$2,$1");
        Files.write(file, withHeader(reordered));
        requireSame(original, Safetensors.read(file), "reordered");
    }

    @Test
    @DisplayName("of a later version says so")
    void laterVersion() throws IOException {
        String later = "3";
        NamedTensors tensors = Safetensors.read(file).tensors();
        new Safetensors(tensors, Checksums.addTo(Map.of(), tensors, later)).write(file);
        assertEquals(
                file + ": __metadata__: vaelab.format: found 3, expected 2; a later version of this program wrote the"
                        + " file: read it with that",
                refusal());
    }

    @Test
    @DisplayName("from elsewhere, or from a time before, has none and is read as it is")
    void without() throws IOException {
        Map<String, String> metadata = Map.of("format", "pt", "vaelab.epoch", "3", "vaelab.loss", "97.5");
        new Safetensors(Safetensors.read(file).tensors(), metadata).write(file);
        byte[] damaged = Files.readAllBytes(file);
        damaged[damaged.length - 1] ^= 1;
        Files.write(file, damaged);
        assertDoesNotThrow(() -> Safetensors.read(file));
    }

    private static void requireSame(Safetensors expected, Safetensors found, String message) {
        assertEquals(expected.metadata(), found.metadata(), message);
        assertEquals(expected.tensors().names(), found.tensors().names(), message);
        expected.tensors()
                .asMap()
                .forEach((name, tensor) ->
                        assertArrayEquals(tensor.values(), found.tensors().values(name), message));
    }

    private String refusal() {
        return assertThrows(InvalidInputException.class, () -> Safetensors.read(file))
                .getMessage();
    }

    private void rewrite(String before, String after) throws IOException {
        String header = header(sound);
        assertTrue(header.contains(before), header);
        Files.write(file, withHeader(header.replace(before, after)));
    }

    private static String header(byte[] bytes) {
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8);
    }

    private byte[] withHeader(String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        int valuesBegin = Long.BYTES + header(sound).length();
        return ByteBuffer.allocate(Long.BYTES + text.length + sound.length - valuesBegin)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(sound, valuesBegin, sound.length - valuesBegin)
                .array();
    }
}
