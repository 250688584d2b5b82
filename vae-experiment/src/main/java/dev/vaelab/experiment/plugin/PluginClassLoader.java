package dev.vaelab.experiment.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The classes of one plug-in: its own come first, and what it lacks is the program's. The other way round is what it shares with the
 * program, and the JDK.
 */
final class PluginClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    /**
     * What plug-in and program have to agree on, with all packages below: the contract, the annotations by which the program reads
     * parts, and the log.
     */
    private static final List<String> SHARED = List.of(
            "dev.vaelab.api.",
            "dev.vaelab.training.",
            "com.fasterxml.jackson.annotation.",
            "jakarta.validation.",
            "org.slf4j.");

    /** Of the JDK: a jar that brings some of them, as old ones of XML do, must not come in between. */
    private static final Set<String> PLATFORM = platformPackages();

    private static final String NAME = "plug-in ";

    private static final String SERVICES = "META-INF/services/";

    /**
     * A loader of some jars.
     *
     * @param name of the plug-in, shown in stack traces
     */
    PluginClassLoader(String name, URL[] jars, ClassLoader program) {
        super(NAME + name, jars, program);
    }

    /** Whether the class loader that a stack trace names is that of a plug-in. */
    static boolean isNameOfPlugin(String name) {
        return name != null && name.startsWith(NAME);
    }

    private static Set<String> platformPackages() {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        return ModuleLayer.boot().modules().stream()
                .filter(module -> module.getClassLoader() == null || module.getClassLoader() == platform)
                .flatMap(module -> module.getPackages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the class of a name is the program's in every plug-in. */
    static boolean isShared(String name) {
        return SHARED.stream().anyMatch(name::startsWith);
    }

    private static boolean isOfPlatform(String name) {
        int end = name.lastIndexOf('.');
        return end > 0 && PLATFORM.contains(name.substring(0, end));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (isShared(name) || isOfPlatform(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> type = findLoadedClass(name);
            if (type == null) {
                type = ownOrOfProgram(name);
            }
            if (resolve) {
                resolveClass(type);
            }
            return type;
        }
    }

    private Class<?> ownOrOfProgram(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            if (e.getCause() instanceof IOException damage) {
                // To look for it elsewhere would hide that the jar has it, and cannot give it.
                ClassFormatError error = new ClassFormatError(name + " cannot be read from its jar: " + damage);
                error.initCause(damage);
                throw error;
            }
            return getParent().loadClass(name);
        }
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null || name.startsWith(SERVICES) ? own : getParent().getResource(name);
    }

    /**
     * Its own, then the program's; of service files its own alone, since the program's name classes that are no providers of a service
     * that the plug-in brings itself.
     */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (name.startsWith(SERVICES)) {
            return findResources(name);
        }
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }
}
