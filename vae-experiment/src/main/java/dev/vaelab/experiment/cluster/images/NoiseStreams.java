package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.random.GaussianStream;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;

/**
 * The stream of noise of an evaluation, from any place on. It can only be gone through, so that streams which parts have left behind
 * them are kept: a process that does its parts in their order goes through the noise of all images once.
 */
final class NoiseStreams {
    /** More than a process does parts side by side. */
    private static final int MOST_KEPT = 64;

    private final RandomStreams streams;
    private final List<Left> kept = new ArrayList<>();

    private record Left(Purpose purpose, long place, GaussianStream stream) {}

    NoiseStreams(RandomStreams streams) {
        this.streams = streams;
    }

    /**
     * The stream behind so many numbers; nobody else has it.
     *
     * @param place how many numbers are gone through
     */
    GaussianStream take(Purpose purpose, long place) {
        Left nearest = takeNearest(purpose, place);
        nearest.stream().skip(place - nearest.place());
        return nearest.stream();
    }

    private synchronized Left takeNearest(Purpose purpose, long place) {
        Left nearest = null;
        for (Left left : kept) {
            if (left.purpose() == purpose
                    && left.place() <= place
                    && (nearest == null || left.place() > nearest.place())) {
                nearest = left;
            }
        }
        if (nearest == null) {
            return new Left(purpose, 0, streams.openGaussian(purpose));
        }
        kept.remove(nearest);
        return nearest;
    }

    /** Gives a stream back, which is now behind so many numbers. */
    synchronized void leave(Purpose purpose, long place, GaussianStream stream) {
        if (kept.size() == MOST_KEPT) {
            kept.remove(0);
        }
        kept.add(new Left(purpose, place, stream));
    }
}
