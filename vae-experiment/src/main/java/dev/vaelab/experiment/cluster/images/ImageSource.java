package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.ImageArray;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.Split;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.wiring.Laboratory;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/** Where the images of a part come from, chunk by chunk. */
interface ImageSource {
    /** What is done with the images of a part, in their order. */
    interface Consumer {
        void accept(ImageChunk chunk) throws IOException;
    }

    /**
     * Gives all images of the part.
     *
     * @param size images of every chunk, but the last one of what lies together
     */
    void forEach(int size, Consumer consumer) throws IOException;

    /** A stretch of a split of the experiment's data set. */
    static ImageSource ofSplit(Laboratory.Assembly experiment, Split split, int from, int count) {
        ImageSubset images = experiment.get(DataSplits.class).get(split);
        return (size, consumer) -> {
            for (int start = from; start < from + count; start += size) {
                int[] members = IntStream.range(start, Math.min(from + count, start + size))
                        .toArray();
                ImageSubset chunk = images.select(members);
                long[] indices = IntStream.range(0, chunk.count())
                        .mapToLong(chunk::source)
                        .toArray();
                consumer.accept(new ImageChunk(chunk, start, indices));
            }
        };
    }

    /** Stretches of files, binarized as the experiment asks for. */
    static ImageSource ofFiles(Laboratory.Assembly experiment, ImageFiles files, List<ImageFiles.Stretch> stretches) {
        Architecture architecture = experiment.get(Architecture.class);
        Binarizer binarizer = new Binarizer(experiment);
        return (size, consumer) -> {
            for (ImageFiles.Stretch stretch : stretches) {
                try (ImageFiles.Reader reader = files.open(stretch, architecture.image())) {
                    for (int start = 0; start < stretch.count(); start += size) {
                        int count = Math.min(size, stretch.count() - start);
                        consumer.accept(
                                read(reader, architecture, binarizer, stretch.file(), stretch.first() + start, count));
                    }
                }
            }
        };
    }

    private static ImageChunk read(
            ImageFiles.Reader reader,
            Architecture architecture,
            Binarizer binarizer,
            String file,
            long first,
            int count) {
        int size = architecture.image().size();
        float[] pixels = new float[Math.multiplyExact(count, size)];
        int[] labels = new int[count];
        long[] indices = new long[count];
        for (int image = 0; image < count; image++) {
            ImageFiles.StoredImage next = reader.next();
            binarizer.copy(next.pixels(), first + image, pixels, image * size);
            labels[image] = requireKnown(architecture, next, file);
            indices[image] = next.index();
        }
        return new ImageChunk(new ImageArray(size, pixels, labels), first, indices);
    }

    private static int requireKnown(Architecture architecture, ImageFiles.StoredImage image, String file) {
        if (architecture.conditional() && (image.label() < 0 || image.label() >= architecture.classes())) {
            throw new InvalidInputException(Problem.of(
                    file + ": image " + image.index(),
                    "the label " + image.label(),
                    "a label from 0 to " + (architecture.classes() - 1) + ", on which the model is conditioned"));
        }
        return image.label();
    }

    /**
     * Makes of intensities what the model sees. What is drawn is drawn from a stream for each image, by its place: images that no machine
     * has all of have no stream in common.
     */
    final class Binarizer {
        private static final int WHITE = 255;

        private final ExperimentConfig config;
        private final RandomStreams streams;

        Binarizer(Laboratory.Assembly experiment) {
            config = experiment.get(ExperimentConfig.class);
            Long seed = config.dataset().binarizationSeed();
            streams = seed == null ? experiment.get(RandomStreams.class) : new RandomStreams(seed);
        }

        void copy(float[] intensities, long place, float[] target, int offset) {
            switch (config.dataset().binarization()) {
                case NONE -> System.arraycopy(intensities, 0, target, offset, intensities.length);
                case THRESHOLD -> {
                    for (int index = 0; index < intensities.length; index++) {
                        target[offset + index] = Math.round(intensities[index] * WHITE) > WHITE / 2 ? 1 : 0;
                    }
                }
                case STOCHASTIC, FIXED -> {
                    UniformRandomProvider random = streams.open(Purpose.BINARIZATION_OF_TEST, place);
                    for (int index = 0; index < intensities.length; index++) {
                        target[offset + index] = intensities[index] * WHITE > random.nextInt(WHITE) ? 1 : 0;
                    }
                }
            }
        }
    }
}
