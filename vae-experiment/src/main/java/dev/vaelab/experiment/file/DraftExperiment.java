package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Members;
import dev.vaelab.experiment.json.JsonText;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An experiment file as it was read, and what a program sets over it. Nothing is judged before {@link ExperimentLoader#load(DraftExperiment)
 * a loader is asked to}: settings may be right only together, and the file may be right only with them.
 */
public final class DraftExperiment {
    /** What a setting is called where it is a place. */
    private static final String SETTING = "setting";

    private final Members file;
    private final List<Path> files;
    private final List<String> settings;

    private DraftExperiment(Members file, List<Path> files, List<String> settings) {
        this.file = file;
        this.files = files;
        this.settings = settings;
    }

    /**
     * Reads an experiment file and those that it extends.
     *
     * @throws dev.vaelab.api.InvalidInputException with every problem that they cannot be read for
     */
    static DraftExperiment read(Path file) {
        ProblemList problems = new ProblemList();
        FileChain chain = new FileChain(problems);
        Members members = chain.read(file);
        problems.throwIfAny();
        return new DraftExperiment(members, chain.files(), List.of());
    }

    /**
     * The same with another setting over all others.
     *
     * @param key with dots, as {@code training.epochs}
     * @param value a number, a truth value, text, null, or a list or map of these; anything else is taken by its text
     */
    public DraftExperiment with(String key, Object value) {
        return new DraftExperiment(
                file,
                files,
                Stream.concat(settings.stream(), Stream.of(key + "=" + JsonText.line(plain(value))))
                        .toList());
    }

    /** What JSON has a word for stays, and all else is text: a path, a name from an enumeration. */
    private static Object plain(Object value) {
        // JSON has no word for them, and would have null.
        if (value instanceof Double number && !Double.isFinite(number)
                || value instanceof Float single && !Float.isFinite(single)) {
            return value.toString();
        }
        return value == null
                        || value instanceof Number
                        || value instanceof Boolean
                        || value instanceof Collection
                        || value instanceof Map
                        || value.getClass().isArray()
                ? value
                : value.toString();
    }

    /** The file with the settings laid over it, before any rule is asked. */
    Members members(ProblemList problems) {
        return new Overrides(SETTING, settings, Optional.empty(), problems).over(file);
    }

    /** The files that were read, the one that was named first. */
    List<Path> files() {
        return files;
    }
}
