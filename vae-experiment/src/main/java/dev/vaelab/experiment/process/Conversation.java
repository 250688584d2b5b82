package dev.vaelab.experiment.process;

import dev.vaelab.api.RunFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A child that stays, and does something only when it is asked to: each question is a line on its standard input, each
 * answer a line on its standard output, which {@link Questions} writes. One thread asks, one question at a time.
 *
 * <p>The child is watched like any other, except that it may be silent between an answer and the next question.
 */
public final class Conversation implements AutoCloseable {
    private final Duration patience;
    private final Exchange exchange = new Lines();
    private final CompletableFuture<Process> started = new CompletableFuture<>();
    private final CompletableFuture<ChildResult> ended = new CompletableFuture<>();

    /** Answers in their order; nothing stands for the end of the child. */
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    private volatile boolean asked;
    private volatile long lastQuestion;

    private Conversation(Duration patience) {
        this.patience = patience;
    }

    /**
     * Starts a child on a thread of its own.
     *
     * @param patience how long it may take to end once there are no more questions
     * @param child runs it to its end
     */
    static Conversation begin(Duration patience, Function<Exchange, ChildResult> child) {
        Conversation conversation = new Conversation(patience);
        Thread thread = new Thread(() -> conversation.run(child), "conversation");
        thread.setDaemon(true);
        thread.start();
        return conversation;
    }

    private void run(Function<Exchange, ChildResult> child) {
        try {
            ended.complete(child.apply(exchange));
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        } finally {
            started.cancel(false);
            answers.add(Optional.empty());
        }
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param question one line
     * @return the answer; nothing if the child has ended, or was given up, before it answered
     */
    public Optional<String> ask(String question) {
        lastQuestion = System.nanoTime();
        asked = true;
        send(question);
        try {
            Optional<String> answer = answers.take();
            if (answer.isEmpty()) {
                answers.add(answer);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted while a child was running", e);
        } finally {
            asked = false;
        }
    }

    /**
     * How the child ended; waits for that.
     *
     * @throws RunFailedException if it could not be started
     */
    public ChildResult result() {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RunFailedException failure
                    ? failure
                    : new IllegalStateException("watching a child failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted while a child was running", e);
        }
    }

    /** Tells the child that there are no more questions, and waits until it has ended; it is killed if it does not. */
    @Override
    public void close() {
        process().ifPresent(process -> {
            try {
                process.getOutputStream().close();
                ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (IOException | TimeoutException e) {
                SharedFate.end(process, patience);
            } catch (ExecutionException e) {
                // It has ended, and its end could not be watched.
            } catch (InterruptedException e) {
                SharedFate.kill(process);
                Thread.currentThread().interrupt();
            }
        });
    }

    private void send(String question) {
        process().ifPresent(process -> {
            try {
                OutputStream input = process.getOutputStream();
                input.write((question + "\n").getBytes(StandardCharsets.UTF_8));
                input.flush();
            } catch (IOException e) {
                // It has ended; whoever waits for its answer learns that.
            }
        });
    }

    /** The child; nothing if it could not be started. */
    private Optional<Process> process() {
        return started.handle((process, failure) -> Optional.ofNullable(process))
                .join();
    }

    /** Standard output line by line. */
    private final class Lines implements Exchange {
        @Override
        public void begin(Process process) {
            started.complete(process);
        }

        @Override
        public void readAll(InputStream output) throws IOException {
            BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Questions.answerIn(line).ifPresent(answer -> answers.add(Optional.of(answer)));
            }
        }

        @Override
        public Duration busy() {
            return asked ? Duration.ofNanos(System.nanoTime() - lastQuestion) : Duration.ZERO;
        }

        @Override
        public String output() {
            return "";
        }
    }
}
