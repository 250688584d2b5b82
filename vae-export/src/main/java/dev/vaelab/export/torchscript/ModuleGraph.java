package dev.vaelab.export.torchscript;

import dev.vaelab.api.network.Layer;
import dev.vaelab.api.tensor.Window;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.export.graph.GraphBuilder;
import dev.vaelab.export.graph.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The method {@code forward} of a module, in the form in which TorchScript serializes code: every operation is a call. Values are
 * known by the names of variables.
 *
 * <p>Each layer with tensors is a module of its own inside, so that a {@code state_dict} has the canonical names.
 */
final class ModuleGraph implements GraphBuilder<String> {
    private final NamedTensors weights;
    private final String part;
    private final Map<String, Submodule> submodules = new LinkedHashMap<>();
    private final List<String> parameters = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();

    /**
     * A module inside the module.
     *
     * @param parameters trained tensors by their names
     * @param buffers other tensors by their names
     */
    record Submodule(Map<String, Tensor> parameters, Map<String, Tensor> buffers) {
        Submodule() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        /** All tensors by their names. */
        Map<String, Tensor> tensors() {
            Map<String, Tensor> tensors = new LinkedHashMap<>(parameters);
            tensors.putAll(buffers);
            return tensors;
        }
    }

    /**
     * An empty method, for layers with these weights.
     *
     * @param part which network: {@code encoder} or {@code decoder}
     */
    ModuleGraph(NamedTensors weights, String part) {
        this.weights = weights;
        this.part = part;
    }

    /** The modules inside by their names. */
    Map<String, Submodule> submodules() {
        return submodules;
    }

    /** The definition of the method in a class. */
    String forward(String className) {
        StringBuilder method = new StringBuilder("  def forward(self: ").append(className);
        parameters.forEach(
                parameter -> method.append(",\n    ").append(parameter).append(": Tensor"));
        String type = outputs.size() == 1
                ? "Tensor"
                : outputs.stream().map(output -> "Tensor").collect(Collectors.joining(", ", "Tuple[", "]"));
        method.append(") -> ").append(type).append(":\n");
        statements.forEach(statement -> method.append("    ").append(statement).append('\n'));
        String results = String.join(", ", outputs);
        method.append("    return ")
                .append(outputs.size() == 1 ? results : "(" + results + ")")
                .append('\n');
        return method.toString();
    }

    @Override
    public String input(String name, List<Integer> shape) {
        return parameter(name);
    }

    @Override
    public String labels(String name) {
        return parameter(name);
    }

    private String parameter(String name) {
        String unique = unique(name);
        parameters.add(unique);
        return unique;
    }

    @Override
    public void output(String name, List<Integer> shape, String value) {
        outputs.add(value);
    }

    @Override
    public String layer(Layer layer, String features) {
        return layer.accept(new Lowering(features));
    }

    /** Adds the call of a layer. */
    private final class Lowering implements Layer.Visitor<String> {
        private final String features;

        Lowering(String features) {
            this.features = features;
        }

        @Override
        public String convolution(Layer.Convolution layer) {
            String weight = parameter(layer.name(), "weight");
            String bias = parameter(layer.name(), "bias");
            return call("conv2d", features, weight, bias, stride(layer.window()), padding(layer.window()));
        }

        @Override
        public String transposedConvolution(Layer.TransposedConvolution layer) {
            String weight = parameter(layer.name(), "weight");
            String bias = parameter(layer.name(), "bias");
            return call(
                    "conv_transpose2d",
                    features,
                    weight,
                    bias,
                    stride(layer.window()),
                    padding(layer.window()),
                    twice(layer.outputPadding()));
        }

        @Override
        public String linear(Layer.Linear layer) {
            String weight = parameter(layer.name(), "weight");
            String bias = parameter(layer.name(), "bias");
            return call("linear", features, weight, bias);
        }

        @Override
        public String batchNormalization(Layer.BatchNormalization layer) {
            String weight = parameter(layer.name(), "weight");
            String bias = parameter(layer.name(), "bias");
            String mean = buffer(layer.name(), "running_mean");
            String variance = buffer(layer.name(), "running_var");
            return call(
                    "batch_norm",
                    features,
                    weight,
                    bias,
                    mean,
                    variance,
                    "False",
                    Double.toString(Layer.BatchNormalization.MOMENTUM),
                    Double.toString(Layer.BatchNormalization.EPSILON),
                    "True");
        }

