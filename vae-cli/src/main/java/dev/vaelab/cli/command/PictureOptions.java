package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.report.picture.ImageGrid;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a picture goes, and what is said about it. */
final class PictureOptions {
    @Option(names = "--image", required = true, paramLabel = "FILE.png", description = "The picture to write.")
    private Path image;

    /** What {@code --json} prints. */
    private record Picture(String image, int images, int rows, int columns) {}

    /** Writes the picture and says where it is. */
    void write(ImageGrid grid, int images, boolean json, PrintWriter output) {
        try {
            grid.write(image);
        } catch (IOException e) {
            throw new InvalidInputException(new Problem(
                    "--image " + image,
                    "a file that cannot be written (" + FileFailures.reason(e) + ")",
                    "a folder that can be written to",
                    ""));
        }
        if (json) {
            output.println(JsonText.line(new Picture(image.toString(), images, grid.rows(), grid.columns())));
        } else {
            output.println("picture: " + image);
        }
        output.flush();
    }

    /** A count that a person gave. */
    static int requireCount(int count, int most) {
        if (count < 1 || count > most) {
            throw new InvalidInputException(
                    Problem.of("--count", Integer.toString(count), "a whole number from 1 to " + most));
        }
        return count;
    }
}
