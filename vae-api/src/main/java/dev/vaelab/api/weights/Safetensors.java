package dev.vaelab.api.weights;

import dev.vaelab.api.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of a safetensors file: named tensors, and text about them.
 *
 * <p>The format is Hugging Face's: the length of a header, the header in JSON, the values of the tensors. PyTorch reads
 * such a file with {@code safetensors.torch.load_file}.
 *
 * @param tensors in the order of the header
 * @param metadata text by key; empty if the file has none
 * @see <a href="https://github.com/huggingface/safetensors#format">The format</a>
 */
public record Safetensors(NamedTensors tensors, Map<String, String> metadata) {
    /** Copies the metadata in their order. */
    public Safetensors {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Reads a file. Values of dtype F64, F16 and BF16 become float32. Tensors of dtype I64 named {@code
     * num_batches_tracked} are left out: PyTorch's batch normalization counts batches there, and no model here needs it.
     *
     * <p>A file that {@link #writeWithChecksums} wrote is compared with them; one from elsewhere has none, and is taken as it is.
     *
     * @throws dev.vaelab.api.InvalidInputException if the file is missing, unreadable, truncated, not as the format wants it
     *     or not as its checksums say; places are the file and its tensors
     */
    public static Safetensors read(Path file) {
        return SafetensorsReader.read(file);
    }

    /**
     * Writes a file of dtype F32, or replaces it, in one go: see {@link AtomicFiles}.
     *
     * @throws IllegalArgumentException if a tensor has the name of the metadata, {@code __metadata__}
     * @throws IOException if the disk is full, or the folder is missing or read-only
     */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, new SafetensorsWriter(this)::writeTo);
    }

    /**
     * Writes a file as {@link #write} does, with a checksum of each tensor and one of the header in its metadata: a single bit
     * that is another one later is noticed by {@link #read}. Other programs see a few keys of metadata more.
     *
     * @throws IllegalArgumentException if a tensor has the name of the metadata, {@code __metadata__}
     * @throws IOException if the disk is full, or the folder is missing or read-only
     */
    public void writeWithChecksums(Path file) throws IOException {
        new Safetensors(tensors, Checksums.addTo(metadata, tensors)).write(file);
    }
}
