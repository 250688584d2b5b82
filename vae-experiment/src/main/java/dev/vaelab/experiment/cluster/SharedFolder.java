package dev.vaelab.experiment.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A folder that all machines of a cluster reach, in whatever file system. Names are relative, with slashes.
 *
 * <p>Whoever reads a file sees the whole of one version of it, or none.
 */
public interface SharedFolder {
    /** Where it is, for people. */
    String path();

    /** The same folder where it is one of the local file system: then it need not be copied to be read. */
    Optional<Path> local();

    /** A folder in this one, there or not. */
    SharedFolder folder(String name);

    /**
     * The names of all files in it and in its folders; none if it is not there.
     *
     * @throws java.nio.file.NotDirectoryException if it is a file
     */
    List<String> files() throws IOException;

    /** Whether there is such a file. */
    boolean has(String name) throws IOException;

    /** Whether there is a folder of this name. */
    boolean isFolder(String name) throws IOException;

    /** Copies a file from here to a local one, in folders that are made. */
    void fetch(String name, Path target) throws IOException;

    /** The text of a small file. */
    String read(String name) throws IOException;

    /** Writes a small file, whole or not at all, in folders that are made. */
    void write(String name, String text) throws IOException;

    /** Removes a file, if it is there. */
    void remove(String name) throws IOException;

    /** Copies a local file to here, whole or not at all, in folders that are made. */
    void put(Path source, String name) throws IOException;

    /** Makes the folder, and those that it is in, if they are not there. */
    void make() throws IOException;

    /**
     * Goes on only if files can be written into it from here.
     *
     * @throws IOException if it is not there, or cannot be written to
     */
    void requireWritable() throws IOException;

    /** Removes the folder with all that is in it; nothing happens if it is not there. */
    void remove() throws IOException;
}
