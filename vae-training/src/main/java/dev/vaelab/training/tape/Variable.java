package dev.vaelab.training.tape;

/**
 * A tensor of a {@link Tape}: an engine's tensor, and what it was computed from.
 *
 * @param <T> the engine's tensor
 */
public final class Variable<T> {
    private final T value;
    private final Node<T> origin;
    private final int output;

    /** Output number {@code output} of a computation; without a computation, a constant. */
    Variable(T value, Node<T> origin, int output) {
        this.value = value;
        this.origin = origin;
        this.output = output;
    }

    /** The engine's tensor. */
    public T value() {
        return value;
    }

    /** The computation that made it; null for a constant. */
    Node<T> origin() {
        return origin;
    }

    /** Which of the computation's outputs it is. */
    int output() {
        return output;
    }

    /** Whether an objective can be differentiated by it. */
    boolean tracked() {
        return origin != null;
    }
}
