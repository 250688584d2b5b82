package dev.vaelab.spark.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The class loader of the program beside Spark")
final class IsolatingClassLoaderTest {
    private static final ClassLoader SPARK = IsolatingClassLoaderTest.class.getClassLoader();

    private static IsolatingClassLoader loader() throws IOException {
        URL classes = TaskFailure.class.getProtectionDomain().getCodeSource().getLocation();
        return new IsolatingClassLoader(new URL[] {classes}, SPARK);
    }

    @Test
    @DisplayName(
            "takes from the other side what is serialized, Spark, Scala and the logging API: each is one class on both sides")
    void lent() throws Exception {
        try (IsolatingClassLoader loader = loader()) {
            for (String name : new String[] {
                "dev.vaelab.spark.task.TaskFailure", "org.apache.spark.SparkConf", "scala.Function1", "org.slf4j.Logger"
            }) {
                assertSame(SPARK.loadClass(name), loader.loadClass(name), name);
            }
        }
    }

    @Test
    @DisplayName(
            "takes all else from its own jars, even what the other side has, and finds nothing that only the other side has")
    void own() throws Exception {
        try (IsolatingClassLoader loader = loader()) {
            Class<?> own = loader.loadClass("dev.vaelab.spark.SparkMain");
            assertNotSame(SPARK.loadClass("dev.vaelab.spark.SparkMain"), own);
            assertSame(loader, own.getClassLoader());
            assertNotNull(SPARK.loadClass("org.junit.jupiter.api.Test"));
            assertThrows(ClassNotFoundException.class, () -> loader.loadClass("org.junit.jupiter.api.Test"));
        }
    }

    @Test
    @DisplayName("hides the program's own logging: what it logs goes to Spark's")
    void logging() throws Exception {
        try (IsolatingClassLoader loader = loader()) {
            assertEquals(
                    false,
                    loader.getResources("META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
                            .hasMoreElements());
        }
    }

    @Test
    @DisplayName("is not made for a folder without the program: the message names the machine and the folder")
    void missing() {
        TaskFailure failure = assertThrows(TaskFailure.class, () -> Program.of("worker-7", Path.of("/nothing/here")));
        assertEquals(
                "found no vaelab in /nothing/here on worker-7, expected the same distribution (bin, lib, engines) on every machine, at"
                        + " the path of the driver's or where spark.vaelab.home says: copy it there, or give --conf"
                        + " spark.vaelab.home=DIR",
                failure.getMessage());
    }
}
