package dev.vaelab.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The home folder, where engines unpack their native libraries. Java asks the system's list of users for it, and calls it
 * {@code ?} for a user who is not in there, as in a container that runs under any number: engines then make a folder of this
 * name wherever they are started.
 */
final class HomeFolder {
    private static final String PROPERTY = "user.home";

    private HomeFolder() {}

    /** Replaces a home folder that is none by what {@code HOME} names, or by the folder of temporary files. */
    static void repair() {
        if (!isFolder(System.getProperty(PROPERTY))) {
            String named = System.getenv("HOME");
            System.setProperty(PROPERTY, isFolder(named) ? named : System.getProperty("java.io.tmpdir"));
        }
    }

    private static boolean isFolder(String name) {
        try {
            return name != null && Path.of(name).isAbsolute() && Files.isDirectory(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
