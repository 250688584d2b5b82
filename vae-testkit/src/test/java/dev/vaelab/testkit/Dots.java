package dev.vaelab.testkit;

import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.model.ImageShape;
import java.util.List;
import java.util.Map;

/** Images of 2x2 with one white pixel, whose number is the label: a data set that keeps its promises. */
public class Dots implements DatasetProvider {
    static final List<String> NAMES = List.of("left above", "right above", "left below", "right below");

    private static final int PIXELS = 4;

    @Override
    public String name() {
        return "dots";
    }

    @Override
    public String description() {
        return "one white pixel of four";
    }

    @Override
    public Dataset open(DatasetConfig config) {
        return dataset(images(8), NAMES);
    }

    Dataset dataset(LabelledImages training, List<String> names) {
        return new Dataset(name(), training, images(4), Map.of(), names);
    }

    static LabelledImages images(int count) {
        byte[] pixels = new byte[count * PIXELS];
        byte[] labels = new byte[count];
        for (int image = 0; image < count; image++) {
            labels[image] = (byte) (image % PIXELS);
            pixels[image * PIXELS + image % PIXELS] = (byte) 255;
        }
        return new LabelledImages(new ImageShape(1, 2, 2), pixels, labels);
    }
}
