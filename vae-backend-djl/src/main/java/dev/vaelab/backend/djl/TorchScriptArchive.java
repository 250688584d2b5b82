package dev.vaelab.backend.djl;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript module without tensors of its own as the archive that PyTorch loads.
 *
 * <p>The format is a zip file with the source of the module's class, a pickle of the module and a pickle of its constants
 * (PyTorch, <em>TorchScript serialization</em>, {@code torch/csrc/jit/docs/serialization.md}).
 */
final class TorchScriptArchive {
    /** Version of the archive format that is enough for plain source. */
    private static final String FORMAT_VERSION = "3\n";

    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

    private TorchScriptArchive() {}

    /**
     * Packs a module.
     *
     * @param name name of the module's class
     * @param source definition of that class, in the form in which TorchScript serializes code
     * @return the archive
     */
    static InputStream pack(String name, String source) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            add(zip, "version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
            add(zip, "data.pkl", pickle(name));
            add(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            add(zip, "constants.pkl", NO_CONSTANTS);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return new ByteArrayInputStream(archive.toByteArray());
    }

    /** A module object whose only attribute says that it is in training mode, in pickle protocol 2. */
    private static byte[] pickle(String name) {
        String attribute = "training";
        String object = "\u0080\2" // protocol
                + "c__torch__\n" + name + "\n)\u0081" // an instance of the class, without arguments
                + "}(X" + (char) attribute.length() + "\0\0\0" + attribute + "\u0088u" // {"training": True}
                + "b."; // becomes its state
        return object.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** PyTorch maps entries into memory and takes only what is not compressed; such entries need size and checksum first. */
    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry("module/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
