package dev.vaelab.experiment.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The text of a file of a person, not yet understood.
 *
 * @param format the language that the file's name tells
 * @param text its characters
 */
record SourceText(SourceFormat format, String text) {
    /** The bytes of an experiment file: far more than anybody writes. */
    static final long LARGEST_EXPERIMENT = 1 << 20;

    /** The bytes of a sweep file: thousands of runs, each with some hundred characters. */
    static final long LARGEST_SWEEP = 4 << 20;

    /** The bytes of a file that this program writes: ten thousand runs of a sweep are a quarter of it. */
    static final long LARGEST_RECORD = 64_000_000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * Reads a file.
     *
     * @param kind what the file should be, such as {@code an experiment file}
     * @param largest bytes that it may have
     * @return nothing if it cannot be read, and is reported
     */
    static Optional<SourceText> read(Path file, String kind, long largest, Report report) {
        if (!Files.exists(file)) {
            String advice =
                    nearestFile(file).map(name -> "did you mean " + name + "?").orElse("");
            report.add("no such file", kind, advice);
            return Optional.empty();
        }
        if (!Files.isRegularFile(file)) {
            report.add(Files.isDirectory(file) ? "a folder" : "no regular file", kind, "");
            return Optional.empty();
        }
        Optional<SourceFormat> format = SourceFormat.of(file);
        if (format.isEmpty()) {
            report.add("a file of another kind", "a name that ends in .json, .yaml or .yml", "");
            return Optional.empty();
        }
        return text(file, kind, largest, report).map(text -> new SourceText(format.get(), text));
    }

    /**
     * Reads the value that the text is.
     *
     * @param file what its places are called
     * @param layer what the file is
     * @param source which file of its layer
     * @param problems takes what is wrong with the text
     * @return nothing if the text breaks the rules of its language
     */
    Optional<SourceValue> value(Path file, Origin.Layer layer, int source, ProblemList problems) {
        return new SourceReader(
                        format,
                        (line, column) -> new Origin.InFile(file.toString(), layer, source, line, column),
                        problems)
                .read(text, KeyPath.ROOT);
    }

    private static Optional<String> text(Path file, String kind, long largest, Report report) {
        try {
            long size = Files.size(file);
            if (size > largest) {
                report.add("a file of " + size + " bytes", kind + " of at most " + largest, "");
                return Optional.empty();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return Optional.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            report.add("bytes that are not text in UTF-8", kind + " in UTF-8", "");
        } catch (AccessDeniedException e) {
            report.add("a file that may not be read", "a readable file", "");
        } catch (IOException e) {
            report.add("a file that cannot be read (" + e.getMessage() + ")", kind, "");
        }
        return Optional.empty();
    }

    private static Optional<String> nearestFile(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (file.getFileName() == null || folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            List<String> names = siblings.filter(
                            sibling -> SourceFormat.of(sibling).isPresent())
                    .map(sibling -> sibling.getFileName().toString())
                    .sorted()
                    .toList();
            return NearestName.of(file.getFileName().toString(), names);
        } catch (IOException e) {
            // A suggestion is a courtesy: a folder that cannot be listed has none.
            return Optional.empty();
        }
    }

    /** Takes why a file cannot be read. */
    @FunctionalInterface
    interface Report {
        /** Adds a problem in the words of {@link dev.vaelab.api.Problem}, whose place is known to the taker. */
        void add(String found, String expected, String advice);
    }
}