        @Override
        public String activation(Layer.Activation layer) {
            return switch (layer.function()) {
                case RELU -> call("relu", features);
                case TANH -> call("tanh", features);
                case ELU -> call("elu", features);
                case LEAKY_RELU -> call("leaky_relu", features, "0.01");
                case SOFTPLUS -> call("softplus", features);
                case SIGMOID -> call("sigmoid", features);
            };
        }

        @Override
        public String flatten(Layer.Flatten layer) {
            return call("flatten", features, "1");
        }

        @Override
        public String reshape(Layer.Reshape layer) {
            return call(
                    "reshape",
                    features,
                    Stream.concat(Stream.of(-1), layer.shape().stream())
                            .toList()
                            .toString());
        }

        private String stride(Window window) {
            return twice(window.stride());
        }

        private String padding(Window window) {
            return twice(window.padding());
        }

        private String twice(int number) {
            return List.of(number, number).toString();
        }
    }

    @Override
    public String rows(String labels, int classes, String like) {
        return call("type_as", call("one_hot", labels, Integer.toString(classes)), like);
    }

    @Override
    public String planes(String rows, int classes, int height, int width) {
        String pixels = call("reshape", rows, List.of(-1, classes, 1, 1).toString());
        return call("expand", pixels, List.of(-1, -1, height, width).toString());
    }

    @Override
    public String concatenate(String left, String right) {
        return call("cat", "[" + left + ", " + right + "]", "1");
    }

    /** A tensor, as not every operation takes numbers, on the device where the other one is. */
    @Override
    public String number(double number, String like) {
        return call("new_full", like, "[1]", Double.toString(number));
    }

    /** Its name is anybody's, and need not be one in Python. */
    @Override
    public String constant(String name, Tensor tensor) {
        String attribute = unique("tensor_" + name.replaceAll("[^A-Za-z0-9_]", "_"));
        submodule("constants").buffers().put(attribute, tensor);
        return read("constants", attribute);
    }

    @Override
    public String apply(Operator operator, List<String> operands) {
        return switch (operator) {
            case ADD -> call("add", operands);
            case SUBTRACT -> call("sub", operands);
            case MULTIPLY -> call("mul", operands);
            case DIVIDE -> call("div", operands);
            case GREATER -> call("type_as", call("gt", operands), operands.get(0));
            case SELECT -> call("where", call("ne", operands.get(0), "0"), operands.get(1), operands.get(2));
            case EXP -> call("exp", operands);
            case EXPM1 -> call("expm1", operands);
            case LOG -> call("log", operands);
            case LOG1P -> call("log1p", operands);
            case SQRT -> call("sqrt", operands);
            case TANH -> call("tanh", operands);
            case SIGMOID -> call("sigmoid", operands);
            case SOFTPLUS -> call("softplus", operands);
            case RELU -> call("relu", operands);
        };
    }

    private String parameter(String layer, String tensor) {
        submodule(inside(layer)).parameters().put(tensor, weights.get(layer + "." + tensor));
        return read(inside(layer), tensor);
    }

    private String buffer(String layer, String tensor) {
        submodule(inside(layer)).buffers().put(tensor, weights.get(layer + "." + tensor));
        return read(inside(layer), tensor);
    }

    /** The name of a layer without that of its network. */
    private String inside(String layer) {
        return layer.startsWith(part + ".") ? layer.substring(part.length() + 1) : layer;
    }

    private Submodule submodule(String name) {
        return submodules.computeIfAbsent(name, key -> new Submodule());
    }

    private String read(String module, String tensor) {
        return assign(module + "_" + tensor, "self." + module + "." + tensor);
    }

    private String call(String function, String... operands) {
        return call(function, List.of(operands));
    }

    private String call(String function, List<String> operands) {
        return assign(function, "torch." + function + "(" + String.join(", ", operands) + ")");
    }

    private String assign(String name, String expression) {
        String variable = unique("_" + name);
        statements.add(variable + " = " + expression);
        return variable;
    }

    private String unique(String name) {
        int count = names.merge(name, 1, Integer::sum);
        return count == 1 ? name : name + "_" + count;
    }
}
