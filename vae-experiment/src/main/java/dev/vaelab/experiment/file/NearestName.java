package dev.vaelab.experiment.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name a person meant. */
final class NearestName {
    private static final int SHORTEST_PREFIX = 3;
    private static final int LONGEST = 100;

    private NearestName() {}

    /**
     * The name that is most like what was written: equal but for case, hyphens and underscores; a typing error or two
     * away; or the beginning of it.
     */
    static Optional<String> of(String written, Collection<String> names) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = plain(written);
        return names.stream()
                .filter(name -> isNear(plain, plain(name)))
                .min(Comparator.comparingInt(name -> distance(plain, plain(name))));
    }

    /**
     * A name without what people leave out or put in: case, hyphens, underscores and blanks. Without a regular expression: a file of
     * thousands of unknown keys asks a million times.
     */
    static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (char character : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (character != '-' && character != '_' && character != ' ') {
                plain.append(character);
            }
        }
        return plain.toString();
    }

    private static boolean isNear(String written, String name) {
        int shorter = Math.min(written.length(), name.length());
        boolean begins = shorter >= SHORTEST_PREFIX && (name.startsWith(written) || written.startsWith(name));
        return begins || distance(written, name) <= Math.max(1, shorter / 3);
    }

    /** Letters to add, drop, replace or swap with their neighbour (optimal string alignment). */
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
