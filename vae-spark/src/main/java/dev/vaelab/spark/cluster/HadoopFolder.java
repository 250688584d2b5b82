package dev.vaelab.spark.cluster;

import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.experiment.cluster.SharedFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * A folder of a file system of Hadoop's.
 *
 * <p>Files are written beside their place and then renamed into it; except in object stores, where a file is there once it is
 * closed, and renaming would copy it.
 */
final class HadoopFolder implements SharedFolder {
    private static final Set<String> OBJECT_STORES =
            Set.of("s3a", "s3", "s3n", "gs", "oss", "cosn", "obs", "swift", "wasb", "wasbs");

    private final FileContext files;
    private final Path folder;

    private HadoopFolder(FileContext files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /**
     * A folder, there or not.
     *
     * @throws IOException if its file system is unknown or cannot be reached
     */
    static HadoopFolder of(Path folder, Configuration configuration) throws IOException {
        return new HadoopFolder(FileContext.getFileContext(folder.toUri(), configuration), folder);
    }

    @Override
    public String path() {
        return folder.toString();
    }

    @Override
    public Optional<java.nio.file.Path> local() {
        return Optional.empty();
    }

    @Override
    public SharedFolder folder(String name) {
        return new HadoopFolder(files, at(name));
    }

    /** A name may have a colon, which a path of Hadoop's reads as the end of a scheme unless it is a whole one. */
    private Path at(String name) {
        return new Path(
                folder.toUri().getScheme(),
                folder.toUri().getAuthority(),
                folder.toUri().getPath() + "/" + name);
    }

    @Override
    public List<String> files() throws IOException {
        List<String> names = new ArrayList<>();
        String root = folder.toUri().getPath() + "/";
        try {
            if (!files.getFileStatus(folder).isDirectory()) {
                throw new NotDirectoryException(path());
            }
            RemoteIterator<LocatedFileStatus> all = files.util().listFiles(folder, true);
            while (all.hasNext()) {
                Path file = all.next().getPath();
                if (!isTemporary(file)) {
                    names.add(file.toUri().getPath().substring(root.length()));
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        }
        return names;
    }

    @Override
    public boolean has(String name) throws IOException {
        return files.util().exists(at(name));
    }

    @Override
    public boolean isFolder(String name) throws IOException {
        try {
            return files.getFileStatus(at(name)).isDirectory();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    @Override
    public void fetch(String name, java.nio.file.Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream stream = files.open(at(name))) {
            Files.copy(stream, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public String read(String name) throws IOException {
        try (InputStream stream = files.open(at(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void write(String name, String text) throws IOException {
        put(name, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void remove(String name) throws IOException {
        try {
            files.delete(at(name), false);
        } catch (FileNotFoundException e) {
            // It was not there.
        }
    }

    @Override
    public void make() throws IOException {
        files.mkdir(folder, FsPermission.getDirDefault(), true);
    }

    @Override
    public void requireWritable() throws IOException {
        Path probe = at("." + UUID.randomUUID() + ".tmp");
        files.create(probe, EnumSet.of(CreateFlag.CREATE)).close();
        files.delete(probe, false);
    }

    @Override
    public void remove() throws IOException {
        if (files.util().exists(folder)) {
            files.delete(folder, true);
        }
    }

    @Override
    public void put(java.nio.file.Path source, String name) throws IOException {
        put(name, stream -> Files.copy(source, stream));
    }

    private void put(String name, AtomicFiles.Content content) throws IOException {
        Path target = at(name);
        if (OBJECT_STORES.contains(String.valueOf(folder.toUri().getScheme()))) {
            write(target, content);
            return;
        }
        Path temporary = new Path(target.getParent(), "." + UUID.randomUUID() + ".tmp");
        try {
            write(temporary, content);
            files.rename(temporary, target, Options.Rename.OVERWRITE);
        } catch (IOException e) {
            try {
                files.delete(temporary, false);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private void write(Path target, AtomicFiles.Content content) throws IOException {
        try (OutputStream stream = files.create(
                target, EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE), Options.CreateOpts.createParent())) {
            content.writeTo(stream);
        }
    }

    private static boolean isTemporary(Path file) {
        return file.getName().startsWith(".") && file.getName().endsWith(".tmp");
    }
}
