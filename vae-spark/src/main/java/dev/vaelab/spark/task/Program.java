package dev.vaelab.spark.task;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The program as it is loaded from a distribution, once in each process: engines unpack their native libraries once, and a model may stay. */
public final class Program {
    /** The system property that says where the distribution of the driver is. */
    public static final String HOME = "vaelab.home";

    private static final Map<Path, Program> LOADED = new ConcurrentHashMap<>();

    private final ClassLoader loader;

    private Program(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * The program of a distribution, loaded if it is not yet.
     *
     * @param host this machine, for messages
     * @param home the distribution
     * @throws TaskFailure if it is not there
     */
    public static Program of(String host, Path home) {
        return LOADED.computeIfAbsent(home.toAbsolutePath().normalize(), folder -> load(host, folder));
    }

    private static Program load(String host, Path home) {
        Path lib = home.resolve("lib");
        if (!Files.isDirectory(lib) || !Files.isExecutable(home.resolve("bin/vae"))) {
            throw new TaskFailure(
                    host,
                    "found no vaelab in " + home + " on " + host
                            + ", expected the same distribution (bin, lib, engines) on every machine, at the"
                            + " path of the driver's or where spark.vaelab.home says: copy it there, or give --conf spark.vaelab.home=DIR");
        }
        // Engines and plug-ins have class loaders of their own, in the folders that these name.
        System.getProperties()
                .putIfAbsent("vaelab.engines", home.resolve("engines").toString());
        Path plugins = home.resolve("plugins");
        String named = System.getenv("VAE_PLUGINS");
        System.getProperties()
                .putIfAbsent(
                        "vaelab.plugins", named != null ? named : Files.isDirectory(plugins) ? plugins.toString() : "");
        try {
            List<URL> jars = new ArrayList<>();
            jars.add(ownJar());
            TreeSet<Path> sorted = new TreeSet<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(lib, "*.jar")) {
                files.forEach(sorted::add);
            }
            for (Path jar : sorted) {
                jars.add(jar.toUri().toURL());
            }
            return new Program(new IsolatingClassLoader(jars.toArray(URL[]::new), Program.class.getClassLoader()));
        } catch (IOException | URISyntaxException e) {
            throw new TaskFailure(host, "cannot read the folder " + lib + " on " + host + ": " + e.getMessage());
        }
    }

    /** The jar of this module, which has the part of the program's side that knows Spark. */
    private static URL ownJar() throws MalformedURLException, URISyntaxException {
        return Path.of(Program.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toUri()
                .toURL();
    }

    /** The loader of the program's classes. */
    public ClassLoader loader() {
        return loader;
    }

    /** Does something with the program's classes as those that libraries find by themselves. */
    <T> T inside(Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Makes an object of a class of the program's side.
     *
     * @param type what it is on both sides
     * @param name its class
     */
    public <T> T make(Class<T> type, String name) throws ReflectiveOperationException {
        return type.cast(loader.loadClass(name).getConstructor().newInstance());
    }
}
