package ${package};

import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.model.ImageShape;
import java.util.List;
import java.util.Map;

/** Upright stripes of one to ten pixels; the label is the width. */
public final class ${className}Provider implements DatasetProvider {
    private static final ImageShape SHAPE = new ImageShape(1, 28, 28);

    @Override
    public String name() {
        return "${dataset}";
    }

    @Override
    public String description() {
        return "upright stripes, 5000 to train and 1000 to test, 28x28";
    }

    @Override
    public List<Problem> check(DatasetConfig config) {
        return config.path() == null
                ? List.of()
                : List.of(Problem.of(
                        "dataset.path", config.path(), "no path, since the stripes are drawn by the program"));
    }

    @Override
    public Dataset open(DatasetConfig config) {
        return new Dataset(name(), draw(5000), draw(1000), Map.of());
    }

    private static LabelledImages draw(int count) {
        byte[] pixels = new byte[count * SHAPE.size()];
        byte[] labels = new byte[count];
        for (int image = 0; image < count; image++) {
            int width = 1 + image % 10;
            labels[image] = (byte) width;
            for (int pixel = 0; pixel < SHAPE.size(); pixel++) {
                int place = pixel % SHAPE.width() + image / 10;
                pixels[image * SHAPE.size() + pixel] = (byte) (place / width % 2 == 0 ? 255 : 0);
            }
        }
        return new LabelledImages(SHAPE, pixels, labels);
    }
}
