package dev.vaelab.backend.dl4j;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.backend.VaeBackend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The engine of Deeplearning4j and ND4J. */
public final class Dl4jBackend implements VaeBackend {
    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public String description() {
        return "Deeplearning4j 1.0.0-M2.1 on ND4J with oneDNN, on the processor";
    }

    @Override
    public EngineDescription engine() {
        Properties environment = NativeLibrary.load().getEnvironmentInformation();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("native variant", NativeVariant.description());
        details.put("blas", String.valueOf(environment.get(Nd4jEnvironment.BLAS_VENDOR_KEY)));
        details.put("blas threads", String.valueOf(environment.get(Nd4jEnvironment.BLAS_THREADS_KEY)));
        details.put("OPENBLAS_CORETYPE", System.getenv().getOrDefault("OPENBLAS_CORETYPE", "not set"));
        int threads = ((Number) environment.get(Nd4jEnvironment.OMP_THREADS_KEY)).intValue();
        return new EngineDescription("Deeplearning4j", "1.0.0-M2.1", threads, details);
    }

    @Override
    public Engine<INDArray> open() {
        NativeLibrary.load();
        return new Dl4jEngine();
    }

    @Override
    public Optional<MatrixProduct> matrixProduct(int size, float[] left, float[] right) {
        NativeLibrary.load();
        return Optional.of(new Dl4jMatrixProduct(size, left, right));
    }
}
