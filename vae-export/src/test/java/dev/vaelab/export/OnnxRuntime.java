package dev.vaelab.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** A file of ONNX as its users run it. */
final class OnnxRuntime {
    private OnnxRuntime() {}

    /** The outputs of a model by their names. */
    static Map<String, float[]> run(Path file, String input, float[] values, long[] shape, int... labels)
            throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        inputs.put(input, OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
        if (labels.length > 0) {
            LongBuffer each =
                    LongBuffer.wrap(IntStream.of(labels).asLongStream().toArray());
            inputs.put("label", OnnxTensor.createTensor(environment, each, new long[] {labels.length}));
        }
        Map<String, float[]> outputs = new LinkedHashMap<>();
        try (OrtSession session = environment.createSession(file.toString());
                OrtSession.Result result = session.run(inputs)) {
            result.forEach(entry -> outputs.put(
                    entry.getKey(),
                    ((OnnxTensor) entry.getValue()).getFloatBuffer().array()));
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
        return outputs;
    }

    /** What a file says of itself. */
    static Map<String, String> facts(Path file) throws OrtException {
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            return session.getMetadata().getCustomMetadata();
        }
    }
}
