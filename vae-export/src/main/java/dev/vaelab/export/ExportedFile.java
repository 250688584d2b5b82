package dev.vaelab.export;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that was written.
 *
 * @param file its name below the folder of the export, with slashes
 * @param bytes its size
 * @param sha256 its SHA-256, in hexadecimal
 */
public record ExportedFile(String file, long bytes, String sha256) implements Comparable<ExportedFile> {
    static ExportedFile of(Path folder, Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long bytes = 0;
            byte[] chunk = new byte[1 << 16];
            for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
                digest.update(chunk, 0, count);
                bytes += count;
            }
            String name = folder.relativize(file).toString().replace('\\', '/');
            return new ExportedFile(name, bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static RunFailedException unreadable(Path path, IOException e) {
        return new RunFailedException("cannot read " + path + ": " + FileFailures.reason(e), e);
    }

    @Override
    public int compareTo(ExportedFile other) {
        return file.compareTo(other.file);
    }
}
