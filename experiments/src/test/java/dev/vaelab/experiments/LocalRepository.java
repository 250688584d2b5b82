package dev.vaelab.experiments;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A repository of Maven for projects of others: the modules of this build, as {@code mvn install} would have them, and links to
 * all else that the build itself has been given. Nothing is written outside of its folder.
 */
final class LocalRepository {
    private static final String GROUP = "dev/vaelab";
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");
    private static final Pattern VERSION = Pattern.compile("<version>(.*?)</version>");

    /** Each program lives for a few seconds. */
    static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Path root;
    private final String version;

    private LocalRepository(Path root, String version) {
        this.root = root;
        this.version = version;
    }

    /** Whether modules are packaged in this build: in {@code mvn test}, what lies there is from an earlier one. */
    static boolean isPackaged() {
        return System.getProperty("java.class.path")
                .contains(Path.of("vae-cli", "target", "vae-cli-").toString());
    }

    /** A repository in a new folder, without a module yet. */
    static LocalRepository create(Path root) throws IOException {
        // Surefire tells where the build's own is.
        Path own = Path.of(System.getProperty(
                "localRepository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));
        link(own, root, GROUP);
        String pom = Files.readString(resolvedPom(GuidePage.PROJECT));
        Matcher matcher = VERSION.matcher(pom.substring(pom.indexOf("<artifactId>vae-parent<")));
        if (!matcher.find()) {
            throw new IllegalStateException("no version in " + resolvedPom(GuidePage.PROJECT));
        }
        return new LocalRepository(root, matcher.group(1));
    }

    /** Links to everything in a folder but to what is on a path, which becomes folders of their own. */
    private static void link(Path from, Path to, String path) throws IOException {
        Files.createDirectories(to);
        String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(first)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
        if (path.contains("/") && Files.isDirectory(from.resolve(first))) {
            link(from.resolve(first), to.resolve(first), path.substring(first.length() + 1));
        }
    }

    private static Path resolvedPom(Path module) {
        return module.resolve("target/resolved-pom.xml");
    }

    /** The version of the modules. */
    String version() {
        return version;
    }

    /** Installs the pom of a module, by its folder in the project. */
    void installPom(String module) throws IOException {
        install(module);
    }

    /** Installs a module with its jar, by its folder in the project. */
    void installJar(String module) throws IOException {
        String name = install(module) + "-" + version + ".jar";
        Files.copy(
                GuidePage.PROJECT.resolve(module).resolve("target").resolve(name),
                place(name.substring(0, name.length() - version.length() - ".jar".length() - 1))
                        .resolve(name));
    }

    private String install(String module) throws IOException {
        Path pom = resolvedPom(GuidePage.PROJECT.resolve(module));
        String text = Files.readString(pom);
        // Behind that of the parent, if there is one.
        Matcher matcher = ARTIFACT.matcher(text.substring(Math.max(0, text.indexOf("</parent>"))));
        if (!matcher.find()) {
            throw new IllegalStateException("no artifact in " + pom);
        }
        String artifact = matcher.group(1);
        Files.createDirectories(place(artifact));
        Files.copy(pom, place(artifact).resolve(artifact + "-" + version + ".pom"));
        return artifact;
    }

    private Path place(String artifact) {
        return root.resolve(GROUP).resolve(artifact).resolve(version);
    }

    /** Where the modules of this project are, each in a folder of its name. */
    Path modules() {
        return root.resolve(GROUP);
    }

    /** A Maven without a network that has this repository. */
    ProcessBuilder maven(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(maven());
        command.addAll(List.of(arguments));
        return inEnvironment(new ProcessBuilder(command).directory(folder.toFile()));
    }

    /** That of this build; which repository an artifact has come from once is of no interest. */
    private List<String> maven() {
        String home = System.getProperty("vaelab.maven.home");
        Path own = home != null ? Path.of(home, "bin", "mvn") : onPath("mvn");
        return List.of(
                own.toString(),
                "-o",
                "-B",
                "-ntp",
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + root,
                "-Daether.enhancedLocalRepository.trackingFilename=untracked");
    }

    private static Path onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no " + program + " on the path"));
    }

    /**
     * A shell that runs commands as a reader types them, whose {@code mvn} is a Maven without a network that has this repository.
     *
     * @param programs a folder for what the commands begin with
     */
    ProcessBuilder shell(Path programs, Path folder, String commands) throws IOException {
        Files.createDirectories(programs);
        List<String> java =
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        script(programs.resolve("mvn"), maven());
        script(
                programs.resolve("java"),
                Stream.concat(java.stream(), SHORT_LIVED.stream()).toList());
        ProcessBuilder shell = new ProcessBuilder("sh", "-euc", commands).directory(folder.toFile());
        shell.environment().merge("PATH", programs.toString(), (others, own) -> own + ":" + others);
        return inEnvironment(shell);
    }

    private static void script(Path file, List<String> command) throws IOException {
        String words = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Files.writeString(file, "#!/bin/sh\nexec " + words + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static ProcessBuilder inEnvironment(ProcessBuilder program) {
        program.environment().put("JAVA_HOME", System.getProperty("java.home"));
        program.environment().put("MAVEN_OPTS", String.join(" ", SHORT_LIVED));
        return program;
    }
}
