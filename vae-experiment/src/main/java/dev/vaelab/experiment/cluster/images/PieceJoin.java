package dev.vaelab.experiment.cluster.images;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Joins the pieces of a table in their order while others are still being made: a driver has little to do then, and next to nothing is left
 * to be done when the last piece is there.
 */
final class PieceJoin {
    private final Arrivals arrivals;
    private final FutureTask<Void> joining;

    private PieceJoin(Arrivals arrivals, FutureTask<Void> joining) {
        this.arrivals = arrivals;
        this.joining = joining;
    }

    /** What joins. */
    interface Work {
        /** Takes one piece after the other, each when it is there. */
        void join(Arrivals there) throws IOException;
    }

    /** Which pieces are there. */
    static final class Arrivals {
        private final BitSet there = new BitSet();
        private boolean givenUp;

        /**
         * Waits for a piece.
         *
         * @throws CancellationException if it will not come
         */
        synchronized void await(int piece) {
            while (!there.get(piece)) {
                if (givenUp) {
                    throw new CancellationException();
                }
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new CancellationException();
                }
            }
        }

        private synchronized void add(int from, int to) {
            there.set(from, to);
            notifyAll();
        }

        private synchronized void giveUp() {
            givenUp = true;
            notifyAll();
        }
    }

    /**
     * Begins on a thread of its own.
     *
     * @param work joins them
     * @param cancel gives up the making of pieces, since they cannot be joined
     */
    static PieceJoin start(Work work, Runnable cancel) {
        Arrivals arrivals = new Arrivals();
        FutureTask<Void> joining = new FutureTask<>(() -> {
            try {
                work.join(arrivals);
            } catch (IOException | RuntimeException e) {
                if (!(e instanceof CancellationException)) {
                    cancel.run();
                }
                throw e;
            }
            return null;
        });
        Thread thread = new Thread(joining, "join of pieces");
        thread.setDaemon(true);
        thread.start();
        return new PieceJoin(arrivals, joining);
    }

    /** A piece is there. */
    void done(int piece) {
        arrivals.add(piece, piece + 1);
    }

    /**
     * Has the pieces made, and waits until they are joined.
     *
     * @param making returns when all are there
     * @return what that returns
     * @throws IOException if they cannot be joined, which is why the making was given up
     */
    List<Object> finish(int count, Supplier<List<Object>> making) throws IOException {
        List<Object> results;
        try {
            results = making.get();
            arrivals.add(0, count);
        } catch (RuntimeException | Error e) {
            arrivals.giveUp();
            await(e);
            throw e;
        }
        await(null);
        return results;
    }

    /** @param failure of the making, behind which a joining that was given up has nothing to say */
    private void await(Throwable failure) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    joining.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                    arrivals.giveUp();
                } catch (ExecutionException e) {
                    rethrow(e.getCause(), failure);
                    return;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void rethrow(Throwable cause, Throwable failure) throws IOException {
        if (failure != null && cause instanceof CancellationException) {
            return;
        }
        if (failure != null) {
            cause.addSuppressed(failure);
        }
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        throw (RuntimeException) cause;
    }
}
