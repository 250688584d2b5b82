package dev.vaelab.data;

/** What arrays of Java can hold. */
final class JavaArrays {
    /** The longest array that every JVM can make. */
    static final int LONGEST = Integer.MAX_VALUE - 8;

    private JavaArrays() {}
}
