package dev.vaelab.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An experiment on real MNIST that takes seconds on any engine. */
final class SmallExperiment {
    private static final String TEXT = """
            {
              "name": "small",
              "seed": 7,
              "backend": "BACKEND",
              "dataset": { "name": "mnist", "validation": 100, "train": 300, "test": 100 },
              "model": { "latent": 3, "channels": [4, 6], "hidden": 16 },
              "training": { "epochs": 2, "batchSize": 32 }
            }
            """;

    private SmallExperiment() {}

    /** Writes the file {@code small.json}. */
    static Path write(Path folder, String backend) throws IOException {
        return Files.writeString(folder.resolve("small.json"), TEXT.replace("BACKEND", backend));
    }
}
