package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.files.FileFailures;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.cluster.TaskPlace;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.experiment.wiring.PortableModel;
import dev.vaelab.training.model.ModelThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A model that stays in its process from part to part: its files are unpacked, its images read and its engine loaded once. Parts that
 * are done side by side each have a copy of the weights in the engine, as a model is used by one thread at a time.
 */
final class ModelPool {
    private static final Map<String, ModelPool> POOLS = new ConcurrentHashMap<>();

    private final PortableModel portable;
    private final Laboratory.Assembly experiment;
    private final ConcurrentLinkedQueue<Copy> idle = new ConcurrentLinkedQueue<>();
    private final NoiseStreams noise;

    private ModelPool(PortableModel portable, Laboratory.Assembly experiment) {
        this.portable = portable;
        this.experiment = experiment;
        this.noise = new NoiseStreams(experiment.get(RandomStreams.class));
    }

    /** A model in its engine, with the thread that uses it. */
    private record Copy(VaeModel<?> model, ModelThread thread) {}

    /** What a part does with a model. */
    interface Use<R> {
        /** Does it, with a model that nobody else has. */
        R with(Borrowed model);
    }

    /** A model for a part. */
    static final class Borrowed {
        private final Copy copy;

        private Borrowed(Copy copy) {
            this.copy = copy;
        }

        /** Calls the model on its thread. */
        <R> R call(Function<VaeModel<?>, R> work) {
            return copy.thread().call(() -> work.apply(copy.model()));
        }
    }

    /** The pool of a packed model in this process. */
    static ModelPool of(Map<String, Object> packed, TaskPlace place) {
        return POOLS.computeIfAbsent(PortableModel.key(packed), key -> make(packed, place));
    }

    private static ModelPool make(Map<String, Object> packed, TaskPlace place) {
        String where = place.host() + " (" + place.home() + ")";
        Path folder;
        try {
            folder = Files.createTempDirectory("vaelab-model-");
            folder.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new RunFailedException(
                    "cannot make a temporary folder on " + where + ": " + FileFailures.reason(e), e);
        }
        PortableModel portable = PortableModel.unpack(packed, folder, where);
        folder.resolve(PortableModel.WEIGHTS_FILE).toFile().deleteOnExit();
        return new ModelPool(portable, portable.experiment(where));
    }

    /** The experiment. */
    Laboratory.Assembly experiment() {
        return experiment;
    }

    /** The streams of noise of its evaluations. */
    NoiseStreams noise() {
        return noise;
    }

    /** Does something with a copy of the model, which is made if none is idle. */
    <R> R use(Use<R> work) {
        Copy copy = idle.poll();
        if (copy == null) {
            ModelThread thread = new ModelThread();
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            copy = new Copy(
                    thread.call(() -> {
                        Thread.currentThread().setContextClassLoader(loader);
                        return NativeLibraries.loading(() -> portable.open(experiment));
                    }),
                    thread);
        }
        try {
            return work.with(new Borrowed(copy));
        } finally {
            idle.add(copy);
        }
    }
}
