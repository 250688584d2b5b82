package dev.vaelab.data;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the labels of well-known IDX files stand for. The files do not say it; which files they are, their checksums tell.
 */
final class KnownClasses {
    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    /** As the authors list them (H. Xiao, K. Rasul, R. Vollgraf, Fashion-MNIST, 2017, table 2). */
    private static final List<String> CLOTHES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /** By the SHA-256 of the uncompressed labels of the training images, and of those of the test images. */
    private static final Map<List<String>, List<String>> BY_LABELS = Map.of(
            List.of(
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            DIGITS,
            List.of(
                    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            CLOTHES);

    private KnownClasses() {}

    /**
     * The names of the labels, that of label 0 first; empty if nobody knows them.
     *
     * @param checksums SHA-256 in hexadecimal of the uncompressed files of a data set
     */
    static List<String> of(Collection<String> checksums) {
        return BY_LABELS.entrySet().stream()
                .filter(known -> checksums.containsAll(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }
}
