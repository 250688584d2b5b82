package dev.vaelab.experiments;

import dev.vaelab.api.backend.VaeBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes jars as a person puts them into a plug-in folder. */
final class PluginJar {
    private PluginJar() {}

    /**
     * Writes a jar of backends.
     *
     * @param jar the file
     * @param classes a folder of compiled classes
     * @param within the folder in it whose classes go into the jar
     * @param providers names of the backends' classes
     */
    static void write(Path jar, Path classes, String within, List<String> providers) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream stream = new JarOutputStream(file)) {
            put(
                    stream,
                    "META-INF/services/" + VaeBackend.class.getName(),
                    providers.stream().collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8));
            for (Path member : classesBelow(classes.resolve(within))) {
                put(stream, classes.relativize(member).toString(), Files.readAllBytes(member));
            }
        }
    }

    /** Writes a jar of all that is in some folders. */
    static void pack(Path jar, Path... folders) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream stream = new JarOutputStream(file)) {
            for (Path folder : folders) {
                for (Path member : filesBelow(folder)) {
                    put(stream, folder.relativize(member).toString(), Files.readAllBytes(member));
                }
            }
        }
    }

    private static List<Path> classesBelow(Path folder) throws IOException {
        return filesBelow(folder).stream()
                .filter(file -> file.toString().endsWith(".class"))
                .toList();
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
