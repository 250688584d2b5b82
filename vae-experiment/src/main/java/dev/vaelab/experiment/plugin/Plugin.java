package dev.vaelab.experiment.plugin;

import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.Offer;
import dev.vaelab.api.Problem;
import dev.vaelab.api.ServiceProviders;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.model.Part;
import java.io.File;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A folder of jars, or one jar, with something for the program.
 *
 * @param place the folder or the jar
 * @param jars where its classes are, in this order
 * @param services what it has a service file of
 */
record Plugin(Path place, List<Path> jars, Set<Class<?>> services) {
    /**
     * The class loaders of this process. A native library belongs to the one whose class has loaded it for as long as that lives, and no
     * second one may load it: whoever opens the same plug-in again gets the same one.
     */
    private static final Map<List<Stamp>, PluginClassLoader> LOADERS = new ConcurrentHashMap<>();

    /** A file as it was when it was opened. */
    private record Stamp(Path jar, long modified, long size) {
        static Stamp of(Path jar) {
            File file = jar.toFile();
            return new Stamp(jar.toAbsolutePath().normalize(), file.lastModified(), file.length());
        }
    }

    /**
     * The providers of a service that come from its own jars. A jar of the program that got among them brings none: those are the
     * program's.
     */
    <P> ServiceProviders<P> providers(String kind, Class<P> service, Function<P, String> name) {
        if (!services.contains(service)) {
            return new ServiceProviders<>(List.of(), List.of());
        }
        PluginClassLoader loader = loader();
        PluginContext context = new PluginContext(kind + " in " + place, loader);
        ServiceProviders.Place words = new ServiceProviders.Place(
                "in " + place, "take all but one of them away", "mend it or take it away", PluginFault::ofLoading);
        ServiceProviders<P> found = context.within(() -> ServiceProviders.read(kind, service, loader, words, name));
        List<Offer<P>> offers = new ArrayList<>();
        List<Problem> problems = new ArrayList<>(found.problems());
        for (Offer<P> offer : found.offers()) {
            P provider = offer.provider().get();
            if (provider.getClass().getClassLoader() != loader) {
                continue;
            }
            Optional<Problem> unfit = unfit(kind + " " + offer.origin(), service, provider);
            if (unfit.isPresent()) {
                problems.add(unfit.get());
                continue;
            }
            P working = inContext(service, provider, kind + " " + offer.name() + " in " + place, loader);
            offers.add(new Offer<>(offer.name(), offer.origin(), place.toString(), () -> working));
        }
        return new ServiceProviders<>(offers, problems);
    }

    /**
     * What is wrong with a part whose class lacks a method of the contract. (Of an engine it shows when the method is called; to look at
     * its methods would load the classes that they name.)
     */
    private static Optional<Problem> unfit(String what, Class<?> service, Object provider) {
        if (!Part.class.isAssignableFrom(service)) {
            return Optional.empty();
        }
        try {
            return Arrays.stream(provider.getClass().getMethods())
                    .filter(method -> Modifier.isAbstract(method.getModifiers()))
                    .findFirst()
                    .map(method -> new Problem(
                            what,
                            "code that was built against another version of vae-api (it lacks the method "
                                    + method.getName() + ")",
                            "",
                            "build it anew against this one"));
        } catch (LinkageError e) {
            return Optional.of(new Problem(what, PluginFault.ofLoading(e), "", "mend it or take it away"));
        }
    }

    private static <P> P inContext(Class<P> service, P provider, String what, ClassLoader loader) {
        // Parts are records, and files are read by their components.
        return service == VaeBackend.class || service == DatasetProvider.class
                ? new PluginContext(what, loader).wrap(service, provider)
                : provider;
    }

    private PluginClassLoader loader() {
        return LOADERS.computeIfAbsent(
                jars.stream().map(Stamp::of).toList(),
                unused -> new PluginClassLoader(
                        place.getFileName().toString(),
                        jars.stream().map(Plugin::url).toArray(URL[]::new),
                        NamedProviders.class.getClassLoader()));
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
