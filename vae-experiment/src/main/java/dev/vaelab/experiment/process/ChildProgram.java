package dev.vaelab.experiment.process;

import dev.vaelab.api.RunFailedException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One command of this program in a Java machine of its own, with the class path, options and environment of this one, except
 * for what it is to have of its own.
 *
 * <p>Watched while it runs: a child that shows no sign of life, takes too much memory or floods its output is killed. If
 * this process ends before, in whatever way, it takes the child with it.
 */
public final class ChildProgram {
    private final String name;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final Path folder;
    private final ChildLimits limits;
    private final Consumer<String> listener;
    private final Optional<Launch> launch;

    /**
     * Another program of ours than the one that this process runs.
     *
     * @param launcher {@code bin/vae} of its distribution
     * @param directory in which it works: what relative paths mean
     */
    public record Launch(Path launcher, Path directory) {}

    /**
     * Prepares a child with the program of this process.
     *
     * @param name what its files begin with: {@code NAME.messages.txt}, what it writes to standard error, and
     *     {@code NAME.crash.txt}, the report of its Java machine if native code crashes it
     * @param arguments of the command line
     * @param environment variables that it is to find with other values than this process
     * @param folder where the files go
     * @param limits when it is given up
     * @param listener told each line of its standard error
     */
    public ChildProgram(
            String name,
            List<String> arguments,
            Map<String, String> environment,
            Path folder,
            ChildLimits limits,
            Consumer<String> listener) {
        this(name, arguments, environment, folder, limits, listener, Optional.empty());
    }

    /**
     * Prepares a child.
     *
     * @param launch whose program; nothing for that of this process
     */
    ChildProgram(
            String name,
            List<String> arguments,
            Map<String, String> environment,
            Path folder,
            ChildLimits limits,
            Consumer<String> listener,
            Optional<Launch> launch) {
        this.launch = launch;
        this.name = name;
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
        this.folder = folder.toAbsolutePath();
        this.limits = limits;
        this.listener = listener;
    }

    /**
     * Runs the child to its end.
     *
     * @throws RunFailedException if it cannot be started, or was ended because this process is ending
     */
    public ChildResult run() {
        return run(new WholeOutput());
    }

    /** Starts the child, which is to read questions from its standard input; the caller closes the conversation. */
    public Conversation converse() {
        return Conversation.begin(limits.patience(), this::run);
    }

    private ChildResult run(Exchange exchange) {
        Path crash = folder.resolve(name + ".crash.txt");
        ProcessBuilder builder = new ProcessBuilder(launch.map(this::launched).orElseGet(() -> command(crash)));
        builder.environment().putAll(environment);
        launch.ifPresent(program -> {
            builder.directory(program.directory().toFile());
            // The launcher takes words apart at blanks.
            if (crash.toString().chars().noneMatch(Character::isWhitespace)) {
                builder.environment()
                        .merge("VAE_JAVA_OPTIONS", String.join(" ", reports(crash)), (own, ours) -> own + " " + ours);
            }
        });
        // A child's progress goes to a file, where nobody wants a bar that draws over itself.
        builder.environment().put("VAE_TERMINAL", "0");
        builder.environment().put("VAE_OUTPUT_TERMINAL", "0");
        ParentProcess.announce(builder);
        return new WatchedProcess(builder, exchange, folder.resolve(name + ".messages.txt"), limits, listener)
                .run()
                .withCrash(CrashReport.read(crash));
    }

    private List<String> command(Path crash) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(reports(crash));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("dev.vaelab.cli.Main");
        command.addAll(arguments);
        return command;
    }

    private List<String> launched(Launch program) {
        List<String> command = new ArrayList<>(List.of(program.launcher().toString()));
        command.addAll(arguments);
        return command;
    }

    /** HotSpot's reports would go to the working folder otherwise, and core dumps with them. */
    private List<String> reports(Path crash) {
        return List.of(
                "-XX:ErrorFile=" + escaped(crash),
                "-XX:ReplayDataFile=" + escaped(folder.resolve(name + ".replay.txt")),
                "-XX:-CreateCoredumpOnCrash");
    }

    /** HotSpot takes a percent sign for the beginning of a variable. */
    private static String escaped(Path file) {
        return file.toString().replace("%", "%%");
    }
}
