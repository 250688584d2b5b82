package dev.vaelab.experiment.plugin;

import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.Prior;
import dev.vaelab.api.model.Sampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What a jar has for the program, by its table of contents: no class of it is loaded.
 *
 * @param jar the file
 * @param services what it has a service file of
 */
record JarContents(Path jar, Set<Class<?>> services) {
    /** What a plug-in may bring. */
    static final List<Class<?>> SERVICES =
            List.of(VaeBackend.class, DatasetProvider.class, Loss.class, Likelihood.class, Prior.class, Sampler.class);

    /** The file that makes a jar a plug-in. */
    static String serviceFile(Class<?> service) {
        return "META-INF/services/" + service.getName();
    }

    /**
     * Reads a table of contents.
     *
     * @throws DamagedJarException if there is none to read
     */
    static JarContents read(Path jar) throws DamagedJarException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return new JarContents(
                    jar,
                    SERVICES.stream()
                            .filter(service -> file.getEntry(serviceFile(service)) != null)
                            .collect(Collectors.toUnmodifiableSet()));
        } catch (ZipException e) {
            throw new DamagedJarException(new Problem(
                    "plug-in " + jar,
                    "a file that is no jar, or a damaged one (" + e.getMessage() + ")",
                    "a jar",
                    "copy it again or take it away"));
        } catch (IOException e) {
            throw new DamagedJarException(Problem.of(
                    "plug-in " + jar, "a file that cannot be read (" + FileFailures.reason(e) + ")", "a jar"));
        }
    }

    /** The jars that lie in a folder, sorted. */
    static List<Path> jarsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(JarContents::isJar).sorted().toList();
        }
    }

    /** Whether a file has the name of a jar. */
    static boolean isJar(Path file) {
        return file.getFileName().toString().endsWith(".jar") && Files.isRegularFile(file);
    }

    /** A jar whose table of contents cannot be read. */
    static final class DamagedJarException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        DamagedJarException(Problem problem) {
            super(problem.toString());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
