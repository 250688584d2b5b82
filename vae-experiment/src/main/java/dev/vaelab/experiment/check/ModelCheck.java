package dev.vaelab.experiment.check;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.SizeRule;
import dev.vaelab.api.experiment.ModelConfig;
import dev.vaelab.api.experiment.ModelConfig.Network;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.api.model.ModelSize;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether there is a model of such sizes for such images. */
public final class ModelCheck {
    private static final String CONDITION = "model.condition";
    private static final String CHANNELS = "model.channels";

    private ModelCheck() {}

    /**
     * The architecture for images.
     *
     * @param images shape, and classes of labels where the model knows labels
     * @param resized whether {@code dataset.size} decides the size of the images
     * @throws InvalidInputException if there is none; places are keys
     */
    public static Architecture require(ModelConfig model, ModelledImages images, boolean resized) {
        List<Problem> problems = problems(model, images, resized);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return Networks.of(model, images);
    }

    /** Whether such images can go into networks of this kind at all, however large those are. */
    static boolean isPossible(ModelConfig model, ImageShape image) {
        return model.network() == Network.CONVOLUTIONAL
                && Architecture.fits(image, model.channels().size());
    }

    /** The same as problems. */
    static List<Problem> problems(ModelConfig model, ModelledImages images, boolean resized) {
        if (model.conditional() && images.classes() < ModelledImages.FEWEST_CLASSES) {
            return List.of(
                    new Problem(
                            CONDITION,
                            model.condition() + " for images without labels, or with one label only",
                            "images of at least " + ModelledImages.FEWEST_CLASSES + " classes",
                            "leave the key out, or use a data set whose images have labels, such as pictures in a folder for each class"));
        }
        if (model.network() != Network.CONVOLUTIONAL) {
            return Networks.problems(model, images);
        }
        ImageShape image = images.shape();
        int convolutions = model.channels().size();
        if (!Architecture.fits(image, convolutions)) {
            return List.of(new Problem(
                    CHANNELS,
                    convolutions + (convolutions == 1 ? " convolution" : " convolutions") + " for images of " + image,
                    "height and width divisible by 2 to the power of " + convolutions,
                    "each convolution halves both: " + advice(model, images, resized)));
        }
        ModelSize size = Networks.size(model, images);
        return size.fitsArrays()
                ? List.of()
                : List.of(new Problem(
                        "model",
                        "a tensor of " + size.largest() + " values",
                        "at most " + ModelSize.LARGEST_ARRAY + ", which is as long as arrays are",
                        ""));
    }

    /** What would do; none of it is said unless it does. */
    private static String advice(ModelConfig model, ModelledImages images, boolean resized) {
        ImageShape image = images.shape();
        int convolutions = model.channels().size();
        Stream<String> fewer = IntStream.iterate(convolutions - 1, count -> count > 0, count -> count - 1)
                .filter(count -> Architecture.fits(image, count))
                .filter(count -> Networks.size(
                                model.withChannels(model.channels().subList(0, count)), images)
                        .fitsArrays())
                .limit(1)
                .mapToObj(count -> "use at most " + count + " of them");
        Stream<String> size = resized
                ? new SizeRule(convolutions)
                        .nearest(image.height(), image.width()).stream().map(sides -> "set dataset.size to " + sides)
                : Stream.empty();
        String checked = Stream.concat(fewer, size).collect(Collectors.joining(", or "));
        return checked.isEmpty() ? "use images of another size" : checked;
    }
}
