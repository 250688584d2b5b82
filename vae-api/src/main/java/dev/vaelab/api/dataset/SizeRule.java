package dev.vaelab.api.dataset;

import dev.vaelab.api.model.Architecture;
import java.util.List;
import java.util.Optional;

/**
 * Which heights and widths of images a model takes: whoever tells a person to resize images knows by it to which size.
 *
 * @param convolutions convolutions of the model, each of which halves height and width without a remainder
 */
public record SizeRule(int convolutions) {
    /** The largest height and width that {@code dataset.size} may be. */
    public static final int LARGEST = 65_535;

    /** The rule that lets every size pass. */
    public static final SizeRule ANY = new SizeRule(0);

    /**
     * The size nearest to that of some images which the model takes: the sides are rounded each for itself.
     *
     * @return height and width; nothing if all sizes that the model takes are too large for {@code dataset.size}
     */
    public Optional<List<Integer>> nearest(int height, int width) {
        List<Optional<Integer>> sides = List.of(nearest(height), nearest(width));
        return sides.stream().allMatch(Optional::isPresent)
                ? Optional.of(sides.stream().map(Optional::get).toList())
                : Optional.empty();
    }

    private Optional<Integer> nearest(int side) {
        if (convolutions > 15) {
            return Optional.empty();
        }
        int divisor = Architecture.divisor(convolutions);
        int below = side / divisor * divisor;
        int above = below + divisor;
        boolean down = below > 0 && (side - below <= above - side || above > LARGEST);
        int rounded = down ? below : above;
        return rounded <= LARGEST ? Optional.of(rounded) : Optional.empty();
    }
}
