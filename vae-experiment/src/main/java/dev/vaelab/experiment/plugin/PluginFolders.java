package dev.vaelab.experiment.plugin;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.plugin.JarContents.DamagedJarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What lies in folders of plug-ins: folders of jars, each a plug-in; jars that are plug-ins; and jars that are none, which are libraries
 * of all plug-ins of one jar beside them.
 *
 * @param plugins those that have something for the program
 * @param libraries jars without a service file
 * @param problems what is wrong with the others
 */
record PluginFolders(List<Plugin> plugins, List<Path> libraries, List<Problem> problems) {
    /** Looks into folders. */
    static PluginFolders read(List<Path> folders) {
        PluginFolders all = new PluginFolders(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        folders.stream().distinct().forEach(all::add);
        return all;
    }

    private void add(Path folder) {
        List<JarContents> jars = new ArrayList<>();
        for (Path entry : entries(folder)) {
            try {
                if (JarContents.isJar(entry)) {
                    jars.add(JarContents.read(entry));
                } else if (Files.isDirectory(entry)) {
                    addFolder(entry);
                }
            } catch (DamagedJarException e) {
                problems.add(e.problem());
            }
        }
        List<Path> beside = jars.stream()
                .filter(jar -> jar.services().isEmpty())
                .map(JarContents::jar)
                .toList();
        for (JarContents jar : jars) {
            if (!jar.services().isEmpty()) {
                List<Path> own = new ArrayList<>(List.of(jar.jar()));
                own.addAll(beside);
                plugins.add(new Plugin(jar.jar(), own, jar.services()));
            }
        }
        plugins.sort(Comparator.comparing(Plugin::place));
        libraries.addAll(beside);
        if (beside.size() == jars.size()) {
            // Of nobody. Beside a plug-in they may well be what it needs.
            beside.forEach(jar -> problems.add(withoutService("plug-in " + jar, "a jar")));
        }
    }

    private void addFolder(Path folder) throws DamagedJarException {
        List<Path> jars;
        try {
            jars = JarContents.jarsIn(folder);
        } catch (IOException e) {
            problems.add(unreadable(folder, e));
            return;
        }
        if (jars.isEmpty()) {
            return;
        }
        Plugin plugin = ofFolder(folder, jars);
        if (plugin.services().isEmpty()) {
            problems.add(withoutService("plug-in " + folder, "a folder of jars"));
        } else {
            plugins.add(plugin);
        }
    }

    /** The plug-in that is a folder. */
    static Plugin ofFolder(Path folder, List<Path> jars) throws DamagedJarException {
        Set<Class<?>> services = new HashSet<>();
        for (Path jar : jars) {
            services.addAll(JarContents.read(jar).services());
        }
        return new Plugin(folder, jars, services);
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new InvalidInputException(unreadable(folder, e));
        }
    }

    private static Problem unreadable(Path folder, IOException failure) {
        return Problem.of(
                "plug-ins " + folder,
                "a folder that cannot be read (" + FileFailures.reason(failure) + ")",
                "a folder of jars");
    }

    private static Problem withoutService(String place, String what) {
        return new Problem(
                place,
                what + " without a service file",
                "META-INF/services/ with the name of a service, "
                        + JarContents.SERVICES.get(0).getName()
                        + " for example, which has the name of the class that provides it",
                "add it, or take the plug-in away");
    }
}
