package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.experiment.DatasetConfig;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of IDX files named like MNIST's, compressed with gzip or not: Fashion-MNIST, Kuzushiji-MNIST, images of one's
 * own. Images are grey and of any size.
 */
public final class IdxFolderProvider implements DatasetProvider {
    private static final String FOLDER = "the folder of the IDX files";
    private static final String SUFFIX_OF_COMPRESSED = ".gz";

    /** For {@link java.util.ServiceLoader}. */
    public IdxFolderProvider() {}

    @Override
    public String name() {
        return "idx";
    }

    @Override
    public String description() {
        return "a folder of IDX files named like those of MNIST, for example Fashion-MNIST (dataset.path)";
    }

    @Override
    public List<Problem> check(DatasetConfig config) {
        List<Problem> problems = new ArrayList<>(DataFolder.check(config, FOLDER));
        problems.addAll(PictureKeys.refuse(config, name()));
        return problems;
    }

    @Override
    public Dataset open(DatasetConfig config) {
        Path folder = DataFolder.require(config, FOLDER);
        Set<String> names = names(folder);
        Map<IdxPart, IdxSource> sources = new EnumMap<>(IdxPart.class);
        List<Problem> problems = PictureKeys.refuse(config, name());
        for (IdxPart part : IdxPart.values()) {
            Optional<String> name =
                    part.fileNames().stream().filter(names::contains).findFirst();
            Path file = folder.resolve(name.orElse(part.fileName()));
            if (name.isEmpty()) {
                problems.add(Problem.of(
                        PathNames.text(file), "no such file", "one of " + String.join(", ", part.fileNames())));
            } else if (Files.isDirectory(file)) {
                problems.add(Problem.of(PathNames.text(file), "a folder", "a file of " + part.kind()));
            } else {
                sources.put(part, source(file));
            }
        }
        return new IdxDatasetReader(sources, problems).read(DataFolder.name(folder));
    }

    private static Set<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        } catch (UncheckedIOException e) {
            throw unreadable(folder, e.getCause());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
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
