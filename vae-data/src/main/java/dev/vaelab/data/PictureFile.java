package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.PathNames;
import java.nio.file.Path;

/**
 * A file that is called like a picture; nothing has been read yet.
 *
 * @param path where it is, for opening it and for messages
 * @param name its path inside the folder of the data set
 * @param label number of its class
 */
record PictureFile(Path path, PictureName name, int label) {
    /** The exception that says what is wrong with the file. */
    InvalidInputException invalid(String found, String expected, String advice) {
        return new InvalidInputException(new Problem(PathNames.text(path), found, expected, advice));
    }
}
