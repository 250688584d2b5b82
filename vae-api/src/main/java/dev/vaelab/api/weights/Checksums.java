package dev.vaelab.api.weights;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checksums of a safetensors file, in its own metadata: one of the bytes of each tensor, and one of everything else that the
 * header says.
 *
 * <p>Both are SHA-256 in hexadecimal digits. Neither depends on the order of the keys or of the tensors, so that a program which
 * writes the header anew does not break them. A file without any of these keys has no checksums and is taken as it is; a file
 * with one of them needs them all, so that damage to the name of a key does not turn the check off.
 */
final class Checksums {
    /** The key that says how the checksums are made. */
    private static final String FORMAT = "vaelab.format";

    /** The way of making them that is described here. */
    private static final String VERSION = "2";

    private static final String HEADER = "vaelab.sha256";
    private static final String TENSOR = HEADER + ".tensor.";
    private static final String ADVICE = "the file was damaged or changed since: use a copy of it";

    private final String place;
    private final Map<String, String> recorded;
    private final List<Problem> problems = new ArrayList<>();

    private Checksums(String place, Map<String, String> recorded) {
        this.place = place;
        this.recorded = recorded;
    }

    /**
     * Adds checksums to metadata.
     *
     * @param tensors what is written, of dtype F32
     * @param metadata what else is written; checksums in it are replaced
     */
    static Map<String, String> addTo(Map<String, String> metadata, NamedTensors tensors) {
        return addTo(metadata, tensors, VERSION);
    }

    /** The same by a version that is not this one's. */
    static Map<String, String> addTo(Map<String, String> metadata, NamedTensors tensors, String version) {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.keySet().removeIf(Checksums::isOurs);
        all.put(FORMAT, version);
        List<Description> descriptions = new ArrayList<>();
        tensors.asMap().forEach((name, tensor) -> {
            all.put(TENSOR + name, ofValues(tensor.values()));
            descriptions.add(new Description(
                    name,
                    ElementType.F32.name(),
                    tensor.shape().stream().map(Integer::longValue).toList()));
        });
        all.put(HEADER, ofHeader(all, descriptions));
        return all;
    }

    /**
     * The checksums of a file, after those of its header were compared.
     *
     * @param place the file, for messages
     * @throws InvalidInputException if the header is not as it was written, or of a later version of this program
     */
    static Checksums of(String place, SafetensorsHeader header) {
        Map<String, String> metadata = header.metadata();
        Checksums checksums = new Checksums(place, metadata);
        if (metadata.keySet().stream().anyMatch(Checksums::isOurs)) {
            checksums.requireSoundHeader(header);
        }
        return checksums;
    }

    /** Whether the bytes of tensors have to be compared. */
    boolean present() {
        return recorded.containsKey(HEADER);
    }

    /** Compares the bytes of a tensor as they are in the file. */
    void compare(String tensor, MessageDigest bytes) {
        String found = HexFormat.of().formatHex(bytes.digest());
        String expected = recorded.get(TENSOR + tensor);
        if (!found.equals(expected)) {
            problems.add(new Problem(
                    place + ": tensor " + tensor,
                    "values with checksum " + shortened(found),
                    expected == null ? "a checksum in the metadata" : shortened(expected) + " as it was written",
                    ADVICE));
        }
    }

    /** @throws InvalidInputException with every tensor that is not as it was written */
    void requireSound() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void requireSoundHeader(SafetensorsHeader header) {
        String expected = recorded.get(HEADER);
        String found = ofHeader(
                recorded,
                header.tensors().stream()
                        .map(entry -> new Description(entry.name(), entry.dtype(), entry.shape()))
                        .toList());
        if (found.equals(expected) && VERSION.equals(recorded.get(FORMAT))) {
            return;
        }
        String where = place + ": " + SafetensorsHeader.METADATA;
        if (found.equals(expected)) {
            throw new InvalidInputException(new Problem(
                    where + ": " + FORMAT,
                    recorded.getOrDefault(FORMAT, "nothing"),
                    VERSION,
                    "a later version of this program wrote the file: read it with that"));
        }
        throw new InvalidInputException(new Problem(
                where,
                "metadata and tensors with checksum " + shortened(found),
                expected == null ? HEADER + ", the checksum of the header" : shortened(expected) + " as it was written",
                ADVICE));
    }

    private static boolean isOurs(String key) {
        return key.equals(FORMAT) || key.startsWith(HEADER);
    }

    /** What the header says about a tensor; where its values are follows from the other tensors. */
    private record Description(String name, String dtype, List<Long> shape) {}

    private static String ofHeader(Map<String, String> metadata, List<Description> tensors) {
        MessageDigest digest = sha256();
        TreeMap<String, String> sorted = new TreeMap<>(metadata);
        sorted.remove(HEADER);
        addNumber(digest, sorted.size());
        sorted.forEach((key, value) -> {
            addText(digest, key);
            addText(digest, value);
        });
        tensors.stream().sorted(Comparator.comparing(Description::name)).forEach(tensor -> {
            addText(digest, tensor.name());
            addText(digest, tensor.dtype());
            addText(digest, tensor.shape().toString());
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String ofValues(float[] values) {
        MessageDigest digest = sha256();
        LittleEndianFloats.forEachChunk(values, digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length, so that no two lists of texts look the same. */
    private static void addText(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        addNumber(digest, bytes.length);
        digest.update(bytes);
    }

    private static void addNumber(MessageDigest digest, int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
    }

    /** Enough to tell two from each other. */
    private static String shortened(String checksum) {
        int shown = 12;
        return checksum.length() <= shown ? checksum : checksum.substring(0, shown);
    }
}
