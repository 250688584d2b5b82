package dev.vaelab.experiment.plugin;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where plug-ins are.
 *
 * @param engines a folder that has one folder of jars for each engine, with the engine's name
 * @param folders of plug-ins, each of which is a folder of jars or one jar
 */
public record PluginPath(Optional<Path> engines, List<Path> folders) {
    /** The system property with the folder of engines. */
    public static final String ENGINES = "vaelab.engines";

    /** The system property with the folders of plug-ins, between which is what is between the entries of a class path. */
    public static final String PLUGINS = "vaelab.plugins";

    /** No plug-ins: the class path is all that there is. */
    public static final PluginPath NONE = new PluginPath(Optional.empty(), List.of());

    /** Keeps a copy of the list. */
    public PluginPath {
        folders = List.copyOf(folders);
    }

    /** As the launcher has told this process, in system properties. */
    public static PluginPath ofThisProcess() {
        return new PluginPath(
                Optional.ofNullable(System.getProperty(ENGINES)).map(Path::of),
                Arrays.stream(System.getProperty(PLUGINS, "").split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of)
                        .toList());
    }
}
