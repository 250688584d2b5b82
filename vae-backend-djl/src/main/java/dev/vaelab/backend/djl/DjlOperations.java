package dev.vaelab.backend.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.Shapes;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.tensor.Window;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * PyTorch's operations, in float32.
 *
 * <p>DJL attaches a result to the manager of its first operand, which may be that of the variables or of a scope further out; here
 * every result is attached to the innermost scope. What PyTorch gives as a view of its operand stays one, except of a variable,
 * whose values may change.
 */
final class DjlOperations implements TensorOperations<NDArray> {
    private final NDManager variables;
    private final TorchScriptModule module;
    private final OpenScopes scopes;

    /** Operations whose variables belong to a manager, and their scopes to managers below it. */
    DjlOperations(NDManager manager, TorchScriptModule module) {
        this.variables = manager;
        this.module = module;
        scopes = new OpenScopes(manager);
    }

    @Override
    public OperationScope openScope() {
        return scopes.open();
    }

    /**
     * The manager of the innermost scope.
     *
     * @throws IllegalStateException if none is open
     */
    PtNDManager innermost() {
        return scopes.innermost();
    }

    /**
     * The same values in the innermost scope: what is computed from them belongs to it as well.
     *
     * <p>A copy can be recorded for gradients; what methods of the module have computed cannot.
     */
    NDArray copy(NDArray tensor) {
        return unary(JniUtils::clone, tensor);
    }

    /** The same memory in the innermost scope. */
    NDArray alias(NDArray tensor) {
        return unary(JniUtils::detachGradient, tensor);
    }

    @Override
    public NDArray upload(float[] values, int... shape) {
        return create(innermost(), values, shape);
    }

    @Override
    public NDArray variable(float[] values, int... shape) {
        return create(variables, values, shape);
    }

    private static NDArray create(NDManager manager, float[] values, int... shape) {
        Shapes.requireFilled(values.length, shape);
        NDArray tensor = manager.create(new Shape(longs(shape)), DataType.FLOAT32);
        NativeValues.write(tensor, values);
        return tensor;
    }

