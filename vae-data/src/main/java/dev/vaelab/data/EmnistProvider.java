package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.experiment.DatasetConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of EMNIST as they are published: handwritten letters and digits of 28 x 28 pixels, in six data sets of which a
 * folder may have several. The files have their images lying on their side, columns for rows; here they stand.
 */
public final class EmnistProvider implements DatasetProvider {
    /** The name of this kind of data set. */
    static final String NAME = "emnist";

    private static final String FOLDER = "the folder of the files of EMNIST";

    private static final String SPLIT = "dataset.split";

    /** For {@link java.util.ServiceLoader}. */
    public EmnistProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "handwritten letters and digits from a folder of EMNIST's own files (dataset.path, dataset.split)";
    }

    @Override
    public List<Problem> check(DatasetConfig config) {
        List<Problem> problems = new ArrayList<>(DataFolder.check(config, FOLDER));
        if (config.split() == null) {
            problems.add(new Problem(SPLIT, "nothing", "one of " + EmnistSplit.list(), "add this key"));
        } else if (EmnistSplit.of(config.split()).isEmpty()) {
            problems.add(Problem.of(SPLIT, config.split(), "one of " + EmnistSplit.list()));
        }
        problems.addAll(KeysOfOtherKinds.refusePictureKeys(config, name()));
        return problems;
    }

    @Override
    public Dataset open(DatasetConfig config) {
        List<Problem> problems = check(config);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        EmnistSplit split = EmnistSplit.of(config.split()).orElseThrow();
        IdxFiles files = IdxFiles.in(DataFolder.require(config, FOLDER));
        List<Problem> missing = new ArrayList<>();
        Map<IdxPart, IdxSource> sources = files.find(split.fileNames(), advice(files, split), missing);
        return new IdxDatasetReader(sources, missing)
                .withColumnsFirst()
                .withClassNames(split.classNames())
                .read(NAME + " " + split);
    }

    private static String advice(IdxFiles files, EmnistSplit split) {
        String others = EmnistSplit.in(files.names()).stream()
                .filter(other -> other != split)
                .map(EmnistSplit::toString)
                .collect(Collectors.joining(", "));
        return others.isEmpty() ? "" : "the folder has files of " + others;
    }
}
