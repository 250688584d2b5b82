package dev.vaelab.backend.djl;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.vaelab.api.tensor.OperationScope;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The open scopes of an engine, each with a manager below that of the scope around it.
 *
 * <p>PyTorch decides for each thread whether operations are recorded for gradients. In a scope they are not; when it closes, its
 * thread is as it was.
 */
final class OpenScopes {
    private final NDManager engine;
    private final Deque<Scope> open = new ArrayDeque<>();

    /** Scopes below an engine's manager. */
    OpenScopes(NDManager engine) {
        this.engine = engine;
    }

    /** Opens one inside the innermost. */
    OperationScope open() {
        open.push(new Scope((open.isEmpty() ? engine : open.peek().manager).newSubManager()));
        return open.peek();
    }

    /**
     * The manager of the innermost scope.
     *
     * @throws IllegalStateException if none is open
     */
    PtNDManager innermost() {
        if (open.isEmpty()) {
            throw new IllegalStateException("operations need an open scope");
        }
        return (PtNDManager) open.peek().manager;
    }

    private final class Scope implements OperationScope {
        private final NDManager manager;
        private final boolean recordedBefore = JniUtils.isGradMode();

        Scope(NDManager manager) {
            this.manager = manager;
            JniUtils.setGradMode(false);
            // The optimizing executor replaces a script's operations after its first calls, so that equal steps could
            // differ.
            JniUtils.setGraphExecutorOptimize(false);
        }

        /** Closes those inside it as well. */
        @Override
        public void close() {
            if (open.contains(this)) {
                while (open.peek() != this) {
                    open.peek().close();
                }
                open.pop();
                JniUtils.setGradMode(recordedBefore);
                manager.close();
            }
        }
    }
}
