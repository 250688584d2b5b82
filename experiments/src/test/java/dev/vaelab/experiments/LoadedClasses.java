package dev.vaelab.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The classes of the program as a JVM has loaded them, in a file that others map into their memory: half of the time of a command that
 * does little is the loading of its classes. Where a JVM does not take the file, it does without.
 */
final class LoadedClasses {
    private static final List<String> OPTIONS = archive();

    private LoadedClasses() {}

    /** What a JVM is started with that has {@code -XX:TieredStopAtLevel=1}, the serial collector and this program. */
    static List<String> options() {
        return OPTIONS;
    }

    private static List<String> archive() {
        try {
            Path folder = Files.createTempDirectory("classes");
            folder.toFile().deleteOnExit();
            Path archive = folder.resolve("program.jsa");
            archive.toFile().deleteOnExit();
            TinyExperiment.write(folder);
            Process dump = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+IgnoreUnrecognizedVMOptions",
                            "-XX:ArchiveClassesAtExit=" + archive,
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Djava.awt.headless=true",
                            "-cp",
                            Program.classPath(),
                            "dev.vaelab.cli.Main",
                            "train",
                            "tiny.json",
                            "--quiet",
                            "--out",
                            "run")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.txt").toFile())
                    .start();
            boolean made = dump.waitFor() == 0 && Files.exists(archive);
            Folders.remove(folder.resolve("run"));
            Folders.remove(folder.resolve("images"));
            Files.deleteIfExists(folder.resolve("tiny.json"));
            Files.deleteIfExists(folder.resolve("output.txt"));
            // What is wrong with the file is nothing to anybody: its warnings would be on standard output.
            return made ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable") : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
