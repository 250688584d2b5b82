package dev.vaelab.cli.command;

import picocli.CommandLine.Option;

/** {@code --json}, which every command has. */
final class JsonOption {
    @Option(names = "--json", description = "Print one JSON object on standard output, for scripts.")
    boolean requested;
}
