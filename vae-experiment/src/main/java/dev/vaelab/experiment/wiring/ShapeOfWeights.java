package dev.vaelab.experiment.wiring;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.weights.NamedTensors;
import java.util.List;
import java.util.Optional;

/**
 * What weights tell of the images that a model is for, where no record does: the channels, and how many pixels an image has, but not
 * how many of them are side by side.
 *
 * @param channels of an image
 * @param cells pixels of the encoder's last feature map, each of which stands for a square of the image
 * @param side rows and columns of such a square
 * @param classes of a conditional model; nothing for another one
 */
public record ShapeOfWeights(int channels, int cells, int side, Optional<Integer> classes) {
    private static final String FIRST_CONVOLUTION = "encoder.conv1.weight";
    private static final String LINEAR = "encoder.fc.weight";
    private static final String OF_DECODER = "decoder.fc1.weight";

    /**
     * What weights tell.
     *
     * @param config the experiment that they belong to
     * @return nothing if they do not fit it
     */
    public static Optional<ShapeOfWeights> of(NamedTensors weights, ExperimentConfig config) {
        if (config.model().network() != ModelConfig.Network.CONVOLUTIONAL) {
            return Optional.empty();
        }
        List<Integer> features = config.model().channels();
        Optional<List<Integer>> convolution = shape(weights, FIRST_CONVOLUTION, 4);
        Optional<List<Integer>> linear = shape(weights, LINEAR, 2);
        Optional<Integer> classes = classes(weights, config.model());
        int last = features.get(features.size() - 1);
        if (convolution.isEmpty()
                || linear.isEmpty()
                || classes.isPresent() != config.model().conditional()
                || convolution.get().get(1) <= classes.orElse(0)
                || features.size() > 30
                || linear.get().get(1) % last != 0) {
            return Optional.empty();
        }
        return Optional.of(new ShapeOfWeights(
                convolution.get().get(1) - classes.orElse(0),
                linear.get().get(1) / last,
                Architecture.divisor(features.size()),
                classes));
    }

    /** The decoder of a conditional model takes the label behind the latents. */
    private static Optional<Integer> classes(NamedTensors weights, ModelConfig model) {
        return model.conditional()
                ? shape(weights, OF_DECODER, 2)
                        .map(shape -> shape.get(1) - model.latent())
                        .filter(classes -> classes > 1)
                : Optional.empty();
    }

    /**
     * The shape if images have this size.
     *
     * @param size height and width
     * @return nothing if the weights are not for images of this size
     */
    public Optional<ImageShape> ofSize(List<Integer> size) {
        int height = size.get(0);
        int width = size.get(1);
        boolean fits = height % side == 0 && width % side == 0 && (long) height / side * (width / side) == cells;
        return fits ? Optional.of(new ImageShape(channels, height, width)) : Optional.empty();
    }

    /** The shape if images are as high as they are wide; nothing if they cannot be. */
    public Optional<ImageShape> ofSquare() {
        int root = (int) Math.round(Math.sqrt(cells));
        return root > 0 && root * root == cells
                ? Optional.of(new ImageShape(channels, root * side, root * side))
                : Optional.empty();
    }

    /** By the end of the name: wrappers of PyTorch put theirs before it. */
    private static Optional<List<Integer>> shape(NamedTensors weights, String name, int dimensions) {
        return weights.asMap().entrySet().stream()
                .filter(tensor ->
                        tensor.getKey().equals(name) || tensor.getKey().endsWith("." + name))
                .map(tensor -> tensor.getValue().shape())
                .filter(shape -> shape.size() == dimensions && shape.stream().allMatch(size -> size > 0))
                .findFirst();
    }
}
