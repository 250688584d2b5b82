package dev.vaelab.cli.experiment;

import dev.vaelab.cli.experiment.SourceValue.Member;
import dev.vaelab.cli.experiment.SourceValue.Members;
import java.io.IOException;
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
     * Reads a file and those that it extends.
     *
     * @return the members of all that can be read, without the keys that only files have
     */
    Members read(Path file) {
        Origin named = new Origin.Argument(file.toString(), -1, false);
        return read(file, (found, expected, advice) -> problems.add(named, KeyPath.ROOT, found, expected, advice))
                .orElseGet(() -> new Members(named, Map.of()));
    }

    private Optional<Members> read(Path file, SourceText.Report report) {
        Optional<Members> members = SourceText.read(file, report).flatMap(source -> {
            int index = files.size();
            files.add(file);
            SourceReader reader = new SourceReader(
                    source.format(),
                    (line, column) -> new Origin.InFile(file.toString(), index, line, column),
                    problems);
            return reader.read(source.text(), KeyPath.ROOT).flatMap(root -> extend(file, root));
        });
        complete &= members.isPresent();
        return members;
    }

    private Optional<Members> extend(Path file, SourceValue root) {
        if (!(root instanceof Members all)) {
            problems.add(root.origin(), KeyPath.ROOT, Finding.of(root), "an object with the keys of an experiment", "");
            return Optional.empty();
        }
        Map<String, Member> members = new LinkedHashMap<>(all.members());
        members.remove(ExperimentSchema.SCHEMA_KEY);
        Member base = members.remove(ExperimentSchema.EXTENDS_KEY);
        Members own = new Members(all.origin(), members);
        if (base == null) {
            return Optional.of(own);
        }
        Optional<Members> extended = readBase(file, base.value());
        complete &= extended.isPresent();
        return Optional.of(extended.map(own::laidOver).orElse(own));
    }

    private Optional<Members> readBase(Path file, SourceValue value) {
        KeyPath key = KeyPath.ROOT.key(ExperimentSchema.EXTENDS_KEY);
        String name = value.json().isString() ? value.json().asString() : "";
        if (name.isBlank() || name.indexOf('\0') >= 0) {
            problems.add(value.origin(), key, Finding.of(value), "the path of an experiment file", "");
            return Optional.empty();
        }
        Path base = file.resolveSibling(name).normalize();
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

    /** The same for all names of a file; links could otherwise extend each other without end. */
    private static Path identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
