package dev.vaelab.report.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;

/**
 * A message in the framing of TensorFlow's record files: its length as a 64-bit number, a checksum of that, the message, a
 * checksum of that; little-endian. A record that a crash has cut off is told by its length, and readers leave it out.
 */
final class EventRecord {
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final int MASK_ROTATION = 15;
    private static final int MASK_OFFSET = 0xa282ead8;

    private EventRecord() {}

    /** The bytes of a record. */
    static byte[] of(Event event) {
        byte[] message = event.toByteArray();
        ByteBuffer record = ByteBuffer.allocate(LENGTH_BYTES + message.length + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(message.length);
        record.putInt(maskedChecksum(record.array(), LENGTH_BYTES));
        record.put(message);
        record.putInt(maskedChecksum(message, message.length));
        return record.array();
    }

    /** Masked, since a checksum of data that holds its own checksum would be weak. */
    private static int maskedChecksum(byte[] bytes, int count) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, count);
        return Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK_OFFSET;
    }
}
