package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.PathNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of a folder, with their labels, as images to train on and images to test on.
 *
 * <p>Folders {@code train} and {@code test} decide if both are there. Otherwise a tenth of the pictures is tested on,
 * chosen by their names alone, so that it is the same tenth whatever the seed.
 *
 * @param training pictures to train on, in the order of their names
 * @param test pictures to test on, in an order that mixes the classes: wherever only some are tested on or shown, it is
 *     the first ones
 * @param classNames names of the class folders, that of label 0 first; empty if there are none
 */
record PictureFolder(List<PictureFile> training, List<PictureFile> test, List<String> classNames) {
    private static final Logger LOGGER = LoggerFactory.getLogger(PictureFolder.class);

    private static final String TRAIN = "train";

    private static final String TEST = "test";

    private static final Comparator<PictureFile> BY_NAME = Comparator.comparing(PictureFile::name);

    /** One of so many pictures is tested on where no folder decides. */
    private static final int PICTURES_PER_TEST_PICTURE = 10;

    private static final int FEWEST_PICTURES = 3;

    /** Copies the lists. */
    PictureFolder {
        training = List.copyOf(training);
        test = List.copyOf(test);
        classNames = List.copyOf(classNames);
    }

    /**
     * Lists a folder; reads no picture.
     *
     * @throws InvalidInputException if a folder cannot be listed, if there are too few pictures or too many classes, or if
     *     it is not clear what the sub-folders stand for
     */
    static PictureFolder list(Path folder) {
        boolean divided = isDivided(folder);
        PictureSearch search = PictureSearch.in(folder);
        List<Path> pictures = divided
                ? search.pictures().stream().filter(PictureFolder::isInPart).toList()
                : search.pictures();
        requireEnough(folder, pictures, divided);

        PictureClasses classes = PictureClasses.of(folder, pictures, divided ? 1 : 0);
        LOGGER.info(
                "{}: {} pictures, classes by label {}; {} pictures outside of {} and {} and {} other files are not read",
                PathNames.text(folder),
                pictures.size(),
                classes.names(),
                search.pictures().size() - pictures.size(),
                TRAIN,
                TEST,
                search.otherFiles());
        List<PictureFile> files = pictures.stream()
                .map(picture ->
                        new PictureFile(folder.resolve(picture), PictureName.of(picture), classes.label(picture)))
                .sorted(BY_NAME)
                .toList();
        Predicate<PictureFile> isTested =
                divided ? file -> file.path().startsWith(folder.resolve(TEST)) : tenth(files)::contains;
        return new PictureFolder(
                files.stream().filter(isTested.negate()).toList(),
                mixed(files.stream().filter(isTested).toList()),
                classes.names().stream().map(PictureName::toString).toList());
    }

    /** All pictures in the order of their names. */
    List<PictureFile> all() {
        return Stream.concat(training.stream(), test.stream()).sorted(BY_NAME).toList();
    }

    private static boolean isDivided(Path folder) {
        boolean train = Files.isDirectory(folder.resolve(TRAIN));
        boolean test = Files.isDirectory(folder.resolve(TEST));
        if (train != test) {
            String present = train ? TRAIN : TEST;
            throw new InvalidInputException(new Problem(
                    DataFolder.PATH,
                    PathNames.text(folder) + " with a folder " + present + " but no folder " + (train ? TEST : TRAIN),
                    "both or neither",
                    "name " + PathNames.text(folder.resolve(present))
                            + " to have a tenth of it tested on, or rename the folder if it is a class of pictures"));
        }
        return train;
    }

    private static boolean isInPart(Path picture) {
        return picture.startsWith(TRAIN) || picture.startsWith(TEST);
    }

    private static void requireEnough(Path folder, List<Path> pictures, boolean divided) {
        List<Problem> problems = divided ? emptyParts(folder, pictures) : tooFew(folder, pictures);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static List<Problem> emptyParts(Path folder, List<Path> pictures) {
        return Stream.of(TRAIN, TEST)
                .filter(part -> pictures.stream().noneMatch(picture -> picture.startsWith(part)))
                .map(part -> tooFew(folder.resolve(part), 0, "at least 1"))
                .toList();
    }

    private static List<Problem> tooFew(Path folder, List<Path> pictures) {
        return pictures.size() >= FEWEST_PICTURES
                ? List.of()
                : List.of(tooFew(
                        folder,
                        pictures.size(),
                        "at least " + FEWEST_PICTURES + ": one to train on, one to validate on, one to test on"));
    }

    private static Problem tooFew(Path folder, int found, String expected) {
        return new Problem(
                DataFolder.PATH,
                found + (found == 1 ? " picture in " : " pictures in ") + PathNames.text(folder),
                expected,
                "pictures have names that end in .png, .jpg or .jpeg");
    }

    private static Set<PictureFile> tenth(List<PictureFile> files) {
        int count = (files.size() + PICTURES_PER_TEST_PICTURE - 1) / PICTURES_PER_TEST_PICTURE;
        return mixed(files).stream().limit(count).collect(Collectors.toSet());
    }

    /** The order of the checksums of the names: it looks random, but nothing except the names decides about it. */
    private static List<PictureFile> mixed(Collection<PictureFile> files) {
        TreeMap<String, PictureFile> byChecksum = new TreeMap<>();
        files.forEach(file -> byChecksum.put(Sha256.of(file.name().bytes()), file));
        return List.copyOf(byChecksum.values());
    }
}
