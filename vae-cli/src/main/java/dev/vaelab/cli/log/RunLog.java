package dev.vaelab.cli.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Sends what program and engines log to a run's {@code log.txt}, while it is open. */
public final class RunLog implements AutoCloseable {
    private final Logger root;
    private final FileAppender<ILoggingEvent> appender;

    private RunLog(Logger root, FileAppender<ILoggingEvent> appender) {
        this.root = root;
        this.appender = appender;
    }

    /**
     * Opens the log of a run; a later run of the same folder goes on behind what is there.
     *
     * @throws RunFailedException if the file cannot be written to
     */
    public static RunLog open(RunFolder run) {
        requireWritable(run.log());
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{36} - %msg%n");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(run.log().toString());
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        return new RunLog(root, appender);
    }

    /** Logging itself would be silent about it. */
    private static void requireWritable(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            // To open a pipe would wait for somebody who reads it.
            throw new RunFailedException("cannot write " + file + ": it is a pipe or a device, not a file");
        }
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new RunFailedException("cannot write " + file + ": " + FileFailures.reason(e), e);
        }
    }

    /** Does work; what it throws is logged with its stack trace, and thrown on. */
    public <R> R keepFailure(Supplier<R> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            root.error("the run failed", e);
            throw e;
        }
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }
}
