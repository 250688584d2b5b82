package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.Datasets;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.experiment.DatasetConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Opens a data set in a JVM of its own, in another locale or with fewer rights, and tells what it is in text. */
final class DatasetProcess {
    /** The system property of the height and width to which pictures are resized; they keep their own without it. */
    static final String SIDE = "side";

    private DatasetProcess() {}

    /** Prints {@link #describe} of a kind of data set and a folder. */
    public static void main(String[] arguments) {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(describe(arguments[0], arguments[1]));
    }

    /**
     * What {@link #describe} gives in another process.
     *
     * @param before what the command of the process begins with, such as a program that takes rights away
     * @param options of the JVM
     * @param environment variables that it has with other values than this one
     */
    static String describe(
            List<String> before, List<String> options, Map<String, String> environment, String kind, Path folder)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                DatasetProcess.class.getName(),
                kind,
                folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor());
            return output.strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Images, labels, order and checksums of a data set, or what is wrong with it. */
    static String describe(String kind, String path) {
        Integer side = Integer.getInteger(SIDE);
        List<Integer> size = side == null ? null : List.of(side, side);
        DatasetConfig config = new DatasetConfig(kind, path, size, null, 1, null, null, null);
        try {
            Dataset dataset = Datasets.load(DatasetProcess.class.getClassLoader())
                    .require(kind, "dataset.name")
                    .open(config);
            return dataset.name() + "\n" + describe(dataset.training()) + "\n" + describe(dataset.test()) + "\n"
                    + dataset.checksums();
        } catch (InvalidInputException e) {
            return e.getMessage();
        }
    }

    private static String describe(LabelledImages images) {
        float[] pixels = new float[images.shape().size()];
        return IntStream.range(0, images.count())
                .mapToObj(image -> {
                    images.copyPixels(image, pixels, 0);
                    return images.label(image) + ":" + Math.round(pixels[0] * 255);
                })
                .collect(Collectors.joining(" "));
    }
}
