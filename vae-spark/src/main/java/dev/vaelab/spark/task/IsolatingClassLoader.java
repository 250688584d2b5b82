package dev.vaelab.spark.task;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads the program beside Spark: from its own jars, and of what is around it only Spark itself, what Spark's interfaces speak of, its
 * logging, so that what the program logs is where people look for it, and this package.
 */
final class IsolatingClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final List<String> LENT = List.of(
            "org.apache.spark.",
            "org.apache.hadoop.",
            "org.apache.parquet.",
            "scala.",
            "org.slf4j.",
            IsolatingClassLoader.class.getPackageName() + ".");

    private static final String SERVICES = "META-INF/services/";

    private final ClassLoader spark;

    /**
     * A loader.
     *
     * @param jars of the program
     * @param spark has Spark
     */
    IsolatingClassLoader(URL[] jars, ClassLoader spark) {
        super("vaelab", jars, ClassLoader.getPlatformClassLoader());
        this.spark = spark;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isLent(name) ? spark.loadClass(name) : super.loadClass(name, resolve);
    }

    @Override
    public URL getResource(String name) {
        return isLent(name) ? spark.getResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (name.startsWith("META-INF/services/org.slf4j.")) {
            // Spark's logging is the only one: a second one would have classes that this loader does not take from the
            // jars.
            return Collections.emptyEnumeration();
        }
        return isLent(name) ? spark.getResources(name) : super.getResources(name);
    }

    /** What providers of a lent interface there are is told by the side that has it, too: Hadoop finds its file systems so. */
    private static boolean isLent(String name) {
        String dotted = (name.startsWith(SERVICES) ? name.substring(SERVICES.length()) : name).replace('/', '.');
        return LENT.stream().anyMatch(dotted::startsWith);
    }
}
