package dev.vaelab.testkit.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives a reader files that are nearly sound: first those that failed once, then random changes of sound ones.
 *
 * <p>The same seed gives the same inputs. All of them are tried on one thread, and an input on which the reader hangs is a failure
 * like any other.
 */
public final class Fuzzing {
    /** The tag of every fuzz test: {@code mvn verify -Dgroups=fuzz -Dvaelab.fuzz.seconds=600} runs nothing else. */
    public static final String TAG = "fuzz";

    /** System property: how long each target is fuzzed; without it, a number of inputs that takes some seconds. */
    public static final String SECONDS = "vaelab.fuzz.seconds";

    /** System property: where the random choices come from; 1 without it. */
    public static final String SEED = "vaelab.fuzz.seed";

    private static final Path KEPT = Path.of("src", "test", "resources", "fuzz");
    private static final Path FAILED = Path.of("target", "fuzz");
    private static final int DEFAULT_ROUNDS = 2000;
    private static final int MOST_CHANGES = 4;

    /** Far longer than any sound input takes on a machine with other work. */
    private static final long HANGS_AFTER_SECONDS = 60;

    private final String target;
    private final List<FuzzInput> seeds = new ArrayList<>();
    private final List<Mutation> mutations = new ArrayList<>();
    private int rounds = DEFAULT_ROUNDS;

    private Fuzzing(String target) {
        this.target = target;
    }

    /** A reader under test: throws if it does not do what it promises for this input. */
    @FunctionalInterface
    public interface Reader {
        /** Reads the input. */
        void read(FuzzInput input) throws Exception;
    }

    /**
     * Prepares to fuzz.
     *
     * @param target what is fuzzed; names the folders of kept and failed inputs
     */
    public static Fuzzing of(String target) {
        return new Fuzzing(target);
    }

    /** Adds a sound file to make others of. */
    public Fuzzing seed(String name, byte[] content) {
        seeds.add(new FuzzInput(name, content));
        return this;
    }

    /** Adds changes to choose from. */
    public Fuzzing mutations(Mutation... more) {
        mutations.addAll(List.of(more));
        return this;
    }

    /** How many inputs a build tries; 2000 unless this is called. */
    public Fuzzing rounds(int count) {
        rounds = count;
        return this;
    }

    /**
     * Fuzzes.
     *
     * @throws AssertionError at the first input that the reader throws at or hangs on, with the place where the input is kept
     */
    public void run(Reader reader) {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread worker = new Thread(task, "fuzzing " + target);
            worker.setDaemon(true);
            return worker;
        });
        try {
            int kept = runKept(reader, thread);
            long seed = Long.getLong(SEED, 1);
            long tried = runMutated(reader, thread, seed);
            System.out.printf("fuzz %s: %d kept inputs, %d of seed %d%n", target, kept, tried, seed);
        } finally {
            thread.shutdownNow();
        }
    }

    /** The inputs that failed once. */
    private int runKept(Reader reader, ExecutorService thread) {
        Path folder = KEPT.resolve(target);
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : sorted) {
                Path within = folder.relativize(file);
                // The first folder names the input, the others belong to the name of the file.
                String name = within.subpath(1, within.getNameCount()).toString();
                attempt(new FuzzInput(name, Files.readAllBytes(file)), reader, thread, "the kept input " + file);
            }
            return sorted.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long runMutated(Reader reader, ExecutorService thread, long seed) {
        Long seconds = Long.getLong(SECONDS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds == null ? 0 : seconds);
        long round = 0;
        while (seconds == null ? round < rounds : System.nanoTime() - end < 0) {
            // Every input from a generator of its own, so that one can be made again without those before it.
            FuzzInput input = mutated(new SplittableRandom(seed * 1_000_003 + round));
            attempt(input, reader, thread, "input " + round + " of seed " + seed);
            round++;
        }
        return round;
    }

    private FuzzInput mutated(SplittableRandom random) {
        FuzzInput original = seeds.get(random.nextInt(seeds.size()));
        byte[] content = original.content();
        for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
            content = mutations.get(random.nextInt(mutations.size())).apply(content, random);
        }
        return new FuzzInput(original.name(), content);
    }

    private void attempt(FuzzInput input, Reader reader, ExecutorService thread, String which) {
        Thread[] worker = new Thread[1];
        Future<?> reading = thread.submit(() -> {
            worker[0] = Thread.currentThread();
            reader.read(input);
            return null;
        });
        try {
            reading.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(target + ": " + which + " fails; it is in " + keep(input), e.getCause());
        } catch (TimeoutException e) {
            String stack = Arrays.stream(worker[0].getStackTrace())
                    .map(frame -> "\n\tat " + frame)
                    .collect(Collectors.joining());
            throw new AssertionError(target + ": " + which + " hangs; it is in " + keep(input) + stack, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Keeps an input in a form that can be moved to {@code src/test/resources/fuzz} as it is. */
    private Path keep(FuzzInput input) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(input.content());
            Path file = FAILED.resolve(target)
                    .resolve(HexFormat.of().formatHex(digest, 0, Integer.BYTES))
                    .resolve(input.name());
            Files.createDirectories(file.getParent());
            return Files.write(file, input.content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
