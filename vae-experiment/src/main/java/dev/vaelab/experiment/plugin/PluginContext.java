package dev.vaelab.experiment.plugin;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.MatrixProduct;
import dev.vaelab.api.backend.ParameterUpdate;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.tensor.OperationScope;
import dev.vaelab.api.tensor.TensorOperations;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * In which the code of a plug-in is at work: the thread's context class loader is its own, and what does not fit is told as the fault
 * that it is.
 *
 * <p>Whatever implements the contract is wrapped, as are the engine, its operations and all else that it gives. The wrappers are
 * proxies: one that is written by hand would have to override each default method, and would take the place of an engine's own as
 * soon as one is forgotten. Tensors are not wrapped.
 *
 * @param what who is at work, for messages
 * @param loader of the plug-in
 */
record PluginContext(String what, ClassLoader loader) {
    /** What an engine gives that has code of its own. */
    private static final List<Class<?>> GIVEN = List.of(
            Engine.class,
            TensorOperations.class,
            OperationScope.class,
            Network.class,
            Network.Pass.class,
            ParameterUpdate.class,
            MatrixProduct.class);

    /** Does something in this context. */
    <R> R within(Supplier<R> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The same object, at work in this context only. */
    <C> C wrap(Class<C> contract, C target) {
        return contract.cast(proxy(target, contract));
    }

    private Object wrapGiven(Class<?> declared, Object result) {
        if (declared == Optional.class && result instanceof Optional<?> optional) {
            return optional.map(this::wrapGiven);
        }
        return GIVEN.contains(declared) && result != null ? wrapGiven(result) : result;
    }

    /** As all that it is: one class may well be an engine and its operations. */
    private Object wrapGiven(Object result) {
        Class<?>[] contracts =
                GIVEN.stream().filter(contract -> contract.isInstance(result)).toArray(Class<?>[]::new);
        return contracts.length == 0 ? result : proxy(result, contracts);
    }

    private Object proxy(Object target, Class<?>... contracts) {
        return Proxy.newProxyInstance(PluginContext.class.getClassLoader(), contracts, new Calls(target));
    }

    private final class Calls implements InvocationHandler {
        private final Object target;

        Calls(Object target) {
            this.target = target;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, method, arguments);
            }
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return wrapGiven(method.getReturnType(), method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
                throw told(e.getCause());
            } catch (AbstractMethodError e) {
                throw told(e);
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        private Object ofObject(Object proxy, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> target.toString();
            };
        }
    }

    private Throwable told(Throwable failure) {
        return PluginFault.atWork(what, failure)
                .<Throwable>map(message -> new RunFailedException(message, failure))
                .orElse(failure);
    }
}
