package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What others depend on: the modules that are published, and their jars as modules of Java. */
@DisplayName("The modules")
final class ModulesTest {
    private static final Path PROJECT = Path.of("..");

    @Test
    @DisplayName("say each in its pom what it is called and what it is, as Maven Central asks")
    void described() throws IOException {
        for (String module : modules()) {
            String pom = pom(module);
            for (String element : List.of("name", "description")) {
                assertTrue(
                        Pattern.compile("^  <" + element + ">[^<$]+</" + element + ">$", Pattern.MULTILINE)
                                .matcher(pom)
                                .find(),
                        module + " has no " + element);
            }
        }
    }

    @Test
    @DisplayName("are published but for the program and the tests of the whole")
    void published() throws IOException {
        Set<String> kept = new TreeSet<>();
        for (String module : modules()) {
            if (pom(module).contains("<maven.deploy.skip>true<")) {
                kept.add(module);
            }
        }
        assertEquals(Set.of("experiments", "vae-cli"), kept);
    }

    @Test
    @DisplayName("have the names dev.vaelab.X for vae-X, which all of their packages begin with")
    void names() throws IOException {
        for (String module : modules()) {
            Path sources = PROJECT.resolve(module).resolve("src/main/java");
            if (!module.startsWith("vae-") || !Files.isDirectory(sources)) {
                continue;
            }
            String name = "dev.vaelab." + module.substring("vae-".length()).replace('-', '.');
            assertTrue(pom(module).contains("<module.name>" + name + "</module.name>"), module + " is not " + name);
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .map(file -> sources.relativize(file.getParent()).toString())
                        .map(folder -> folder.replace(File.separatorChar, '.'))
                        .forEach(folder -> assertTrue(
                                folder.equals(name) || folder.startsWith(name + "."), folder + " in " + module));
            }
        }
    }

    @Test
    @DisplayName("are modules of Java, no two of which have a package in common")
    void jars() throws IOException {
        List<Path> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*/vae-[a-z0-9-]+/target/vae-[^/]*(?<!-tests)\\.jar"))
                .map(Path::of)
                .toList();
        assumeTrue(!jars.isEmpty(), "jars are made when modules are packaged: mvn verify");
        Set<String> names = new TreeSet<>();
        Map<String, String> owners = new TreeMap<>();
        for (ModuleReference module : ModuleFinder.of(jars.toArray(Path[]::new)).findAll()) {
            ModuleDescriptor descriptor = module.descriptor();
            names.add(descriptor.name());
            for (String folder : descriptor.packages()) {
                String other = owners.put(folder, descriptor.name());
                assertEquals(null, other, () -> folder + " is in " + descriptor.name() + " as well");
            }
        }
        assertEquals(jars.stream().map(ModulesTest::nameOf).collect(Collectors.toCollection(TreeSet::new)), names);
        assertTrue(names.size() >= 10, names::toString);
    }

    /** For example dev.vaelab.backend.djl, of .../vae-backend-djl/target/vae-backend-djl-1.0.jar. */
    private static String nameOf(Path jar) {
        String module = jar.getParent().getParent().getFileName().toString();
        return "dev.vaelab." + module.substring("vae-".length()).replace('-', '.');
    }

    private static List<String> modules() throws IOException {
        List<String> modules = Pattern.compile("<module>(.*?)</module>")
                .matcher(Files.readString(PROJECT.resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertTrue(modules.size() >= 12, modules::toString);
        return modules;
    }

    private static String pom(String module) throws IOException {
        return Files.readString(PROJECT.resolve(module).resolve("pom.xml"));
    }
}
