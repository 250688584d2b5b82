package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.PathNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The classes of pictures, which are the folders that they are in.
 *
 * @param names in the order of their bytes, so that the place in the list is the label; empty if there are no class folders
 * @param depth names of a path before that of the class
 */
record PictureClasses(List<PictureName> names, int depth) {
    /** Labels are unsigned bytes. */
    private static final int MOST = 256;

    /**
     * Finds the classes. What is deeper inside a class folder belongs to the class.
     *
     * @param folder of the data set
     * @param pictures paths inside the folder, at least one
     * @param depth names of a path before that of the class
     * @throws InvalidInputException if some pictures are in class folders and others are not, or there are too many classes
     */
    static PictureClasses of(Path folder, List<Path> pictures, int depth) {
        TreeSet<PictureName> names = new TreeSet<>();
        List<Path> outside = new ArrayList<>();
        List<Path> inside = new ArrayList<>();
        for (Path picture : pictures) {
            Optional<PictureName> name = name(picture, depth);
            name.ifPresent(names::add);
            (name.isPresent() ? inside : outside).add(picture);
        }
        if (!inside.isEmpty() && !outside.isEmpty()) {
            throw new InvalidInputException(new Problem(
                    PathNames.text(folder.resolve(first(outside))),
                    "a picture outside of the class folders" + others(outside.size() - 1),
                    "every picture in a class folder, as " + PathNames.text(first(inside)) + " is, or none",
                    ""));
        }
        if (names.size() > MOST) {
            throw new InvalidInputException(new Problem(
                    DataFolder.PATH,
                    names.size() + " class folders in " + PathNames.text(folder),
                    "at most " + MOST,
                    "put all pictures into one folder if their classes do not matter"));
        }
        return new PictureClasses(List.copyOf(names), depth);
    }

    /** The label of a picture: the number of its class, or 0 if there are no class folders. */
    int label(Path picture) {
        return name(picture, depth).map(names::indexOf).orElse(0);
    }

    private static Optional<PictureName> name(Path picture, int depth) {
        return picture.getNameCount() > depth + 1
                ? Optional.of(PictureName.of(picture.getName(depth)))
                : Optional.empty();
    }

    private static Path first(List<Path> pictures) {
        return pictures.stream().sorted().findFirst().orElseThrow();
    }

    private static String others(int count) {
        return count == 0 ? "" : ", and " + count + " more";
    }
}
