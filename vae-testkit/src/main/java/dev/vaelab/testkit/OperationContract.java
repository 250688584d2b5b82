package dev.vaelab.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.OptimizerSettings;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.backend.reference.ReferenceBackend;
import dev.vaelab.training.network.ComposedNetwork;
import dev.vaelab.training.optimizer.ComposedUpdate;
import dev.vaelab.training.tape.Tape;
import dev.vaelab.training.tape.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arithmetic: each operation and its derivative beside float64, each override beside its composition. */
abstract class OperationContract extends ContractGroup {
    private static final RandomStreams STREAMS = new RandomStreams(20_241_201);
    private static final int IMAGES = 4;

    OperationContract(VaeBackendContract contract) {
        super(contract);
    }

    /** What is asked of an engine. */
    @FunctionalInterface
    private interface Question<R> {
        <T> R ask(Engine<T> engine);
    }

    private static <R> R ask(Engine<?> opened, Question<R> question) {
        try (Engine<?> engine = opened) {
            return question.ask(engine);
        }
    }

    private <R> R askBackend(Question<R> question) {
        return ask(openEngine(), question);
    }

    private static <R> R askOracle(Question<R> question) {
        return ask(new ReferenceBackend().open(), question);
    }

    /** A tensor out of the engine. */
    private record Values(int[] shape, float[] values) {
        static <T> Values of(TensorOperations<T> operations, T tensor) {
            return new Values(operations.shape(tensor), operations.download(tensor));
        }

