package dev.vaelab.experiments;

import dev.vaelab.experiments.hostile.CrashingBackend;
import dev.vaelab.experiments.hostile.ExitingBackend;
import dev.vaelab.experiments.hostile.GatedBackend;
import dev.vaelab.experiments.hostile.HangingBackend;
import dev.vaelab.experiments.hostile.LeakingBackend;
import dev.vaelab.experiments.hostile.ThrowingBackend;
import dev.vaelab.experiments.hostile.UnloadableBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jar of the backends that do harm. */
final class HostileJar {
    private HostileJar() {}

    /** Puts it into a plug-in folder. */
    static void write(Path plugins) throws IOException {
        List<String> providers = Stream.of(
                        CrashingBackend.class,
                        ExitingBackend.class,
                        GatedBackend.class,
                        HangingBackend.class,
                        LeakingBackend.class,
                        ThrowingBackend.class,
                        UnloadableBackend.class)
                .map(Class::getName)
                .toList();
        PluginJar.write(
                plugins.resolve("hostile.jar"),
                Path.of("target/test-classes"),
                "dev/vaelab/experiments/hostile",
                providers);
    }
}
