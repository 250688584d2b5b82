package dev.vaelab.experiment.file;

import dev.vaelab.experiment.file.SourceValue.Members;
import dev.vaelab.experiment.file.SourceValue.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.StringNode;

/** What the command line, or a program, says over an experiment file. */
final class Overrides {
    private static final String SET = "--set";
    private static final String BACKEND = "--backend";
    private static final int LONGEST_SHOWN = 200;

    private final String option;
    private final List<Members> layers = new ArrayList<>();
    private final ProblemList problems;

    /**
     * Reads the options.
     *
     * @param settings values of {@code --set}, later ones over earlier ones
     * @param backend the value of {@code --backend}, over all of them
     * @param problems takes what cannot be understood
     */
    Overrides(List<String> settings, Optional<String> backend, ProblemList problems) {
        this(SET, settings, backend, problems);
    }

    /**
     * Reads settings that are no options of the command line.
     *
     * @param option what a setting is called where it is a place
     */
    Overrides(String option, List<String> settings, Optional<String> backend, ProblemList problems) {
        this.option = option;
        this.problems = problems;
        for (int i = 0; i < settings.size(); i++) {
            readSetting(settings.get(i), i);
        }
        Origin origin = new Origin.Argument(BACKEND, settings.size(), false);
        backend.ifPresent(
                name -> layers.add(Members.of("backend", origin, new Scalar(origin, StringNode.valueOf(name), name))));
    }

    /** What each option sets, in the order in which they are laid over each other. */
    List<Members> layers() {
        return List.copyOf(layers);
    }

    /** The experiment with the overrides laid over it. */
    Members over(Members experiment) {
        Members result = experiment;
        for (Members layer : layers) {
            result = layer.laidOver(result);
        }
        return result;
    }

    private void readSetting(String setting, int index) {
        int equals = setting.indexOf('=');
        if (equals < 0) {
            report(setting, index, Quoted.text(setting), "a key and its value, as in training.epochs=3", "");
            return;
        }
        DottedKey key = DottedKey.of(setting.substring(0, equals).strip());
        if (key.hasGap() || key.isTooDeep()) {
            report(setting, index, key.finding(), "keys joined by dots, as in training.epochs=3", "");
            return;
        }
        if (key.hasIndex()) {
            String advice = "set the whole list, as in model.channels=[16,32]";
            report(setting, index, key.finding(), "keys joined by dots", advice);
            return;
        }
        Origin origin = new Origin.Argument(option, index, true);
        new SourceReader(SourceFormat.YAML, (line, column) -> origin, problems)
                .read(setting.substring(equals + 1), key.path())
                .ifPresent(value -> layers.add(key.nest(origin, value)));
    }

    private void report(String setting, int index, String found, String expected, String advice) {
        problems.add(
                new Origin.Argument(option + " " + shortened(setting), index, false),
                KeyPath.ROOT,
                found,
                expected,
                advice);
    }

    private static String shortened(String setting) {
        return setting.length() <= LONGEST_SHOWN ? setting : setting.substring(0, LONGEST_SHOWN) + "...";
    }
}
