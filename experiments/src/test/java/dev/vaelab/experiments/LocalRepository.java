package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A local Maven repository with artifacts of this build and no others of this project: what {@code mvn install} would leave there. All
 * else is what the build has resolved, and no network is asked.
 */
final class LocalRepository {
    private static final String GROUP = "dev/vaelab";

    /** What flattening has made of the poms, which say {@code ${revision}} in the sources. */
    private static final String POM = "target/resolved-pom.xml";

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>vae-parent</artifactId>\\s*<version>([^<$]+)</version>");

    private final Path folder;
    private final String version;

    private LocalRepository(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /**
     * Installs artifacts of this build.
     *
     * @param folder a folder that is not there yet
     * @param modules folders of the project; their parent comes along
     */
    static LocalRepository install(Path folder, List<String> modules) throws IOException {
        Path parent = GuidePage.PROJECT.resolve(POM);
        Matcher matcher = VERSION.matcher(Files.readString(parent));
        assertTrue(matcher.find(), () -> parent + " has no version");
        LocalRepository repository = new LocalRepository(folder, matcher.group(1));
        linkAll(ofThisBuild(), folder, "dev");
        linkAll(ofThisBuild().resolve("dev"), folder.resolve("dev"), "vaelab");
        repository.install("vae-parent", ".");
        for (String module : modules) {
            repository.install(module, module);
        }
        return repository;
    }

    /** The version of the artifacts. */
    String version() {
        return version;
    }

    /** Where the artifacts of this project are. */
    Path ownFolder() {
        return folder.resolve(GROUP);
    }

    private void install(String artifact, String module) throws IOException {
        Path source = GuidePage.PROJECT.resolve(module);
        Path target = Files.createDirectories(
                folder.resolve(GROUP).resolve(artifact).resolve(version));
        String name = artifact + "-" + version;
        Files.copy(source.resolve(POM), target.resolve(name + ".pom"));
        Path jar = source.resolve("target").resolve(name + ".jar");
        if (Files.exists(jar)) {
            Files.copy(jar, target.resolve(name + ".jar"));
        }
    }

    /** Links are enough: nothing is written to what is there already. */
    private static void linkAll(Path from, Path to, String except) throws IOException {
        Files.createDirectories(to);
        if (Files.isDirectory(from)) {
            try (Stream<Path> entries = Files.list(from)) {
                for (Path entry : entries.toList()) {
                    if (!entry.getFileName().toString().equals(except)) {
                        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                    }
                }
            }
        }
    }

    private static Path ofThisBuild() {
        String told = System.getProperty("vaelab.local.repository");
        return told != null ? Path.of(told) : Path.of(System.getProperty("user.home"), ".m2", "repository");
    }

    /**
     * Makes the commands {@code mvn} and {@code java} that a reader types: Maven of this build with this repository, and the JDK of this
     * build.
     *
     * @param commands a folder that is not there yet
     * @return a shell to run the reader's commands in, without its commands and folder
     */
    ProcessBuilder shell(Path commands) throws IOException {
        Files.createDirectories(commands);
        String home = System.getProperty("vaelab.maven.home");
        String java = System.getProperty("java.home");
        String quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
        script(
                commands.resolve("mvn"),
                (home == null ? "mvn" : home + "/bin/mvn")
                        + " -o -B -Dmaven.repo.local='" + folder + "'"
                        // What another build has downloaded, from wherever, is as good as what was installed.
                        + " -Daether.enhancedLocalRepository.trackingFilename=untracked");
        script(commands.resolve("java"), "'" + java + "/bin/java' " + quick);
        ProcessBuilder shell = new ProcessBuilder();
        shell.environment().put("JAVA_HOME", java);
        shell.environment().put("MAVEN_OPTS", quick);
        // Maven's own launcher of this build leaves these behind.
        shell.environment().keySet().removeAll(List.of("MAVEN_ARGS", "MAVEN_CONFIG", "MAVEN_PROJECTBASEDIR"));
        shell.environment().merge("PATH", commands.toString(), (others, own) -> own + ":" + others);
        return shell;
    }

    private static void script(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
