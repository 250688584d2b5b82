package dev.vaelab.data;

import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ValidationFrom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A folder of IDX files named like MNIST's, compressed with gzip or not: Fashion-MNIST, Kuzushiji-MNIST, images of one's
 * own, and perhaps files of validation images. Images are grey and of any size.
 */
public final class IdxFolderProvider implements DatasetProvider {
    private static final String FOLDER = "the folder of the IDX files";

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
        problems.addAll(refuseKeys(config));
        return problems;
    }

    @Override
    public Dataset open(DatasetConfig config) {
        Path folder = DataFolder.require(config, FOLDER);
        IdxFiles files = IdxFiles.in(folder);
        Map<IdxPart, String> names = new EnumMap<>(IdxPart.class);
        for (IdxPart part : parts(config)) {
            names.put(part, part.fileName());
        }
        List<Problem> problems = refuseKeys(config);
        Map<IdxPart, IdxSource> sources = files.find(names, advice(files.names()), problems);
        return new IdxDatasetReader(sources, problems).read(DataFolder.name(folder));
    }

    private static List<IdxPart> parts(DatasetConfig config) {
        return config.validationFrom() == ValidationFrom.FILE ? List.of(IdxPart.values()) : IdxPart.OF_EVERY_DATASET;
    }

    private List<Problem> refuseKeys(DatasetConfig config) {
        List<Problem> problems = KeysOfOtherKinds.refusePictureKeys(config, name());
        problems.addAll(KeysOfOtherKinds.refuseSplit(config, name()));
        return problems;
    }

    private static String advice(Set<String> names) {
        return EmnistSplit.in(names).stream()
                .findFirst()
                .map(split -> "these are files of EMNIST: set dataset.name to " + EmnistProvider.NAME
                        + " and dataset.split to " + split)
                .orElse("");
    }
}