        void requireClose(String what, Values expected, Comparison comparison) {
            assertArrayEquals(expected.shape, shape, "shape of " + what);
            comparison.require(what, values, expected.values, Tolerances.ofValues(expected.values));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.OperationCase#all")
    @DisplayName("an operation gives the reference's values, and leaves its operands as they are")
    void values(OperationCase tried) {
        Comparison comparison = comparison("values", tried);
        Question<Values> question = new Question<>() {
            @Override
            public <T> Values ask(Engine<T> engine) {
                TensorOperations<T> operations = engine.operations();
                try (OperationScope scope = operations.openScope()) {
                    List<T> inputs = inputs(operations, tried);
                    Values values = Values.of(operations, tried.program().of(operations, inputs));
                    for (int input = 0; input < inputs.size(); input++) {
                        assertArrayEquals(
                                tried.values(input), operations.download(inputs.get(input)), "operand " + input);
                    }
                    return values;
                }
            }
        };
        askBackend(question).requireClose("result", askOracle(question), comparison);
        comparison.report();
    }

    @ParameterizedTest
    @MethodSource("dev.vaelab.testkit.OperationCase#all")
    @DisplayName("an operation has the reference's derivatives")
    void derivatives(OperationCase tried) {
        Comparison comparison = comparison("derivatives", tried);
        Question<List<Values>> question = new Question<>() {
            @Override
            public <T> List<Values> ask(Engine<T> engine) {
                TensorOperations<T> operations = engine.operations();
                try (OperationScope scope = operations.openScope()) {
                    Tape<T> tape = new Tape<>(operations);
                    List<Variable<T>> inputs =
                            inputs(operations, tried).stream().map(tape::track).toList();
                    Variable<T> result = tried.program().of(tape, inputs);
                    int[] shape = operations.shape(result.value());
                    float[] weights = STREAMS.gaussian(Shapes.size(shape), Purpose.SHUFFLE);
                    return tape.gradients(List.of(result), List.of(operations.upload(weights, shape)), inputs).stream()
                            .map(gradient -> Values.of(operations, gradient))
                            .toList();
                }
            }
        };
        List<Values> found = askBackend(question);
        List<Values> expected = askOracle(question);
        for (int input = 0; input < expected.size(); input++) {
            found.get(input).requireClose("derivative by operand " + input, expected.get(input), comparison);
        }
        comparison.report();
    }

    private static <T> List<T> inputs(TensorOperations<T> operations, OperationCase tried) {
        return IntStream.range(0, tried.shapes().length)
                .mapToObj(input -> operations.upload(tried.values(input), tried.shapes()[input]))
                .toList();
    }

    @Test
    @DisplayName("functions are right for values so large that a careless formula overflows, and for NaN")
    void extremes() {
        float[] values = {-200, -100, 0, 100, 200, Float.NaN};
        Question<List<float[]>> question = new Question<>() {
            @Override
            public <T> List<float[]> ask(Engine<T> engine) {
                TensorOperations<T> operations = engine.operations();
                try (OperationScope scope = operations.openScope()) {
                    T tensor = operations.upload(values, values.length);
                    return Stream.of(
                                    operations.softplus(tensor),
                                    operations.sigmoid(tensor),
                                    operations.tanh(tensor),
                                    operations.relu(tensor),
                                    operations.logSumExp(operations.slice(tensor, 0, 0, 5), 0))
                            .map(operations::download)
                            .toList();
                }
            }
        };
        List<float[]> found = askBackend(question);
        List<float[]> expected = askOracle(question);
        for (int function = 0; function < expected.size(); function++) {
            assertArrayEquals(expected.get(function), found.get(function), 1e-4f, "function " + function);
        }
    }

    @Test
    @DisplayName("what a mask does not choose may be infinite or NaN")
    void unchosen() {
        float[] found = askBackend(new Question<>() {
            @Override
            public <T> float[] ask(Engine<T> engine) {
                TensorOperations<T> operations = engine.operations();
                try (OperationScope scope = operations.openScope()) {
                    return operations.download(operations.select(
                            operations.upload(new float[] {1, 0}, 2),
                            operations.upload(new float[] {3, Float.NaN}, 2),
                            operations.upload(new float[] {Float.POSITIVE_INFINITY, 4}, 2)));
                }
            }
        });
        assertArrayEquals(new float[] {3, 4}, found);
    }

    @Test
    @DisplayName("a sum of many values is exact: it does not add up one by one in float32")
    void longSums() {
        int count = 1 << 20;
        float[] values = new float[count];
        Arrays.fill(values, 0.1f);
        double expected = count * (double) 0.1f;
        for (int[] shape : new int[][] {{count}, {1024, 1024}, {16, 4, 128, 128}}) {
            float[] found = askBackend(new Question<>() {
                @Override
                public <T> float[] ask(Engine<T> engine) {
                    TensorOperations<T> operations = engine.operations();
                    try (OperationScope scope = operations.openScope()) {
                        return operations.download(operations.sum(
                                operations.upload(values, shape),
                                IntStream.range(0, shape.length).toArray()));
                    }
                }
            });
            assertEquals(expected, found[0], 1e-5 * expected, "sum of " + Arrays.toString(shape));
        }
    }

    @Test
    @DisplayName("a variable outlives scopes, takes values in place, and what was computed from it stays")
    void variables() {
        askBackend(new Question<Void>() {
            @Override
            public <T> Void ask(Engine<T> engine) {
                TensorOperations<T> operations = engine.operations();
                T variable;
                try (OperationScope scope = operations.openScope()) {
                    variable = operations.variable(new float[] {1, 2, 3}, 3);
                }
                try (OperationScope scope = operations.openScope()) {
                    T before = operations.multiply(variable, 2);
                    operations.assign(variable, operations.add(variable, operations.upload(new float[] {10}, 1)));
                    assertArrayEquals(new float[] {2, 4, 6}, operations.download(before));
                }
                assertArrayEquals(new float[] {11, 12, 13}, operations.download(variable));
                operations.write(variable, new float[] {7, 8, 9});
                assertArrayEquals(new float[] {7, 8, 9}, operations.download(variable));
                operations.free(variable);
                return null;
            }
        });
    }

    @Test
    @DisplayName("an inner scope frees its own tensors and no others")
    void nestedScopes() {
        askBackend(new Question<Void>() {
            @Override
            public <T> Void ask(Engine<T> engine) {
                TensorOperations<T> operations = engine.operations();
                try (OperationScope outer = operations.openScope()) {
                    T tensor = operations.upload(new float[] {1, 2}, 2);
                    T variable = operations.variable(new float[] {5, 6}, 2);
                    for (int round = 0; round < 3; round++) {
                        try (OperationScope inner = operations.openScope()) {
                            operations.add(variable, tensor);
                            operations.exp(tensor);
                        }
                    }
                    assertArrayEquals(new float[] {6, 8}, operations.download(operations.add(tensor, variable)));
                    operations.free(variable);
                }
                return null;
            }
        });
    }

    /** Networks that an engine may have its own way for. */
    static Stream<ContractCase> networkCases() {
        return Stream.concat(ContractCase.grey(), Stream.concat(ContractCase.colour(), ContractCase.networks()));
    }

    @ParameterizedTest
    @MethodSource("networkCases")
    @DisplayName("a network of the engine's own does what its layers do in float64: outputs, statistics, derivatives")
    void ownNetworks(ContractCase tried) {
        for (NetworkSpecification network :
                List.of(tried.architecture().encoder(), tried.architecture().decoder())) {
            Question<Map<String, float[]>> question = new Question<>() {
                @Override
                public <T> Map<String, float[]> ask(Engine<T> engine) {
                    return passes(engine, network, tried);
                }
            };
            Comparison comparison = comparison("a network", tried);
            Map<String, float[]> expected = askOracle(question);
            Map<String, float[]> found = askBackend(question);
            assertEquals(expected.keySet(), found.keySet());
            expected.forEach((name, values) -> comparison.require(
                    name,
                    found.get(name),
                    values,
                    name.startsWith("gradient") ? Tolerances.ofGradient(values) : Tolerances.ofValues(values)));
            comparison.report();
        }
    }

    private static <T> Map<String, float[]> passes(
            Engine<T> engine, NetworkSpecification specification, ContractCase tried) {
        TensorOperations<T> operations = engine.operations();
        Map<String, float[]> results = new LinkedHashMap<>();
        try (Network<T> network = engine.network(specification)
                        .orElseGet(() -> new ComposedNetwork<>(operations, specification));
                OperationScope scope = operations.openScope()) {
            network.write(tried.weights(), network.parameters());
            network.writeStatistics(tried.weights());
            T input = operations.upload(
                    STREAMS.gaussian(IMAGES * size(specification.input()), Purpose.WEIGHTS),
                    withImages(specification.input()));
            addOutputs(results, "evaluation ", operations, network.forward(input, Phase.EVALUATION));
            Network.Pass<T> pass = network.forward(input, Phase.TRAINING);
            addOutputs(results, "training ", operations, pass);
            List<T> gradients = new ArrayList<>();
            for (List<Integer> output : specification.outputs()) {
                gradients.add(operations.upload(
                        STREAMS.gaussian(IMAGES * size(output), Purpose.SHUFFLE, gradients.size()),
                        withImages(output)));
            }
            Network.Derivatives<T> derivatives = pass.backward(gradients, true);
            results.put("gradient by input", operations.download(derivatives.input()));
            network.read(derivatives.parameters())
                    .asMap()
                    .forEach((name, tensor) -> results.put("gradient by " + name, tensor.values()));
            network.statistics().asMap().forEach((name, tensor) -> results.put(name, tensor.values()));
        }
        return results;
    }

    private static <T> void addOutputs(
            Map<String, float[]> results, String prefix, TensorOperations<T> operations, Network.Pass<T> pass) {
        for (T output : pass.outputs()) {
            results.put(prefix + "output " + results.size(), operations.download(output));
        }
    }

    private static int size(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    private static int[] withImages(List<Integer> shape) {
        return IntStream.concat(IntStream.of(IMAGES), shape.stream().mapToInt(Integer::intValue))
                .toArray();
    }

    /** Every optimizer, each with and without what it may have. */
    static Stream<OptimizerSettings> optimizers() {
        return Stream.of(
                OptimizerSettings.ADAM,
                OptimizerSettings.ADAM.withWeightDecay(0.5),
                new OptimizerSettings.Adam(0.8, 0.95, 1e-3, 0),
                new OptimizerSettings.Sgd(0),
                new OptimizerSettings.Sgd(0.9));
    }

    /**
     * From given gradients, so that nothing but the update can be at fault: fused updates have been seen that round 1 - beta2 to
     * float32, or add epsilon in another place.
     */
    @ParameterizedTest
    @MethodSource("optimizers")
    @DisplayName("updates from given gradients, early and late, change parameters and slots as float64 does")
    void updates(OptimizerSettings settings) {
        Question<Map<String, float[]>> question = new Question<>() {
            @Override
            public <T> Map<String, float[]> ask(Engine<T> engine) {
                return updates(engine, settings);
            }
        };
        Comparison comparison = comparison("updates", settings);
        Map<String, float[]> expected = askOracle(question);
        Map<String, float[]> found = askBackend(question);
        expected.forEach(
                (name, values) -> comparison.require(name, found.get(name), values, Tolerances.ofUpdate(values)));
        comparison.report();
    }

    private static <T> Map<String, float[]> updates(Engine<T> engine, OptimizerSettings settings) {
        TensorOperations<T> operations = engine.operations();
        ParameterUpdate<T> update = engine.update(settings).orElseGet(() -> new ComposedUpdate<>(operations, settings));
        int[][] shapes = {{6, 5}, {7}, {1}};
        List<T> parameters = variables(operations, shapes, 1);
        Map<String, List<T>> slots = new LinkedHashMap<>();
        settings.slots().forEach(slot -> slots.put(slot, variables(operations, shapes, 0)));
        Map<String, float[]> results = new LinkedHashMap<>();
        long[] steps = {1, 2, 3, 1000, 1001};
        double[] learningRates = {0.01, 0, 0.003, 0.02, 0.1};
        for (int number = 0; number < steps.length; number++) {
            try (OperationScope scope = operations.openScope()) {
                List<T> gradients = new ArrayList<>();
                for (int[] shape : shapes) {
                    gradients.add(operations.upload(
                            STREAMS.gaussian(Shapes.size(shape), Purpose.SPLIT, number, gradients.size()), shape));
                }
                update.apply(parameters, gradients, slots, steps[number], learningRates[number]);
            }
            for (int index = 0; index < shapes.length; index++) {
                int place = index;
                String suffix = " " + index + " after update " + (number + 1);
                results.put("parameter" + suffix, operations.download(parameters.get(index)));
                slots.forEach((slot, tensors) -> results.put(slot + suffix, operations.download(tensors.get(place))));
            }
        }
        return results;
    }

    private static <T> List<T> variables(TensorOperations<T> operations, int[][] shapes, float scale) {
        List<T> variables = new ArrayList<>();
        for (int[] shape : shapes) {
            float[] values = STREAMS.gaussian(Shapes.size(shape), Purpose.GENERATION, variables.size());
            for (int index = 0; index < values.length; index++) {
                // Away from zero, so that a difference in the last digits is one of the update.
                values[index] = scale * (values[index] + Math.copySign(3, values[index]));
            }
            variables.add(operations.variable(values, shape));
        }
        return variables;
    }

    @Test
    @DisplayName("the length of tensors together is Euclid's")
    void lengths() {
        double found = askBackend(new Question<>() {
            @Override
            public <T> Double ask(Engine<T> engine) {
                TensorOperations<T> operations = engine.operations();
                try (OperationScope scope = operations.openScope()) {
                    return operations.length(List.of(
                            operations.upload(new float[] {3, 0}, 2), operations.upload(new float[] {4}, 1, 1)));
                }
            }
        });
        assertEquals(5, found, 1e-6);
    }

    @Test
    @DisplayName("the same operations on the same values give the same bits")
    void repeatable() {
        Question<float[]> question = new Question<>() {
            @Override
            public <T> float[] ask(Engine<T> engine) {
                TensorOperations<T> operations = engine.operations();
                try (OperationScope scope = operations.openScope()) {
                    T matrix = operations.upload(STREAMS.gaussian(64 * 64, Purpose.WEIGHTS), 64, 64);
                    T product = operations.matmul(matrix, false, operations.tanh(matrix), true);
                    return operations.download(operations.sum(operations.softplus(product), 0));
                }
            }
        };
        float[] first = askBackend(question);
        assertTrue(Arrays.equals(first, askBackend(question)), "bits differ");
    }
}
