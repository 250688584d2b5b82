package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A run folder in which all is right, to be copied and damaged. */
final class SoundRun {
    private final SortedMap<String, byte[]> files;

    private SoundRun(SortedMap<String, byte[]> files) {
        this.files = files;
    }

    /** Trains it, with its images, below a folder. */
    static SoundRun train(Path folder) throws IOException {
        TinyExperiment.write(folder);
        Path run = folder.resolve("sound");
        Outcome trained = InProcess.run(
                "train",
                folder.resolve("tiny.json").toString(),
                "--set",
                "dataset.path=" + folder.resolve("images"),
                "--out",
                run.toString());
        assertEquals(0, trained.exitCode(), trained.errors());
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Path file : files(run)) {
            files.put(run.relativize(file).toString(), Files.readAllBytes(file));
        }
        return new SoundRun(files);
    }

    /** What a file of it holds. */
    byte[] content(String file) {
        return files.get(file);
    }

    /** Makes a copy, in place of whatever is there. */
    void copyTo(Path run) throws IOException {
        remove(run);
        for (String name : files.keySet()) {
            Path file = run.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, files.get(name));
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> files(Path run) throws IOException {
        try (Stream<Path> below = Files.walk(run)) {
            return below.filter(Files::isRegularFile).toList();
        }
    }
}
