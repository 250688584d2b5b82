package dev.vaelab.report.picture;

import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.ModelImages;
import dev.vaelab.training.PosteriorValues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows that lead from one test image to another: the images themselves, and between them the way through latent space. */
final class Interpolations {
    private static final int MOST_ROWS = 8;

    /** Latents of a row, those of its two images included. */
    private static final int STEPS = 8;

    private static final int COLUMNS = STEPS + 2;

    private final ImageSubset test;
    private final RandomStreams streams;

    Interpolations(ImageSubset test, RandomStreams streams) {
        this.test = test;
        this.streams = streams;
    }

    /** Linear in the posterior means. */
    ImageGrid draw(VaeModel<?> model) {
        ImageSubset ends = test.select(model.architecture().conditional() ? endsOfOneLabel() : ends());
        int rows = ends.count() / 2;
        int size = ends.shape().size();
        int latent = model.architecture().latent();
        float[] originals = ends.pixels();
        float[] means = PosteriorValues.of(model, originals, ends.labels()).means();
        float[] latents = new float[rows * STEPS * latent];
        int[] labels = new int[rows * STEPS];
        for (int row = 0; row < rows; row++) {
            float[] line =
                    LatentGrid.between(vector(means, 2 * row, latent), vector(means, 2 * row + 1, latent), STEPS);
            System.arraycopy(line, 0, latents, row * line.length, line.length);
            Arrays.fill(labels, row * STEPS, (row + 1) * STEPS, ends.label(2 * row));
        }
        float[] between = ModelImages.decode(model, latents, labels);
        float[] pixels = new float[rows * COLUMNS * size];
        for (int row = 0; row < rows; row++) {
            int start = row * COLUMNS * size;
            System.arraycopy(originals, 2 * row * size, pixels, start, size);
            System.arraycopy(between, row * STEPS * size, pixels, start + size, STEPS * size);
            System.arraycopy(originals, (2 * row + 1) * size, pixels, start + (COLUMNS - 1) * size, size);
        }
        return ImageGrid.of(ends.shape(), pixels, COLUMNS);
    }

    /**
     * Test images two by two, the images of a pair of different labels, no image twice. Where there is only one label, as in
     * a data set without labels, a pair is any two images, and a single image is a pair with itself.
     */
    int[] ends() {
        List<Integer> chosen = new ArrayList<>();
        // All of these have one label: with another one the first of them would have become a pair.
        Deque<Integer> waiting = new ArrayDeque<>();
        for (int image : streams.permutation(test.count(), Purpose.INTERPOLATION)) {
            if (waiting.isEmpty() || test.label(waiting.peek()) == test.label(image)) {
                waiting.add(image);
            } else if (chosen.size() < 2 * MOST_ROWS) {
                chosen.addAll(List.of(waiting.remove(), image));
            }
        }
        List<Integer> alike = List.copyOf(waiting);
        int ends = chosen.isEmpty() ? 2 * Math.min(MOST_ROWS, Math.max(1, alike.size() / 2)) : 0;
        IntStream.range(0, ends).forEach(end -> chosen.add(alike.get(end % alike.size())));
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Test images two by two, the images of a pair of one label, no image twice: a conditional model decodes all latents of a row
     * with that label. Where no two images have one label, a pair is an image with itself.
     */
    int[] endsOfOneLabel() {
        List<Integer> chosen = new ArrayList<>();
        Map<Integer, Integer> waiting = new LinkedHashMap<>();
        for (int image : streams.permutation(test.count(), Purpose.INTERPOLATION)) {
            Integer other = waiting.remove(test.label(image));
            if (other == null) {
                waiting.put(test.label(image), image);
            } else if (chosen.size() < 2 * MOST_ROWS) {
                chosen.addAll(List.of(other, image));
            }
        }
        if (chosen.isEmpty()) {
            waiting.values().stream().limit(MOST_ROWS).forEach(image -> chosen.addAll(List.of(image, image)));
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private static float[] vector(float[] vectors, int index, int size) {
        return Arrays.copyOfRange(vectors, index * size, (index + 1) * size);
    }
}
