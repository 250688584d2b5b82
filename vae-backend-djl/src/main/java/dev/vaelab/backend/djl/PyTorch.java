package dev.vaelab.backend.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.files.DecodedText;
import dev.vaelab.api.files.NativeLibraryCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** PyTorch as DJL loads it into this process. */
final class PyTorch {
    /** What the environment may say about threads and memory; it decides speed and, in the last digits, results. */
    private static final List<String> SETTINGS = List.of(
            "OMP_NUM_THREADS",
            "OMP_WAIT_POLICY",
            "MALLOC_MMAP_THRESHOLD_",
            "MALLOC_TRIM_THRESHOLD_",
            "MALLOC_TOP_PAD_");

    /** What names the folders into which DJL and its PyTorch engine unpack native libraries. */
    private static final List<String> FOLDERS = List.of("DJL_CACHE_DIR", "ENGINE_CACHE_DIR");

    private PyTorch() {}

    /**
     * Opens a manager for everything native of one engine; loads the engine the first time.
     *
     * @throws dev.vaelab.api.RunFailedException if its native libraries cannot be unpacked or loaded
     */
    static NDManager openManager() {
        return load().newBaseManager(Device.cpu());
    }

    /** Loads the engine and says how it runs. */
    static EngineDescription describe() {
        Engine engine = load();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("DJL", Engine.getDjlVersion());
        details.put("features", String.join(" ", new TreeSet<>(JniUtils.getFeatures())));
        for (String setting : SETTINGS) {
            details.put(setting, System.getenv().getOrDefault(setting, "not set"));
        }
        return new EngineDescription(engine.getEngineName(), engine.getVersion(), JniUtils.getNumThreads(), details);
    }

    private static Engine load() {
        // DJL reads both when the engine loads; without them it calls home and looks for downloads.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        requireNamesOfFolders();
        try {
            return Engine.getEngine(PtEngine.ENGINE_NAME);
        } catch (EngineException | LinkageError e) {
            throw new NativeLibraryCache("PyTorch", Utils.getEngineCacheDir(), FOLDERS.get(0)).failure(e);
        }
    }

    /** DJL would unpack PyTorch into a folder named by question marks. */
    private static void requireNamesOfFolders() {
        for (String folder : FOLDERS) {
            String name = Utils.getEnvOrSystemProperty(folder);
            if (name != null) {
                DecodedText.require(folder, name);
            }
        }
        if (Utils.getEnvOrSystemProperty(FOLDERS.get(0)) == null) {
            DecodedText.require("the home folder, as DJL_CACHE_DIR is not set", System.getProperty("user.home"));
        }
    }
}
