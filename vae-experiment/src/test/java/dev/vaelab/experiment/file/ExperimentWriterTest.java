package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.experiment.LoggingConfig;
import dev.vaelab.api.experiment.LossConfig;
import dev.vaelab.api.experiment.OptimizerConfig;
import dev.vaelab.api.experiment.TrainingConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A resolved experiment")
class ExperimentWriterTest {
    private static final ExperimentConfig SMALL = new ExperimentConfig(
            "small",
            null,
            "djl",
            new DatasetConfig("mnist", null, null, null, null, null, null, null),
            null,
            null,
            null,
            null,
            null,
            null);

    @TempDir
    private Path temporary;

    @Test
    @DisplayName("is written with all defaults, in the order of the records")
    void isComplete() {
        assertEquals("""
                {
                  "name": "small",
                  "seed": 42,
                  "backend": "djl",
                  "dataset": {
                    "name": "mnist",
                    "validation": 10000,
                    "validationFrom": "random",
                    "binarization": "none"
                  },
                  "model": {
                    "network": "convolutional",
                    "latent": 20,
                    "channels": [32, 64],
                    "hidden": 256,
                    "initialization": "pytorch"
                  },
                  "prior": {
                    "name": "standard"
                  },
                  "sampler": {
                    "name": "reparameterized"
                  },
                  "loss": {
                    "name": "elbo",
                    "reconstruction": "bce",
                    "beta": 1.0,
                    "betaWarmup": 0
                  },
                  "training": {
                    "epochs": 20,
                    "batchSize": 128,
                    "optimizer": {
                      "name": "adam",
                      "learningRate": 0.001,
                      "beta1": 0.9,
                      "beta2": 0.999,
                      "epsilon": 1.0E-8
                    },
                    "schedule": {
                      "name": "constant"
                    }
                  },
                  "logging": {
                    "tensorboard": false
                  }
                }
                """, new ExperimentWriter().write(SMALL));
    }

    @Test
    @DisplayName("is read back as it was")
    void roundTrip() {
        ExperimentConfig odd = new ExperimentConfig(
                "odd",
                Long.MIN_VALUE,
                "dl4j",
                new DatasetConfig("idx", "a \"quoted\"\npath/\u00e9", null, null, 1, 2, 3, null),
                null,
                null,
                null,
                new LossConfig(null, null, Math.nextUp(1e-12), null, null, null),
                new TrainingConfig(Integer.MAX_VALUE, 1, new OptimizerConfig(null, 0.1 + 0.2), null, null, null),
                new LoggingConfig(true));
        ExperimentWriter writer = new ExperimentWriter();
        ExperimentFolder folder = new ExperimentFolder(temporary)
                .with("small.json", writer.write(SMALL))
                .with("odd.json", writer.write(odd));

        assertEquals(SMALL, folder.config("small.json"));
        assertEquals(odd, folder.config("odd.json"));
    }
}
