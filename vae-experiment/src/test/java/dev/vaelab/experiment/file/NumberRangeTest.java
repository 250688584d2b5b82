package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Numbers that float32 cannot hold")
class NumberRangeTest {
    private static final String START = "name: small\nbackend: djl\ndataset: {name: mnist}\n";

    @TempDir
    private Path temporary;

    private ExperimentFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new ExperimentFolder(temporary);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            training.optimizer.learningRate | training: {optimizer: {learningRate: 1e45}} | 1e45 | a number of at least 1e-12 and at most 1e12
            training.optimizer.learningRate | training: {optimizer: {learningRate: 1e-50}} | 1e-50 | a number of at least 1e-12 and at most 1e12
            training.optimizer.weightDecay | training: {optimizer: {name: adamw, weightDecay: 1e39}} | 1e39 | 0, or a number of at least 1e-12 and at most 1e12
            training.optimizer.momentum | training: {optimizer: {name: sgd, momentum: 0.99999999999}} | 0.99999999999 | 0, or a number of at least 1e-12 and at most 0.9999999
            training.schedule.factor | training: {schedule: {name: step, factor: 1e300}} | 1e300 | a number of at least 1e-12 and at most 1e12
            training.schedule.factor | training: {schedule: {name: step, factor: 1e-300}} | 1e-300 | a number of at least 1e-12 and at most 1e12
            training.clipNorm | training: {clipNorm: 1e-40} | 1e-40 | a number of at least 1e-12 and at most 1e12
            loss.variance | loss: {reconstruction: mse, variance: 1e300} | 1e300 | a number of at least 1e-12 and at most 1e12
            loss.variance | loss: {reconstruction: mse, variance: 1e-45} | 1e-45 | a number of at least 1e-12 and at most 1e12
            loss.beta | loss: {beta: 1e38} | 1e38 | 0, or a number of at least 1e-12 and at most 1e12
            loss.beta | loss: {beta: 1e-400} | 1e-400 | 0, or a number of at least 1e-12 and at most 1e12
            loss.beta | loss: {beta: 0.0e-999} | |
            loss.beta | loss: {beta: 0} | |
            training.optimizer.momentum | training: {optimizer: {name: sgd, momentum: 0}} | |
            training.clipNorm | training: {clipNorm: 1e12} | |
            training.optimizer.learningRate | training: {optimizer: {learningRate: 1e-12}} | |
            """)
    @DisplayName("are refused with key, line and range; zero is no such number where it may be")
    void ranges(String key, String line, String found, String expected) {
        folder.with("small.yaml", START + line + "\n");
        if (found == null) {
            folder.config("small.yaml");
            return;
        }
        int column = line.indexOf(found) + 1;
        assertEquals(
                "small.yaml:4:" + column + " " + key + ": found " + found + ", expected " + expected
                        + ", since engines compute in float32\n",
                folder.problems("small.yaml"));
    }

    @Test
    @DisplayName(
            "are told however deep they are hidden: a schedule that leads to one, with the last epoch that does not")
    void schedule() {
        folder.with("small.yaml", START + "training: {epochs: 400, schedule: {name: step, every: 10, factor: 10}}\n");
        assertEquals(
                "small.yaml:4:67 training.schedule.factor: found 10, with which the learning rate is 1e36 in epoch 400,"
                        + " expected at most 1e12 in every epoch, since engines compute in float32; set training.epochs to at"
                        + " most 160, or the factor to at most 1\n",
                folder.problems("small.yaml"));
        folder.config("small.yaml", "training.epochs=160");
    }

    @Test
    @DisplayName("are not where a schedule leads towards zero, which ends a training and spoils nothing")
    void decay() {
        folder.with("small.yaml", START + "training: {epochs: 5000, schedule: {name: step, every: 1, factor: 0.1}}\n");
        folder.config("small.yaml");
    }

    @Test
    @DisplayName("in quotes are not advised to be written without")
    void quoted() {
        folder.with("small.yaml", START + "training: {epochs: '-3', batchSize: '1.5', clipNorm: '2'}\n");
        assertEquals("""
                small.yaml:4:20 training.epochs: found text "-3", expected a whole number of at least 1
                small.yaml:4:37 training.batchSize: found text "1.5", expected a whole number of at least 1
                small.yaml:4:54 training.clipNorm: found text "2", expected a number above 0; leave out the quotes
                """, folder.problems("small.yaml"));
    }
}
