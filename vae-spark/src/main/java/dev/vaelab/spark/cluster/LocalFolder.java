package dev.vaelab.spark.cluster;

import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.experiment.cluster.SharedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of a file system that the system has mounted; Hadoop would put files of checksums beside its files. */
record LocalFolder(Path folder) implements SharedFolder {
    @Override
    public String path() {
        return folder.toString();
    }

    @Override
    public Optional<Path> local() {
        return Optional.of(folder);
    }

    @Override
    public SharedFolder folder(String name) {
        return new LocalFolder(folder.resolve(name));
    }

    @Override
    public List<String> files() throws IOException {
        return AtomicFiles.below(folder);
    }

    @Override
    public boolean has(String name) {
        return Files.isRegularFile(folder.resolve(name));
    }

    @Override
    public boolean isFolder(String name) {
        return Files.isDirectory(folder.resolve(name));
    }

    @Override
    public void fetch(String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(folder.resolve(name), target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Override
    public void write(String name, String text) throws IOException {
        Path target = folder.resolve(name);
        Files.createDirectories(target.getParent());
        AtomicFiles.write(target, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void remove(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void make() throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public void requireWritable() throws IOException {
        Files.delete(Files.createTempFile(folder, ".", ".tmp"));
    }

    @Override
    public void remove() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> below = Files.walk(folder)) {
            all = below.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void put(Path source, String name) throws IOException {
        Path target = folder.resolve(name);
        Files.createDirectories(target.getParent());
        AtomicFiles.write(target, stream -> Files.copy(source, stream));
    }
}
