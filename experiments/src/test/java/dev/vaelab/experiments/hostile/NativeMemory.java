package dev.vaelab.experiments.hostile;

import java.lang.reflect.Field;

/** Memory outside the Java heap, by way of a class that compilers warn of. */
final class NativeMemory {
    private final Class<?> type;
    private final Object unsafe;

    private NativeMemory(Class<?> type, Object unsafe) {
        this.type = type;
        this.unsafe = unsafe;
    }

    static NativeMemory open() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field instance = type.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        return new NativeMemory(type, instance.get(null));
    }

    /** Writes to an address, whatever is there. */
    void write(long address) throws ReflectiveOperationException {
        type.getMethod("putAddress", long.class, long.class).invoke(unsafe, address, 1L);
    }

    /** Takes so many bytes and uses each of them. */
    void fill(long bytes) throws ReflectiveOperationException {
        Object address = type.getMethod("allocateMemory", long.class).invoke(unsafe, bytes);
        type.getMethod("setMemory", long.class, long.class, byte.class).invoke(unsafe, address, bytes, (byte) 1);
    }
}
