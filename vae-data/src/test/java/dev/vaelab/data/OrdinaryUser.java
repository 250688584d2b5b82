package dev.vaelab.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whom the system refuses what has no permission. The superuser, as whom tests run in containers, may read everything: for it
 * another process takes the place, without that right. (A user of another name might not be allowed to read this program.)
 */
final class OrdinaryUser {
    private static final String SETPRIV = "setpriv";

    private static final String RIGHTS = "-dac_override,-dac_read_search";

    private OrdinaryUser() {}

    /**
     * What a data set is to an ordinary user, as {@link DatasetProcess#describe(String, String)} tells it.
     *
     * @param kind of the data set
     * @param folder of the data set
     * @param forbidden what may not be read of it; is readable again afterwards
     */
    static String describe(String kind, Path folder, Path forbidden) throws IOException {
        assumeTrue(forbidden.toFile().setReadable(false), "the system knows no such permission");
        try {
            if (!Files.isReadable(forbidden)) {
                return DatasetProcess.describe(kind, folder.toString());
            }
            assumeTrue(
                    hasSetpriv(), "the superuser may read everything, and there is no setpriv to take that right away");
            return DatasetProcess.describe(
                    List.of(SETPRIV, "--bounding-set=" + RIGHTS, "--inh-caps=" + RIGHTS),
                    List.of(),
                    Map.of(),
                    kind,
                    folder);
        } finally {
            forbidden.toFile().setReadable(true);
        }
    }

    private static boolean hasSetpriv() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, SETPRIV)));
    }
}
