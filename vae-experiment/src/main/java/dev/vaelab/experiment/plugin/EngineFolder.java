package dev.vaelab.experiment.plugin;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Offer;
import dev.vaelab.api.Problem;
import dev.vaelab.api.ServiceProviders;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.experiment.plugin.JarContents.DamagedJarException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A folder with the jars of one engine, whose name it has. Nothing is read before somebody asks for the engine. */
final class EngineFolder {
    private final Path folder;
    private VaeBackend backend;

    EngineFolder(Path folder) {
        this.folder = folder;
    }

    /** The engine, without a look at it. */
    Offer<VaeBackend> offer() {
        return new Offer<>(name(), "the engine in " + folder, folder.toString(), this::open);
    }

    private String name() {
        return folder.getFileName().toString();
    }

    private synchronized VaeBackend open() {
        if (backend == null) {
            backend = find();
        }
        return backend;
    }

    private VaeBackend find() {
        Plugin plugin;
        try {
            plugin = PluginFolders.ofFolder(folder, JarContents.jarsIn(folder));
        } catch (DamagedJarException e) {
            throw new InvalidInputException(e.problem());
        } catch (IOException e) {
            throw new InvalidInputException(Problem.of(
                    "engine " + name(),
                    "a folder " + folder + " that cannot be read (" + FileFailures.reason(e) + ")",
                    ""));
        }
        ServiceProviders<VaeBackend> found = plugin.providers("backend", VaeBackend.class, VaeBackend::name);
        if (!found.problems().isEmpty()) {
            throw new InvalidInputException(found.problems());
        }
        return found.offers().stream()
                .filter(offer -> offer.name().equals(name()))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(misnamed(found.offers())))
                .provider()
                .get();
    }

    private Problem misnamed(List<Offer<VaeBackend>> others) {
        String found = others.isEmpty()
                ? "no jar with a service file " + JarContents.serviceFile(VaeBackend.class)
                : "the backend " + others.get(0).name();
        return new Problem(
                "engine " + name(),
                found + " in " + folder,
                "the backend " + name() + ", since the folder has its name",
                others.isEmpty() ? "put its jars into the folder, or take the folder away" : "rename the folder");
    }
}
