package ${package};

import dev.vaelab.api.tensor.OperationScope;
import java.util.Deque;

/** A stretch of work, inside those that are open. Its tensors end with it. */
final class Scope implements OperationScope {
    private final Deque<Scope> open;
    private boolean closed;

    Scope(Deque<Scope> open) {
        this.open = open;
        open.push(this);
    }

    /** A native engine frees the scope's tensors here. Ours leaves that to the garbage collector. */
    @Override
    public void close() {
        closed = true;
        open.remove(this);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the scope of this tensor is closed");
        }
    }
}
