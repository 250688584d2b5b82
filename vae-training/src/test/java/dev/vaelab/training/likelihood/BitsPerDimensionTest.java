package dev.vaelab.training.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.training.part.Bernoulli;
import dev.vaelab.training.part.ContinuousBernoulli;
import dev.vaelab.training.part.FixedGaussian;
import dev.vaelab.training.part.LearnedGaussian;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Bits for each dimension")
final class BitsPerDimensionTest {
    private static final ImageShape SHAPE = new ImageShape(1, 1, 3);

    private static final List<Likelihood> DENSITIES =
            List.of(new FixedGaussian(), new LearnedGaussian(), new ContinuousBernoulli());

    @Test
    @DisplayName("of black and white pixels are one for each pixel under even chances")
    void evenChances() {
        BitsPerDimension bits =
                BitsPerDimension.of(new Bernoulli(), images(0, 255, 255)).orElseThrow();
        assertEquals(1, bits.of(3 * Math.log(2)), 1e-15);
    }

    @Test
    @DisplayName("of grey pixels under the uniform density of [0,1] are the eight in which they are stored")
    void uniformDensity() {
        for (Likelihood density : DENSITIES) {
            assertEquals(
                    8,
                    BitsPerDimension.of(density, images(0, 128, 255))
                            .orElseThrow()
                            .of(0),
                    0);
        }
    }

    @Test
    @DisplayName("count every channel of a pixel")
    void channels() {
        ImageSubset coloured =
                new ImageSubset(new LabelledImages(new ImageShape(3, 1, 1), new byte[] {1, 2, 3}, new byte[1]), 0);
        assertEquals(
                7,
                BitsPerDimension.of(new FixedGaussian(), coloured).orElseThrow().of(-3 * Math.log(2)),
                1e-15);
    }

    @Test
    @DisplayName(
            "are not offered where a probability of two values meets grey pixels, nor where a density meets black and white ones")
    void notOffered() {
        assertEquals(Optional.empty(), BitsPerDimension.of(new Bernoulli(), images(0, 128, 255)));
        for (Likelihood density : DENSITIES) {
            assertEquals(Optional.empty(), BitsPerDimension.of(density, images(0, 255, 255)));
        }
    }

    @Test
    @DisplayName("are not offered of a likelihood that does not say what it is a distribution of")
    void unknown() {
        Likelihood silent = new Likelihood() {
            @Override
            public String name() {
                return "silent";
            }

            @Override
            public String description() {
                return "says nothing";
            }

            @Override
            public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
                return logits.sum(1, 2, 3);
            }
        };
        assertEquals(Optional.empty(), BitsPerDimension.of(silent, images(0, 255, 255)));
        assertEquals(Optional.empty(), BitsPerDimension.of(silent, images(0, 1, 2)));
    }

    private static ImageSubset images(int... pixels) {
        byte[] bytes = new byte[pixels.length];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            bytes[pixel] = (byte) pixels[pixel];
        }
        return new ImageSubset(new LabelledImages(SHAPE, bytes, new byte[1]), 0);
    }
}
