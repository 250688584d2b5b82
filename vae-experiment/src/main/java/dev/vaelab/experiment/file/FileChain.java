package dev.vaelab.experiment.file;

import dev.vaelab.api.files.PathNames;
import dev.vaelab.experiment.file.SourceValue.Member;
import dev.vaelab.experiment.file.SourceValue.Members;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows {@code extends} from one experiment file to the next, and lays the files over each other. */
final class FileChain {
    private final List<Path> files = new ArrayList<>();
    private final ProblemList problems;
    private boolean complete = true;

    /** Reports into these problems. */
    FileChain(ProblemList problems) {
        this.problems = problems;
    }

    /** The files that were read, the one that was named first. */
    List<Path> files() {
        return List.copyOf(files);
    }

    /** Whether every file could be read: only then is missing what the files do not say. */
    boolean isComplete() {
        return complete;
    }

    /**
     * Reads a file that a person named and those that it extends.
     *
     * @return the members of all that can be read, without the keys that only files have
     */
    Members read(Path file) {
        Origin named = new Origin.Argument(file.toString(), -1, false);
        return read(file, (found, expected, advice) -> problems.add(named, KeyPath.ROOT, found, expected, advice))
                .orElseGet(() -> new Members(named, Map.of()));
    }

    private Optional<Members> read(Path file, SourceText.Report report) {
        Optional<Members> members = SourceText.read(file, "an experiment file", SourceText.LARGEST_EXPERIMENT, report)
                .flatMap(source -> {
                    files.add(file);
                    return source.value(file, Origin.Layer.EXPERIMENT, files.size() - 1, problems)
                            .flatMap(root -> extend(file, root));
                });
        complete &= members.isPresent();
        return members;
    }

    private Optional<Members> extend(Path file, SourceValue root) {
        if (!(root instanceof Members all)) {
            problems.add(root.origin(), KeyPath.ROOT, Finding.of(root), "an object with the keys of an experiment", "");
            return Optional.empty();
        }
        if (SchemaFile.isSchema(all)) {
            problems.add(root.origin(), KeyPath.ROOT, "a JSON Schema", "an experiment", "");
            return Optional.empty();
        }
        Map<String, Member> members = new LinkedHashMap<>(all.members());
        members.remove(ExperimentSchema.SCHEMA_KEY);
        Member base = members.remove(ExperimentSchema.EXTENDS_KEY);
        Members own = new Members(all.origin(), members);
        if (base == null) {
            return Optional.of(own);
        }
        Optional<Members> extended = readSibling(file, KeyPath.ROOT.key(ExperimentSchema.EXTENDS_KEY), base.value());
        return Optional.of(extended.map(own::laidOver).orElse(own));
    }

    /**
     * Reads an experiment file that another file names, and those that it extends.
     *
     * @param file the other file
     * @param key where it does so
     * @param value the path, relative to the other file
     * @return the members as {@link #read(Path)} has them; nothing if there is no such file
     */
    Optional<Members> readSibling(Path file, KeyPath key, SourceValue value) {
        Optional<Members> members = followed(file, key, value);
        complete &= members.isPresent();
        return members;
    }

    private Optional<Members> followed(Path file, KeyPath key, SourceValue value) {
        String name = value.json().isString() ? value.json().asString() : "";
        Optional<Path> named = path(name);
        if (named.isEmpty()) {
            problems.add(value.origin(), key, Finding.of(value), "the path of an experiment file", "");
            return Optional.empty();
        }
        Path base = file.resolveSibling(named.get()).normalize();
        if (files.stream().map(FileChain::identity).anyMatch(identity(base)::equals)) {
            String circle = Stream.concat(files.stream(), Stream.of(base))
                    .map(Path::toString)
                    .collect(Collectors.joining(", "));
            problems.add(
                    value.origin(), key, "a circle of " + circle, "files that extend each other in one direction", "");
            return Optional.empty();
        }
        return read(
                base,
                (found, expected, advice) ->
                        problems.add(value.origin(), key, Quoted.text(name) + " (" + found + ")", expected, advice));
    }

    private static Optional<Path> path(String name) {
        try {
            return name.isBlank() ? Optional.empty() : Optional.of(PathNames.path(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The same for all names of a file; links could otherwise extend each other without end. */
    private static Path identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
