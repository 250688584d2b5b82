package dev.vaelab.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Files and folders with all that is in them. */
final class Folders {
    private Folders() {}

    /** Copies to a place where there is nothing yet. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> parts = Files.walk(from)) {
            for (Path part : parts.toList()) {
                Files.copy(part, to.resolve(from.relativize(part)));
            }
        }
    }

    /** Removes. */
    static void remove(Path path) throws IOException {
        try (Stream<Path> parts = Files.walk(path)) {
            for (Path part : parts.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(part);
            }
        }
    }
}