    private static long[] longs(int... values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    @Override
    public float[] download(NDArray tensor) {
        return tensor.toFloatArray();
    }

    @Override
    public int[] shape(NDArray tensor) {
        return Arrays.stream(tensor.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    @Override
    public void write(NDArray variable, float[] values) {
        Shapes.requireFilled(values.length, shape(variable));
        NativeValues.write(variable, values);
    }

    @Override
    public void assign(NDArray variable, NDArray values) {
        try (IValue target = tensor(variable);
                IValue source = tensor(values)) {
            module.run("assign", target, source).close();
        }
    }

    @Override
    public void free(NDArray variable) {
        variable.close();
    }

    @Override
    public NDArray constant(double value, int... shape) {
        return JniUtils.full(
                innermost(), new Shape(longs(shape)), value, DataType.FLOAT32, Device.cpu(), SparseFormat.DENSE);
    }

    @Override
    public NDArray add(NDArray left, NDArray right) {
        return binary(JniUtils::add, left, right);
    }

    @Override
    public NDArray subtract(NDArray left, NDArray right) {
        return binary(JniUtils::sub, left, right);
    }

    @Override
    public NDArray multiply(NDArray left, NDArray right) {
        return binary(JniUtils::mul, left, right);
    }

    @Override
    public NDArray divide(NDArray left, NDArray right) {
        return binary(JniUtils::div, left, right);
    }

    @Override
    public NDArray greater(NDArray left, NDArray right) {
        return call("greater", tensor(left), tensor(right));
    }

    @Override
    public NDArray select(NDArray mask, NDArray chosen, NDArray other) {
        return call("select", tensor(mask), tensor(chosen), tensor(other));
    }

    @Override
    public NDArray exp(NDArray tensor) {
        return unary(JniUtils::exp, tensor);
    }

    @Override
    public NDArray expm1(NDArray tensor) {
        return call("expm1", tensor(tensor));
    }

    @Override
    public NDArray log(NDArray tensor) {
        return unary(JniUtils::log, tensor);
    }

    @Override
    public NDArray log1p(NDArray tensor) {
        return call("log1p", tensor(tensor));
    }

    @Override
    public NDArray sqrt(NDArray tensor) {
        return unary(JniUtils::sqrt, tensor);
    }

    @Override
    public NDArray tanh(NDArray tensor) {
        return unary(JniUtils::tanh, tensor);
    }

    @Override
    public NDArray sigmoid(NDArray tensor) {
        return unary(JniUtils::sigmoid, tensor);
    }

    /** Above 20 PyTorch gives x itself, from which the result differs there by less than float32 resolves. */
    @Override
    public NDArray softplus(NDArray tensor) {
        return unary(JniUtils::softPlus, tensor);
    }

    @Override
    public NDArray relu(NDArray tensor) {
        return unary(JniUtils::relu, tensor);
    }

    @Override
    public NDArray square(NDArray tensor) {
        return unary(JniUtils::square, tensor);
    }

    /** PyTorch takes no axes for all axes. */
    @Override
    public NDArray sum(NDArray tensor, int... axes) {
        return axes.length == 0 ? copy(tensor) : unary(operand -> JniUtils.sum(operand, longs(axes), false), tensor);
    }

    @Override
    public NDArray max(NDArray tensor, int... axes) {
        return axes.length == 0 ? copy(tensor) : call("max", tensor(tensor), IValue.listFrom(longs(axes)));
    }

    @Override
    public NDArray logSumExp(NDArray tensor, int axis) {
        return call("log_sum_exp", tensor(tensor), IValue.from((long) axis));
    }

    @Override
    public NDArray matmul(NDArray left, boolean transposeLeft, NDArray right, boolean transposeRight) {
        return binary(JniUtils::matmul, turned(left, transposeLeft), turned(right, transposeRight));
    }

    private NDArray turned(NDArray matrix, boolean turn) {
        return turn ? unary(operand -> JniUtils.transpose(operand, 0, 1), matrix) : matrix;
    }

    @Override
    public NDArray reshape(NDArray tensor, int... shape) {
        Shapes.requireFilled(Math.toIntExact(tensor.size()), shape);
        return view(operand -> JniUtils.reshape(operand, longs(shape)), tensor);
    }

    @Override
    public NDArray transpose(NDArray tensor, int... axes) {
        return view(operand -> JniUtils.permute(operand, longs(axes)), tensor);
    }

    @Override
    public NDArray broadcast(NDArray tensor, int... shape) {
        return view(operand -> JniUtils.broadcast(operand, new Shape(longs(shape))), tensor);
    }

    @Override
    public NDArray concatenate(List<NDArray> tensors, int axis) {
        PtNDArray[] parts = tensors.toArray(PtNDArray[]::new);
        return unary(first -> JniUtils.cat(parts, axis), parts[0]);
    }

    @Override
    public NDArray slice(NDArray tensor, int axis, int from, int to) {
        return view(operand -> JniUtils.slice(operand, axis, from, to, 1), tensor);
    }

    @Override
    public NDArray gather(NDArray tensor, int... rows) {
        return call("gather", tensor(tensor), IValue.listFrom(longs(rows)));
    }

    @Override
    public NDArray convolve(NDArray input, NDArray weight, Window window) {
        return call("convolve", tensor(input), tensor(weight), sizes(window));
    }

    /** What the convolution leaves over of its input is the padding of the transposed one's output. */
    @Override
    public NDArray convolveByInput(NDArray gradient, NDArray weight, Window window, int height, int width) {
        int[] positions = shape(gradient);
        long[] leftOver = longs(height - window.reach(positions[2]), width - window.reach(positions[3]));
        return call("convolve_by_input", tensor(gradient), tensor(weight), sizes(window), IValue.listFrom(leftOver));
    }

    @Override
    public NDArray convolveByWeight(NDArray input, NDArray gradient, Window window) {
        return call("convolve_by_weight", tensor(input), tensor(gradient), sizes(window));
    }

    private static IValue sizes(Window window) {
        return IValue.listFrom(longs(window.kernel(), window.stride(), window.padding()));
    }

    @Override
    public NDArray bernoulliLogDensity(NDArray values, NDArray logits) {
        return call("bernoulli_log_density", tensor(values), tensor(logits));
    }

    @Override
    public NDArray bernoulliByLogits(NDArray values, NDArray logits, NDArray gradient) {
        return call("bernoulli_by_logits", tensor(values), tensor(logits), tensor(gradient));
    }

    @Override
    public NDArray standardGaussianKl(NDArray mean, NDArray logVariance) {
        return call("standard_gaussian_kl", tensor(mean), tensor(logVariance));
    }

    @Override
    public NDArray reparameterize(NDArray mean, NDArray logVariance, NDArray noise) {
        return call("reparameterize", tensor(mean), tensor(logVariance), tensor(noise));
    }

    @Override
    public double length(List<NDArray> tensors) {
        try (IValue list = TorchScriptModule.list(tensors);
                IValue length = module.run("length", list)) {
            return length.toDouble();
        }
    }

    private NDArray unary(UnaryOperator<PtNDArray> function, NDArray tensor) {
        PtNDManager scope = innermost();
        return attached(function.apply((PtNDArray) tensor), scope);
    }

    private NDArray binary(BinaryOperator<PtNDArray> function, NDArray left, NDArray right) {
        PtNDManager scope = innermost();
        return attached(function.apply((PtNDArray) left, (PtNDArray) right), scope);
    }

    private NDArray view(UnaryOperator<PtNDArray> function, NDArray tensor) {
        return unary(function, tensor.getManager() == variables ? copy(tensor) : tensor);
    }

    private static NDArray attached(NDArray result, PtNDManager scope) {
        if (result.getManager() != scope) {
            result.attach(scope);
        }
        return result;
    }

    /** Calls a method of the module and closes the operands. */
    private NDArray call(String method, IValue... operands) {
        try (IValue result = module.run(method, operands)) {
            return result.toTensor(innermost());
        } finally {
            for (IValue operand : operands) {
                operand.close();
            }
        }
    }

    private static IValue tensor(NDArray tensor) {
        return IValue.from((PtNDArray) tensor);
    }
}
