package dev.vaelab.data;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The data sets that EMNIST is published as (G. Cohen, S. Afshar, J. Tapson, A. van Schaik, EMNIST: an extension of MNIST to
 * handwritten letters, 2017, table II).
 */
enum EmnistSplit {
    /** Digits and letters, equally many of each class; small letters that look like large ones are one class with them. */
    BALANCED(Names.DIGITS, Names.CAPITALS, Names.UNLIKE_CAPITALS),
    /** Digits, large letters and small letters. */
    BYCLASS(Names.DIGITS, Names.CAPITALS, Names.SMALL),
    /** As {@link #BALANCED}, with all images that there are. */
    BYMERGE(Names.DIGITS, Names.CAPITALS, Names.UNLIKE_CAPITALS),
    /** Digits. */
    DIGITS(Names.DIGITS),
    /** Letters, large and small ones in one class; labels begin with 1. */
    LETTERS(Names.NONE, Names.SMALL),
    /** Digits, as many as MNIST has. */
    MNIST(Names.DIGITS);

    private static final String PREFIX = "emnist-";

    private final List<String> classNames;

    EmnistSplit(String... classes) {
        classNames = Arrays.stream(classes)
                .flatMap(names -> Stream.of(names.split(" ")))
                .toList();
    }

    /** The split of a name as experiment files have it. */
    static Optional<EmnistSplit> of(String name) {
        return Stream.of(values())
                .filter(split -> split.toString().equals(name))
                .findFirst();
    }

    /** Those of which a folder with files of these names has at least one. */
    static List<EmnistSplit> in(Set<String> names) {
        return Stream.of(values())
                .filter(split -> names.stream().anyMatch(name -> name.startsWith(PREFIX + split + "-")))
                .toList();
    }

    /** All names, for messages. */
    static String list() {
        return Stream.of(values()).map(EmnistSplit::toString).collect(Collectors.joining(", "));
    }

    /** What the labels stand for, that of label 0 first. */
    List<String> classNames() {
        return classNames;
    }

    /** The names of the uncompressed files, for example {@code emnist-letters-train-images-idx3-ubyte}. */
    Map<IdxPart, String> fileNames() {
        Map<IdxPart, String> names = new EnumMap<>(IdxPart.class);
        for (IdxPart part : IdxPart.OF_EVERY_DATASET) {
            names.put(part, PREFIX + this + "-" + part.fileName().replaceFirst("^t10k", "test"));
        }
        return names;
    }

    /** The name as files have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names of classes with blanks between them. */
    private static final class Names {
        /** Of a label that no image has. */
        private static final String NONE = "N/A";

        private static final String DIGITS = "0 1 2 3 4 5 6 7 8 9";
        private static final String CAPITALS = "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z";
        private static final String SMALL = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
        private static final String UNLIKE_CAPITALS = "a b d e f g h n q r t";

        private Names() {}
    }
}
