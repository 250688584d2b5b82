package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.dataset.SizeRule;
import dev.vaelab.api.experiment.DatasetConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of PNG and JPEG pictures, grey or in colour, with folders as classes if there are some: what PyTorch's {@code
 * ImageFolder} reads.
 */
public final class ImageFolderProvider implements DatasetProvider {
    /** The name of this kind of data set. */
    static final String NAME = "images";

    private static final String FOLDER = "the folder of the pictures";

    private final long memory;

    /** For {@link java.util.ServiceLoader}. */
    public ImageFolderProvider() {
        this(Runtime.getRuntime().maxMemory());
    }

    /** Takes no more than these bytes for images, so that tests can do with few of them. */
    ImageFolderProvider(long memory) {
        this.memory = memory;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "a folder of PNG or JPEG pictures, grey or in colour, with class folders or without (dataset.path)";
    }

    @Override
    public List<Problem> check(DatasetConfig config) {
        List<Problem> problems = new ArrayList<>(DataFolder.check(config, FOLDER));
        problems.addAll(KeysOfOtherKinds.refuseSplit(config, name()));
        return problems;
    }

    @Override
    public Dataset open(DatasetConfig config) {
        return open(config, SizeRule.ANY);
    }

    @Override
    public Dataset open(DatasetConfig config, SizeRule sizes) {
        Path folder = DataFolder.require(config, FOLDER);
        List<Problem> problems = check(config);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        PictureFolder pictures = PictureFolder.list(folder);
        ImageForm form = ImageForm.of(config, pictures.all(), sizes);
        return new PictureDatasetReader(pictures, form, memory).read(DataFolder.name(folder));
    }
}
