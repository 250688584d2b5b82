package dev.vaelab.export.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.vaelab.api.network.Layer;
import dev.vaelab.api.weights.LittleEndianFloats;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.export.graph.GraphBuilder;
import dev.vaelab.export.graph.Operator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A graph of ONNX; values are known by their names. Weights keep their canonical names.
 *
 * @see <a href="https://onnx.ai/onnx/operators/">The operators</a>
 */
final class OnnxGraph implements GraphBuilder<String> {
    /** The name of the axis of images, which says that it may be of any size. */
    private static final String BATCH = "batch";

    private final NamedTensors weights;
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Map<String, Integer> names = new HashMap<>();
    private final Set<String> initializers = new HashSet<>();

    /** An empty graph, for layers with these weights. */
    OnnxGraph(NamedTensors weights) {
        this.weights = weights;
    }

    /** What has been added. */
    GraphProto build(String name) {
        return graph.setName(name).build();
    }

    @Override
    public String input(String name, List<Integer> shape) {
        graph.addInput(value(name, TensorProto.DataType.FLOAT, shape));
        return unique(name);
    }

    @Override
    public String labels(String name) {
        graph.addInput(value(name, TensorProto.DataType.INT64, List.of()));
        return unique(name);
    }

    @Override
    public void output(String name, List<Integer> shape, String value) {
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(value)
                .addOutput(name));
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type, List<Integer> shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        shape.forEach(size ->
                dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }

    @Override
    public String layer(Layer layer, String features) {
        return layer.accept(new Lowering(features));
    }

    /** Adds the operator of a layer. */
    private final class Lowering implements Layer.Visitor<String> {
        private final String features;

        Lowering(String features) {
            this.features = features;
        }

        @Override
        public String convolution(Layer.Convolution layer) {
            long kernel = layer.window().kernel();
            long stride = layer.window().stride();
            long padding = layer.window().padding();
            return node(
                    "Conv",
                    layer.name(),
                    inputs(layer.name(), ".weight", ".bias"),
                    whole("kernel_shape", kernel, kernel),
                    whole("strides", stride, stride),
                    whole("pads", padding, padding, padding, padding));
        }

        @Override
        public String transposedConvolution(Layer.TransposedConvolution layer) {
            long kernel = layer.window().kernel();
            long stride = layer.window().stride();
            long padding = layer.window().padding();
            return node(
                    "ConvTranspose",
                    layer.name(),
                    inputs(layer.name(), ".weight", ".bias"),
                    whole("kernel_shape", kernel, kernel),
                    whole("strides", stride, stride),
                    whole("pads", padding, padding, padding, padding),
                    whole("output_padding", layer.outputPadding(), layer.outputPadding()));
        }

        @Override
        public String linear(Layer.Linear layer) {
            return node("Gemm", layer.name(), inputs(layer.name(), ".weight", ".bias"), whole("transB", 1));
        }

        @Override
        public String batchNormalization(Layer.BatchNormalization layer) {
            return node(
                    "BatchNormalization",
                    layer.name(),
                    inputs(layer.name(), ".weight", ".bias", ".running_mean", ".running_var"),
                    number("epsilon", Layer.BatchNormalization.EPSILON));
        }

        @Override
        public String activation(Layer.Activation layer) {
            return switch (layer.function()) {
                case RELU -> node("Relu", "relu", List.of(features));
                case TANH -> node("Tanh", "tanh", List.of(features));
                case ELU -> node("Elu", "elu", List.of(features), number("alpha", 1));
                case LEAKY_RELU -> node("LeakyRelu", "leaky_relu", List.of(features), number("alpha", 0.01));
                case SOFTPLUS -> node("Softplus", "softplus", List.of(features));
                case SIGMOID -> node("Sigmoid", "sigmoid", List.of(features));
            };
        }

        @Override
        public String flatten(Layer.Flatten layer) {
            return node("Flatten", "flatten", List.of(features), whole("axis", 1));
        }

        @Override
        public String reshape(Layer.Reshape layer) {
            // 0 stands for the size that the axis has.
            return shaped(
                    "Reshape",
                    "reshape",
                    features,
                    LongStream.concat(LongStream.of(0), layer.shape().stream().mapToLong(Integer::longValue))
                            .toArray());
        }

        private List<String> inputs(String layer, String... tensors) {
            return Stream.concat(
                            Stream.of(features),
                            Stream.of(tensors).map(suffix -> initializer(layer + suffix, weights.get(layer + suffix))))
                    .toList();
        }
    }

