package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.files.PathNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The IDX files of a folder, by their names; none is read. */
final class IdxFiles {
    private static final String SUFFIX_OF_COMPRESSED = ".gz";

    private final Path folder;
    private final Set<String> names;

    private IdxFiles(Path folder, Set<String> names) {
        this.folder = folder;
        this.names = names;
    }

    /**
     * Lists a folder.
     *
     * @throws InvalidInputException if it cannot be listed
     */
    static IdxFiles in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return new IdxFiles(
                    folder,
                    files.map(file -> PathNames.text(file.getFileName()))
                            .collect(Collectors.toCollection(TreeSet::new)));
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** The names of all that is in the folder, sorted. */
    Set<String> names() {
        return names;
    }

    /**
     * The files of a data set.
     *
     * @param fileNames the original name of the file of each part
     * @param advice what to do about a file that is missing
     * @param problems takes what is missing
     */
    Map<IdxPart, IdxSource> find(Map<IdxPart, String> fileNames, String advice, List<Problem> problems) {
        Map<IdxPart, IdxSource> sources = new EnumMap<>(IdxPart.class);
        fileNames.forEach((part, fileName) -> {
            List<String> candidates = spellings(fileName);
            Optional<String> name = candidates.stream().filter(names::contains).findFirst();
            Path file = folder.resolve(name.orElse(fileName));
            if (name.isEmpty()) {
                problems.add(new Problem(
                        PathNames.text(file), "no such file", "one of " + String.join(", ", candidates), advice));
            } else if (Files.isDirectory(file)) {
                problems.add(Problem.of(PathNames.text(file), "a folder", "a file of " + part.kind()));
            } else {
                sources.put(part, source(file));
            }
        });
        return sources;
    }

    /**
     * The names under which people have a file, the preferred one first: uncompressed before compressed, since that loads
     * faster. Some unpackers turn the hyphen before {@code idx} into a full stop.
     */
    private static List<String> spellings(String fileName) {
        List<String> spellings = new ArrayList<>();
        for (String name : new String[] {fileName, fileName.replace("-idx", ".idx")}) {
            spellings.add(name);
            spellings.add(name + SUFFIX_OF_COMPRESSED);
        }
        return spellings;
    }

    private static InvalidInputException unreadable(Path folder, IOException failure) {
        return new InvalidInputException(Problem.of(
                DataFolder.PATH,
                PathNames.text(folder) + ": " + FileFailures.reason(failure),
                "a folder that can be read"));
    }

    private static IdxSource source(Path file) {
        String fileName = file.getFileName().toString();
        String name = fileName.endsWith(SUFFIX_OF_COMPRESSED)
                ? fileName.substring(0, fileName.length() - SUFFIX_OF_COMPRESSED.length())
                : fileName;
        return new IdxSource(PathNames.text(file), name, storedBytes(file), () -> Files.newInputStream(file));
    }

    /** A file whose size cannot be known cannot be opened either, and opening it says why. */
    private static long storedBytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
