package dev.vaelab.export.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What Python's pickle module writes, of protocol 2, as far as the archives of PyTorch have it: a program for a machine with a stack.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">pickletools</a>, which says what each byte does
 */
final class Pickle {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The empty program. */
    Pickle() {
        bytes.write(0x80);
        bytes.write(2);
    }

    /** Pushes an instance of a class, whose attributes follow until {@link #endObject}. */
    Pickle object(String module, String name) {
        return global(module, name).emptyTuple().operation(0x81).operation('}').mark();
    }

    /** Gives the instance the attributes that were pushed, a text and a value for each. */
    Pickle endObject() {
        return operation('u').operation('b');
    }

    /** Pushes a class or a function. */
    Pickle global(String module, String name) {
        bytes.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Pushes a text. */
    Pickle text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes.write('X');
        whole(encoded.length);
        bytes.writeBytes(encoded);
        return this;
    }

    /** Pushes a whole number. */
    Pickle number(int number) {
        bytes.write('J');
        whole(number);
        return this;
    }

    /** Pushes a truth value. */
    Pickle truth(boolean value) {
        return operation(value ? 0x88 : 0x89);
    }

    /** Begins a tuple. */
    Pickle mark() {
        return operation('(');
    }

    /** Pushes the tuple of what was pushed since the last {@link #mark}. */
    Pickle tuple() {
        return operation('t');
    }

    /** Pushes the tuple of nothing. */
    Pickle emptyTuple() {
        return operation(')');
    }

    /** Replaces a tuple by the object outside the pickle that it names. */
    Pickle persistent() {
        return operation('Q');
    }

    /** Replaces a function and a tuple by what the function makes of it. */
    Pickle call() {
        return operation('R');
    }

    /** The program, which ends with what is on the stack. */
    byte[] end() {
        operation('.');
        return bytes.toByteArray();
    }

    private Pickle operation(int code) {
        bytes.write(code);
        return this;
    }

    private void whole(int number) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
    }
}