    /**
     * By comparison with all classes: the operator {@code OneHot} would take a label of -1 for the last class. A label that there is
     * not gives a row of zeros.
     */
    @Override
    public String rows(String labels, int classes, String like) {
        String each = node("Unsqueeze", "label_column", List.of(labels, wholeNumbers("axes", 1)));
        long[] all = LongStream.range(0, classes).toArray();
        String equal = node("Equal", "label_equal", List.of(each, wholeNumbers("classes", all)));
        return node("Cast", "label_rows", List.of(equal), whole("to", TensorProto.DataType.FLOAT_VALUE));
    }

    @Override
    public String planes(String rows, int classes, int height, int width) {
        String pixels = shaped("Reshape", "label_pixels", rows, 0, classes, 1, 1);
        return shaped("Expand", "label_planes", pixels, 1, classes, height, width);
    }

    @Override
    public String concatenate(String left, String right) {
        return node("Concat", "concatenated", List.of(left, right), whole("axis", 1));
    }

    @Override
    public String number(double number, String like) {
        return initializer(String.valueOf((float) number), new Tensor(List.of(), new float[] {(float) number}));
    }

    @Override
    public String constant(String name, Tensor tensor) {
        return initializer(name, tensor);
    }

    @Override
    public String apply(Operator operator, List<String> operands) {
        return switch (operator) {
            case ADD -> node("Add", operands);
            case SUBTRACT -> node("Sub", operands);
            case MULTIPLY -> node("Mul", operands);
            case DIVIDE -> node("Div", operands);
            case GREATER ->
                node(
                        "Cast",
                        "greater",
                        List.of(node("Greater", operands)),
                        whole("to", TensorProto.DataType.FLOAT_VALUE));
            case SELECT -> {
                String mask =
                        node("Cast", "mask", List.of(operands.get(0)), whole("to", TensorProto.DataType.BOOL_VALUE));
                yield node("Where", List.of(mask, operands.get(1), operands.get(2)));
            }
            case EXP -> node("Exp", operands);
            case EXPM1 -> expm1(operands.get(0));
            case LOG -> node("Log", operands);
            case LOG1P -> log1p(operands.get(0));
            case SQRT -> node("Sqrt", operands);
            case TANH -> node("Tanh", operands);
            case SIGMOID -> node("Sigmoid", operands);
            case SOFTPLUS -> node("Softplus", operands);
            case RELU -> node("Relu", operands);
        };
    }

    /** e^x - 1 = tanh(x / 2) (e^x + 1), which loses nothing near zero; there is no operator for it. */
    private String expm1(String x) {
        String half = node("Mul", List.of(x, number(0.5, x)));
        String sum = node("Add", List.of(node("Exp", List.of(x)), number(1, x)));
        return node("Mul", List.of(node("Tanh", List.of(half)), sum));
    }

    /** log(1 + x) = 2 artanh(x / (2 + x)), which loses nothing near zero; elsewhere as it is. There is no operator for it. */
    private String log1p(String x) {
        String ratio = node("Div", List.of(x, node("Add", List.of(x, number(2, x)))));
        String near = node("Mul", List.of(node("Atanh", List.of(ratio)), number(2, x)));
        String elsewhere = node("Log", List.of(node("Add", List.of(x, number(1, x)))));
        String isNear = node("Less", List.of(node("Abs", List.of(x)), number(0.5, x)));
        return node("Where", List.of(isNear, near, elsewhere));
    }

    private String node(String operator, List<String> inputs) {
        return node(operator, operator.toLowerCase(Locale.ROOT), inputs);
    }

    private String node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
        String output = unique(name);
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    /** An operator whose second input is a shape. */
    private String shaped(String operator, String name, String input, long... shape) {
        return node(operator, name, List.of(input, wholeNumbers(name + "_shape", shape)));
    }

    /** A name that no other value has: weights have points in theirs, so that the first ones are never theirs. */
    private String unique(String name) {
        int count = names.merge(name, 1, Integer::sum);
        return count == 1 ? name : name + "_" + count;
    }

    private String initializer(String name, Tensor tensor) {
        if (initializers.add(name)) {
            ByteString.Output bytes = ByteString.newOutput(Float.BYTES * tensor.values().length);
            LittleEndianFloats.forEachChunk(tensor.values(), bytes::write);
            graph.addInitializer(TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(TensorProto.DataType.FLOAT_VALUE)
                    .addAllDims(tensor.shape().stream().map(Integer::longValue).toList())
                    .setRawData(bytes.toByteString()));
        }
        return name;
    }

    /** A vector. */
    private String wholeNumbers(String name, long... values) {
        String unique = unique(name);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(unique)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length)
                .addAllInt64Data(LongStream.of(values).boxed().toList()));
        return unique;
    }

    private static AttributeProto whole(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto whole(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(LongStream.of(values).boxed().toList())
                .build();
    }

    private static AttributeProto number(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }
}
