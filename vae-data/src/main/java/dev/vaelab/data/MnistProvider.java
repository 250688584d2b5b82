package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.experiment.DatasetConfig;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The MNIST database of handwritten digits, which is inside this module: 60,000 training images and 10,000 test images of
 * 28 x 28 pixels, with the digits as labels (Y. LeCun, C. Cortes, C. J. C. Burges; CC BY-SA 3.0).
 *
 * <p>Every load compares the files with the checksums of the originals.
 */
public final class MnistProvider implements DatasetProvider {
    private static final Map<IdxPart, String> CHECKSUMS = new EnumMap<>(Map.of(
            IdxPart.TRAINING_IMAGES, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            IdxPart.TRAINING_LABELS, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            IdxPart.TEST_IMAGES, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            IdxPart.TEST_LABELS, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    private final Resources resources;

    /** For {@link java.util.ServiceLoader}. */
    public MnistProvider() {
        this(MnistProvider::openResource);
    }

    /** Reads the files from elsewhere, so that tests can damage them. */
    MnistProvider(Resources resources) {
        this.resources = resources;
    }

    /** Opens files by name. */
    @FunctionalInterface
    interface Resources {
        /** The stream of a file at its beginning; the caller closes it. */
        InputStream open(String name) throws IOException;
    }

    @Override
    public String name() {
        return "mnist";
    }

    @Override
    public String description() {
        return "handwritten digits, 60000 to train and 10000 to test, 28x28; comes with the program";
    }

    @Override
    public List<Problem> check(DatasetConfig config) {
        List<Problem> problems = new ArrayList<>();
        if (config.path() != null) {
            problems.add(new Problem(
                    DataFolder.PATH,
                    config.path(),
                    "no path, since mnist comes with the program",
                    "remove the path, or choose the data set idx or images to read files from a folder"));
        }
        problems.addAll(KeysOfOtherKinds.refusePictureKeys(config, name()));
        problems.addAll(KeysOfOtherKinds.refuseSplit(config, name()));
        return problems;
    }

    @Override
    public Dataset open(DatasetConfig config) {
        List<Problem> problems = check(config);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        Map<IdxPart, IdxSource> sources = new EnumMap<>(IdxPart.class);
        for (IdxPart part : IdxPart.OF_EVERY_DATASET) {
            sources.put(part, source(part));
        }
        Dataset dataset = new IdxDatasetReader(sources, List.of()).read(name());
        requireOriginals(dataset.checksums());
        return dataset;
    }

    private IdxSource source(IdxPart part) {
        String name = part.fileName();
        return new IdxSource(place(part), name, Long.MAX_VALUE, () -> resources.open(name + ".gz"));
    }

    private static void requireOriginals(Map<String, String> checksums) {
        List<Problem> problems = new ArrayList<>();
        CHECKSUMS.forEach((part, expected) -> {
            String found = checksums.get(part.fileName());
            if (!found.equals(expected)) {
                problems.add(new Problem(
                        place(part),
                        "SHA-256 " + found,
                        expected,
                        "the program is damaged: build or install it again"));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static String place(IdxPart part) {
        return "embedded mnist: " + part.fileName();
    }

    private static InputStream openResource(String name) throws IOException {
        InputStream stream = MnistProvider.class.getResourceAsStream("mnist/" + name);
        if (stream == null) {
            throw new FileNotFoundException("no such resource");
        }
        return stream;
    }
}
