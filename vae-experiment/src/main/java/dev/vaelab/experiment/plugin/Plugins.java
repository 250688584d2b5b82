package dev.vaelab.experiment.plugin;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.Offer;
import dev.vaelab.api.Problem;
import dev.vaelab.api.ServiceProviders;
import dev.vaelab.api.backend.Backends;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DatasetProvider;
import dev.vaelab.api.dataset.Datasets;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.model.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that there is to choose from: what the class path has, and what plug-ins bring. */
public final class Plugins {
    private static final ClassLoader CLASS_PATH = Plugins.class.getClassLoader();

    private final PluginPath path;
    private final PluginFolders folders;
    private final List<Problem> problems;

    private Plugins(PluginPath path, PluginFolders folders) {
        this.path = path;
        this.folders = folders;
        this.problems = new ArrayList<>(folders.problems());
    }

    /**
     * Looks where plug-ins are.
     *
     * @throws InvalidInputException if a folder of plug-ins is not there
     */
    public static Plugins open(PluginPath path) {
        return new Plugins(path, PluginFolders.read(path.folders()));
    }

    /**
     * The backends.
     *
     * @throws InvalidInputException if something is wrong with those of the class path
     */
    public NamedProviders<VaeBackend> backends() {
        List<Offer<VaeBackend>> offers = new ArrayList<>(engines());
        offers.addAll(offers("backend", VaeBackend.class, VaeBackend::name));
        return named(Backends.load(CLASS_PATH), "backend", VaeBackend.class, offers);
    }

    private List<Offer<VaeBackend>> engines() {
        Optional<Path> engines = path.engines().filter(Files::isDirectory);
        if (engines.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(engines.get())) {
            return entries.filter(Files::isDirectory)
                    .sorted()
                    .filter(this::hasName)
                    .map(folder -> new EngineFolder(folder).offer())
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException(Problem.of(
                    PluginPath.ENGINES,
                    "a folder " + engines.get() + " that cannot be read (" + FileFailures.reason(e) + ")",
                    "the folder of engines of this program"));
        }
    }

    private boolean hasName(Path folder) {
        boolean named = ServiceProviders.isName(folder.getFileName().toString());
        if (!named) {
            problems.add(new Problem(
                    "engine " + folder,
                    "a folder whose name is none of an engine",
                    "lower-case letters, digits and hyphens that begin with a letter",
                    "rename it or take it away"));
        }
        return named;
    }

    /**
     * The kinds of data sets.
     *
     * @throws InvalidInputException if something is wrong with those of the class path
     */
    public NamedProviders<DatasetProvider> datasets() {
        return named(
                Datasets.load(CLASS_PATH),
                "data set",
                DatasetProvider.class,
                offers("data set", DatasetProvider.class, DatasetProvider::name));
    }

    /**
     * The parts of one kind.
     *
     * @param kind the word for people: {@code loss}
     * @throws InvalidInputException if something is wrong with those of the class path
     */
    public <S extends Part> NamedProviders<S> parts(String kind, Class<S> type) {
        return named(
                NamedProviders.load(kind, type, CLASS_PATH, Part::name), kind, type, offers(kind, type, Part::name));
    }

    private <P> List<Offer<P>> offers(String kind, Class<P> service, Function<P, String> name) {
        List<Offer<P>> offers = new ArrayList<>();
        for (Plugin plugin : folders.plugins()) {
            ServiceProviders<P> found = plugin.providers(kind, service, name);
            offers.addAll(found.offers());
            problems.addAll(found.problems());
        }
        return offers;
    }

    private <P> NamedProviders<P> named(
            NamedProviders<P> ofClassPath, String kind, Class<P> service, List<Offer<P>> offers) {
        NamedProviders<P> named = ofClassPath.with(offers, advice(service));
        problems.addAll(named.conflicts());
        return named;
    }

    private String advice(Class<?> service) {
        if (path.equals(PluginPath.NONE)) {
            return "needs its jar on the class path";
        }
        String advice = "needs its jar, or a folder with its jars, in the folder plugins";
        if (!folders.libraries().isEmpty()) {
            advice += " (what is there without a service file " + JarContents.serviceFile(service) + ": "
                    + folders.libraries().stream().map(Path::toString).collect(Collectors.joining(", ")) + ")";
        }
        return advice;
    }

    /**
     * What a failure says of a plug-in, if the code that failed is one's, and failed because it does not fit: a loss that was built
     * against another contract, for example. (Engines and data sets tell this themselves.)
     */
    public static Optional<String> misfit(LinkageError failure) {
        return Arrays.stream(failure.getStackTrace())
                .map(StackTraceElement::getClassLoaderName)
                .filter(PluginClassLoader::isNameOfPlugin)
                .findFirst()
                .flatMap(name -> PluginFault.atWork(name, failure));
    }

    /** Whether something comes from a plug-in rather than from the class path. */
    public static boolean isOfPlugin(Object provider) {
        return provider.getClass().getClassLoader() instanceof PluginClassLoader;
    }

    /** What is wrong with plug-ins, none of which those above offer; of the kinds that were asked for so far. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
