package ${package};

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** The threads of this engine. */
final class Workers {
    /** The launcher sets the variable from VAE_THREADS, or to the number of processors. */
    static final int COUNT = Integer.parseInt(System.getenv()
            .getOrDefault("OMP_NUM_THREADS", String.valueOf(Runtime.getRuntime().availableProcessors())));

    /** Its threads do not keep the process alive. */
    private static final Executor POOL = new ForkJoinPool(COUNT);

    private Workers() {}

    /**
     * Does a task for each row, and waits for all of them.
     *
     * <p>A task may write to its own row only. Which thread does it then changes nothing in the result.
     */
    static void forEachRow(int rows, IntConsumer task) {
        CompletableFuture<?>[] shares = IntStream.range(0, COUNT)
                .mapToObj(share -> IntStream.range(rows * share / COUNT, rows * (share + 1) / COUNT))
                .map(share -> CompletableFuture.runAsync(() -> share.forEach(task), POOL))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(shares).join();
    }
}
