package dev.vaelab.report.latent;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.report.latent.ImageMap.Thumbnails;
import dev.vaelab.report.picture.LabelledPlane;
import dev.vaelab.report.picture.ThumbnailSheet;
import dev.vaelab.training.PosteriorValues;
import java.util.Arrays;

/** Maps where a model places test images: a random choice of them, the same for every engine. */
public final class ImageMapper {
    /** More would hide each other, and make pages heavy. */
    private static final int MOST_POINTS = 2000;

    private final ImageSubset test;
    private final int[] chosen;
    private final int batchSize;

    /** The images of an experiment. */
    public ImageMapper(ExperimentConfig config, DataSplits splits, RandomStreams streams) {
        this.test = splits.test();
        this.batchSize = config.training().batchSize();
        this.chosen = Arrays.stream(streams.permutation(test.count(), Purpose.LATENT_MAP))
                .limit(MOST_POINTS)
                .sorted()
                .toArray();
    }

    /** The images of the map, small and in the order of its points. */
    public ThumbnailSheet thumbnails() {
        return ThumbnailSheet.of(test.select(chosen));
    }

    /** A map as a picture, for those who do not open the report. */
    public LabelledPlane picture(ImageMap map) {
        return LabelledPlane.of(
                map.points().stream()
                        .map(point -> new LabelledPlane.Mark(point.label(), point.x(), point.y()))
                        .toList(),
                thumbnails());
    }

    /** The map of a model. */
    public ImageMap map(VaeModel<?> model) {
        ThumbnailSheet sheet = thumbnails();
        return ImageMap.of(
                PosteriorValues.of(model, test.select(chosen), batchSize),
                chosen,
                Arrays.stream(chosen).map(test::label).toArray(),
                test.count(),
                new Thumbnails(sheet.width(), sheet.height(), sheet.columns()));
    }
}
