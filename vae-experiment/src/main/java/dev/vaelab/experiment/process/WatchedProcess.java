package dev.vaelab.experiment.process;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.text.DurationText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process that cannot harm the one that started it: killed when it shows no sign of life, takes too much memory or floods
 * its output, and ended together with the other one.
 */
final class WatchedProcess {
    /** Its results, as JSON: a certificate takes some kilobytes for each step. */
    private static final long MOST_OUTPUT = 64 << 20;

    /** Its messages: a line for each epoch, and whatever an engine has to say. */
    private static final long MOST_MESSAGES = 16 << 20;

    private static final int POLL_MILLISECONDS = 250;
    private static final Duration PATIENCE_WITH_PIPES = Duration.ofSeconds(2);
    private static final double MEBIBYTE = 1 << 20;

    private final ProcessBuilder builder;
    private final Exchange exchange;
    private final Path errors;
    private final ChildLimits limits;
    private final Consumer<String> listener;

    /**
     * Prepares a process.
     *
     * @param builder command and environment
     * @param exchange what it is told, and what becomes of its output
     * @param errors a file for what it writes to standard error
     * @param limits when it is given up
     * @param listener told each line of its standard error
     */
    WatchedProcess(
            ProcessBuilder builder, Exchange exchange, Path errors, ChildLimits limits, Consumer<String> listener) {
        this.builder = builder;
        this.exchange = exchange;
        this.errors = errors;
        this.limits = limits;
        this.listener = listener;
    }

    /**
     * Runs the process to its end; {@code crash} of the result is left empty.
     *
     * @throws RunFailedException if it cannot be started, or was ended because this process is ending
     */
    ChildResult run() {
        try (SharedFate fate = SharedFate.begin(limits.patience());
                Messages messages = Messages.open(errors, listener)) {
            Process process = fate.start(builder);
            try {
                exchange.begin(process);
                ChildResult result = watch(process, messages);
                fate.requireLife();
                return result;
            } catch (InterruptedException e) {
                SharedFate.kill(process);
                Thread.currentThread().interrupt();
                throw new RunFailedException("interrupted while a child was running", e);
            }
        } catch (IOException e) {
            throw new RunFailedException("cannot start another process: " + FileFailures.reason(e), e);
        }
    }

    private ChildResult watch(Process process, Messages messages) throws InterruptedException {
        OutputReader output = OutputReader.start("output", process.getInputStream(), MOST_OUTPUT, exchange::readAll);
        OutputReader said = OutputReader.start("messages", process.getErrorStream(), MOST_MESSAGES, messages::readAll);
        Optional<String> reason = Optional.empty();
        while (reason.isEmpty() && !process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
            reason = flooded(output, said).or(() -> silent(messages)).or(() -> tooLarge(process.toHandle()));
        }
        if (reason.isPresent()) {
            SharedFate.kill(process);
            process.waitFor();
        }
        output.awaitEnd(PATIENCE_WITH_PIPES);
        said.awaitEnd(PATIENCE_WITH_PIPES);
        return new ChildResult(
                process.exitValue(),
                exchange.output(),
                messages.last(),
                reason.or(() -> flooded(output, said)),
                Optional.empty());
    }

    private static Optional<String> flooded(OutputReader output, OutputReader messages) {
        return output.overrun() || messages.overrun()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "killed: wrote more than %.0f MiB of %s",
                        (messages.overrun() ? MOST_MESSAGES : MOST_OUTPUT) / MEBIBYTE,
                        messages.overrun() ? "messages" : "output"))
                : Optional.empty();
    }

    private Optional<String> silent(Messages messages) {
        return messages.silence().compareTo(limits.silence()) > 0
                        && exchange.busy().compareTo(limits.silence()) > 0
                ? Optional.of("killed: no sign of life for " + DurationText.of(limits.silence()))
                : Optional.empty();
    }

    private Optional<String> tooLarge(ProcessHandle process) {
        long resident = ResidentMemory.ofFamily(process);
        return resident > limits.residentBytes()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "killed: took %.0f MiB of memory, allowed are %.0f",
                        resident / MEBIBYTE,
                        limits.residentBytes() / MEBIBYTE))
                : Optional.empty();
    }
}
