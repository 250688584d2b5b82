package dev.vaelab.experiments.hostile;

import dev.vaelab.api.backend.Capability;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.ModelRequest;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.backend.reference.ReferenceBackend;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Computes as the reference does until one training step, and then does what no backend may do. */
public abstract class HostileBackend implements VaeBackend {
    /** How many steps go well: with five batches of an epoch, the first epoch. */
    public static final int GOOD_STEPS = 6;

    private final VaeBackend reference = new ReferenceBackend();
    private final String name;

    /** Gives it the name by which it is chosen. */
    protected HostileBackend(String name) {
        this.name = name;
    }

    /** What no backend may do. */
    protected abstract void misbehave() throws Exception;

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return "does harm";
    }

    @Override
    public final Set<Capability> capabilities() {
        return reference.capabilities();
    }

    @Override
    public final EngineDescription engine() {
        return reference.engine();
    }

    @Override
    public final VaeModel<?> create(ModelRequest request) {
        VaeModel<?> good = reference.create(request);
        AtomicInteger steps = new AtomicInteger();
        return (VaeModel<?>) Proxy.newProxyInstance(
                VaeModel.class.getClassLoader(), new Class<?>[] {VaeModel.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("step") && steps.incrementAndGet() > GOOD_STEPS) {
                        misbehave();
                    }
                    return method.invoke(good, arguments);
                });
    }
}
