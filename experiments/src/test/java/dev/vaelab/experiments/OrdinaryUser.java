package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.experiments.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Runs programs as somebody who may not do everything: permissions say nothing to root. */
final class OrdinaryUser {
    private static final String NUMBER = "65534";

    private OrdinaryUser() {}

    /**
     * A program for which a folder, and all in it, is read-only: as whoever runs the tests, or as another user if that is root.
     *
     * @param folder loses its write permissions until the tests remove it
     */
    static ProcessBuilder run(Path folder, String... command) throws IOException, InterruptedException {
        takeWritePermission(folder);
        Outcome user = Program.await(new ProcessBuilder("id", "-u"));
        if (!user.output().equals("0")) {
            return new ProcessBuilder(command);
        }
        List<String> as = new ArrayList<>(
                List.of("setpriv", "--reuid", NUMBER, "--regid", NUMBER, "--clear-groups", "--inh-caps=-all"));
        List<String> trial = new ArrayList<>(as);
        trial.addAll(List.of("test", "-r", folder.toString()));
        openTheWay(folder);
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/setpriv"))
                        && Program.await(new ProcessBuilder(trial)).exitCode() == 0,
                "root, without a way to run programs as another user");
        as.addAll(List.of(command));
        return new ProcessBuilder(as);
    }

    /** Lets others into a folder of temporary files that JUnit has made for one user. */
    private static void openTheWay(Path folder) throws IOException {
        add(folder, EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE));
    }

    private static void takeWritePermission(Path folder) throws IOException {
        List<Path> folders;
        try (Stream<Path> files = Files.walk(folder)) {
            folders = files.filter(Files::isDirectory).toList();
        }
        for (Path each : folders) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(each);
            permissions.removeAll(EnumSet.of(
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_WRITE));
            Files.setPosixFilePermissions(each, permissions);
        }
    }

    private static void add(Path path, Set<PosixFilePermission> more) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        permissions.addAll(more);
        Files.setPosixFilePermissions(path, permissions);
    }
}
