package dev.vaelab.experiment;

import dev.vaelab.api.backend.Backends;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.InitialWeights;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.model.ModelRequest;
import java.util.List;
import java.util.stream.IntStream;

/** A model of a few hundred weights on the reference backend, and images for it. */
public final class TinyModel {
    public static final RandomStreams STREAMS = new RandomStreams(7);

    private static final ImageShape SHAPE = new ImageShape(1, 8, 8);

    private TinyModel() {}

    public static VaeBackend backend() {
        return Backends.load(TinyModel.class.getClassLoader()).require("reference", "test");
    }

    public static ModelRequest request(int latent) {
        Architecture architecture = new Architecture(SHAPE, List.of(2), 4, latent);
        return ModelRequest.of(architecture, InitialWeights.draw(architecture, STREAMS));
    }

    /** Images that all differ, the last first: image {@code i} has the label {@code (count - 1 - i) % 3}. */
    public static ImageSubset images(int count) {
        byte[] pixels = new byte[count * SHAPE.size()];
        byte[] labels = new byte[count];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = (byte) (index * index % 251);
        }
        for (int image = 0; image < count; image++) {
            labels[image] = (byte) (image % 3);
        }
        int[] backwards =
                IntStream.range(0, count).map(image -> count - 1 - image).toArray();
        return new ImageSubset(new LabelledImages(SHAPE, pixels, labels), backwards);
    }
}
