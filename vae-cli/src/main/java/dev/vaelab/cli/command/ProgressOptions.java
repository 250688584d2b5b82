package dev.vaelab.cli.command;

import dev.vaelab.cli.progress.ProgressDisplay;
import dev.vaelab.cli.terminal.Console;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** {@code --progress} and {@code --quiet}: what is told on standard error while a training or an estimate runs. */
final class ProgressOptions {
    /** The values of {@code --progress}. */
    enum Progress {
        AUTO,
        BAR,
        PLAIN,
        QUIET
    }

    /** One or the other. */
    static final class Choice {
        @Option(
                names = "--progress",
                paramLabel = "MODE",
                description =
                        "What is told on standard error: bar (how far an epoch or an estimate is, and lines of what is done),"
                                + " plain (the lines only), quiet (warnings and errors only), or auto: bar on a terminal, else"
                                + " plain. Default: auto.")
        private Progress progress = Progress.AUTO;

        @Option(
                names = {"-q", "--quiet"},
                description = "The same as --progress=quiet.")
        private boolean quiet;
    }

    @ArgGroup
    private Choice choice = new Choice();

    /** What was asked for, here and now. */
    ProgressDisplay display() {
        if (choice.quiet) {
            return ProgressDisplay.QUIET;
        }
        return switch (choice.progress) {
            case AUTO -> Console.drawsOverLines() ? ProgressDisplay.BAR : ProgressDisplay.PLAIN;
            case BAR -> ProgressDisplay.BAR;
            case PLAIN -> ProgressDisplay.PLAIN;
            case QUIET -> ProgressDisplay.QUIET;
        };
    }
}
