package dev.vaelab.experiment.process;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The beginning of a stream: it ends after a number of bytes, and then knows whether there was more. */
final class BoundedStream extends FilterInputStream {
    private long left;
    private volatile boolean overrun;

    BoundedStream(InputStream stream, long mostBytes) {
        super(stream);
        this.left = mostBytes;
    }

    /** Whether the stream went on behind the last byte that may be read. */
    boolean overrun() {
        return overrun;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && length > 0) {
            overrun = overrun || super.read() >= 0;
            return -1;
        }
        int count = super.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }
}
