package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.wiring.Laboratory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** {@code --against}: another data set for a model to look at, whose keys are set as {@code against.path} and so on. */
final class OtherImages {
    private static final String OPTION = "--against";
    private static final String OWN = "against";
    private static final String OF_THE_RUN = "dataset";

    /** What the model sees of pixels is the same for both data sets, or it would tell them apart by that. */
    private static final Set<String> KEPT = Set.of("binarization", "binarizationSeed");

    private static final Pattern KEY = Pattern.compile("\\bdataset\\.");

    private static final Pattern DATASET = Pattern.compile("(.* )?dataset");

    /** Wherever it is missed: what is to be done is an option. */
    private static final Pattern PLACE_OF_KEY = Pattern.compile("(.* )?dataset\\.(\\w+)");

    private static final String ADD = "add this key";

    @Option(
            names = OPTION,
            paramLabel = "DATASET",
            description =
                    "Score the same split of another data set, too (see vae datasets), and say how well each score tells its images"
                            + " from those of the run. Its keys: --set against.path=DIR and so on, as those of dataset.")
    private String name;

    /** Whether there is one. */
    boolean requested() {
        return name != null;
    }

    /** The options as they are typed. */
    List<String> words() {
        return requested() ? List.of(OPTION + " " + ShellWord.of(name)) : List.of();
    }

    /**
     * The options that are for the experiment of the run.
     *
     * @throws InvalidInputException if one of them says something of other images that nobody asks for
     */
    List<String> ofTheRun(List<String> overrides) {
        List<String> own = overrides.stream().filter(setting -> sets(OWN, setting)).toList();
        if (!own.isEmpty() && !requested()) {
            throw new InvalidInputException(new Problem(
                    "--set " + own.get(0),
                    "a key of another data set, which nobody has named",
                    "keys of the experiment",
                    OPTION + " DATASET names another data set; vae datasets lists them"));
        }
        List<String> others = new ArrayList<>(overrides);
        others.removeAll(own);
        return others;
    }

    private static boolean sets(String part, String setting) {
        return setting.strip().startsWith(part + ".") || setting.strip().startsWith(part + "=");
    }

    /**
     * The same weights, and the other images.
     *
     * @param trained the weights
     * @param split whose images are asked for
     * @param architecture whose shape the images must have, and whose labels those of a conditional model
     * @throws InvalidInputException if they cannot be had, or do not fit the model
     */
    TrainedModel open(
            Laboratory laboratory,
            ModelChoice choice,
            TrainedModel trained,
            ExperimentOptions options,
            Split split,
            Architecture architecture) {
        List<String> overrides = new ArrayList<>();
        options.overrides().stream()
                .filter(setting -> !sets(OWN, setting))
                .filter(setting -> !sets(OF_THE_RUN, setting) || isKept(setting))
                .forEach(overrides::add);
        overrides.add(OF_THE_RUN + ".name=" + name);
        if (split != Split.VALIDATION) {
            // Small data sets have no images to spare that nobody asks for.
            overrides.add(OF_THE_RUN + ".validation=0");
        }
        options.overrides().stream()
                .filter(setting -> sets(OWN, setting))
                .map(setting -> OF_THE_RUN + setting.strip().substring(OWN.length()))
                .forEach(overrides::add);
        Optional<String> backend = options.backend();
        return named(() -> trained.showing(
                choice.loadWithOtherImages(laboratory, KEPT, overrides, backend), architecture));
    }

    /**
     * The experiment with the other images, which are read here.
     *
     * @throws InvalidInputException if they cannot be read or do not fit the model
     */
    Laboratory.Assembly images(TrainedModel other) {
        return named(other::withImages);
    }

    private static boolean isKept(String setting) {
        return KEPT.stream().anyMatch(key -> sets(OF_THE_RUN + "." + key, setting));
    }

    /** What is wrong is told of the keys that a person has typed. */
    private <V> V named(Supplier<V> work) {
        try {
            return work.get();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.problems().stream()
                    .map(problem -> new Problem(
                            place(problem.place()),
                            own(problem.found()),
                            own(problem.expected()),
                            problem.advice().equals(ADD)
                                    ? "add the option " + place(problem.place()) + "=VALUE"
                                    : own(problem.advice())))
                    .toList());
        }
    }

    private String place(String place) {
        if (place.equals("--set dataset.name") || DATASET.matcher(place).matches()) {
            return OPTION + " " + name;
        }
        Matcher key = PLACE_OF_KEY.matcher(place);
        return key.matches() ? "--set " + OWN + "." + key.group(2) : own(place);
    }

    private static String own(String text) {
        return KEY.matcher(text).replaceAll(OWN + ".");
    }
}
