package dev.vaelab.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A folder of TorchScript as users of DJL load it, who have nothing of this project. */
final class PlainDjl {
    static {
        // Read when the engine loads, which would look for downloads without them.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
    }

    private PlainDjl() {}

    /** The outputs of a model in their order. */
    static List<float[]> run(Path folder, float[] values, long[] shape, int... labels)
            throws IOException, ModelException, TranslateException {
        Criteria<NDList, NDList> criteria = Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optModelPath(folder)
                .build();
        try (ZooModel<NDList, NDList> model = criteria.loadModel();
                Predictor<NDList, NDList> predictor = model.newPredictor();
                NDManager manager = model.getNDManager().newSubManager()) {
            return floats(predictor.predict(inputs(manager, values, shape, labels)));
        }
    }

    /** The same as DJL Serving does it with a request: the types of its criteria, and an input that holds encoded tensors. */
    static List<float[]> serve(Path folder, float[] values, long[] shape, int... labels)
            throws IOException, ModelException, TranslateException {
        Criteria<Input, Output> criteria = Criteria.builder()
                .setTypes(Input.class, Output.class)
                .optModelPath(folder)
                .build();
        try (ZooModel<Input, Output> model = criteria.loadModel();
                Predictor<Input, Output> predictor = model.newPredictor();
                NDManager manager = model.getNDManager().newSubManager()) {
            Input request = new Input();
            request.addProperty("Content-Type", "tensor/ndlist");
            request.add("data", inputs(manager, values, shape, labels).encode());
            Output answer = predictor.predict(request);
            assertEquals(200, answer.getCode(), answer.getMessage());
            return floats(NDList.decode(manager, answer.getData().getAsBytes()));
        }
    }

    private static NDList inputs(NDManager manager, float[] values, long[] shape, int... labels) {
        NDList inputs = new NDList(manager.create(values, new Shape(shape)));
        if (labels.length > 0) {
            inputs.add(manager.create(IntStream.of(labels).asLongStream().toArray()));
        }
        return inputs;
    }

    private static List<float[]> floats(NDList tensors) {
        List<float[]> floats = new ArrayList<>();
        tensors.forEach(tensor -> floats.add(tensor.toFloatArray()));
        return floats;
    }
}
