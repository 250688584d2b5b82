package dev.vaelab.experiment.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Jars of a plug-in, compiled on the way: no class path has their classes. */
final class CompiledJar {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> notPacked = new LinkedHashMap<>();
    private final Map<String, String> services = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();
    private UnaryOperator<byte[]> damage = UnaryOperator.identity();

    /** A class in the jar. */
    CompiledJar with(String name, String source) {
        sources.put(name, source);
        return this;
    }

    /** A class that the others are compiled against, in the place of the one that the program has. */
    CompiledJar against(String name, String source) {
        notPacked.put(name, source);
        return this;
    }

    /** A jar that the others are compiled against. */
    CompiledJar against(Path library) {
        libraries.add(library);
        return this;
    }

    /** A service file. */
    CompiledJar providing(Class<?> service, String... providers) {
        services.put("META-INF/services/" + service.getName(), String.join("\n", providers) + "\n");
        return this;
    }

    /** Changes each class file before it is packed. */
    CompiledJar damagedBy(UnaryOperator<byte[]> change) {
        damage = change;
        return this;
    }

    /** Writes the jar. */
    void write(Path jar) throws IOException {
        Path classes = Files.createTempDirectory("classes");
        compile(classes);
        Files.createDirectories(jar.getParent());
        try (JarOutputStream stream = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Map.Entry<String, String> service : services.entrySet()) {
                put(stream, service.getKey(), service.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString();
                if (!notPacked.containsKey(
                        name.replaceFirst("(\\$.*)?\\.class$", "").replace('/', '.'))) {
                    put(stream, name, damage.apply(Files.readAllBytes(file)));
                }
            }
        }
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void compile(Path classes) throws IOException {
        List<Source> all = new ArrayList<>();
        sources.forEach((name, text) -> all.add(new Source(name, text)));
        notPacked.forEach((name, text) -> all.add(new Source(name, text)));
        if (all.isEmpty()) {
            return;
        }
        StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
        libraries.forEach(library -> classPath.append(File.pathSeparator).append(library));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("-nowarn", "-proc:none", "-cp", classPath.toString(), "-d", classes.toString());
        assertEquals(
                true, compiler.getTask(null, null, null, options, null, all).call());
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
