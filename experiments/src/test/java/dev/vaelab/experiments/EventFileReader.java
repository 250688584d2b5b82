package dev.vaelab.experiments;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads event files of TensorBoard by what their format says, without the classes that wrote them: framing and checksum bit by
 * bit, messages field by field with the numbers of TensorFlow's event.proto and summary.proto. Refuses whatever does not fit.
 */
final class EventFileReader {
    private static final int CASTAGNOLI_REVERSED = 0x82f63b78;

    private EventFileReader() {}

    /**
     * A value of an event.
     *
     * @param step of its event
     * @param tag its name
     * @param scalar null unless it is one
     * @param picture likewise
     * @param histogram likewise
     */
    record Value(long step, String tag, Float scalar, Picture picture, Histogram histogram) {}

    /** A picture and what is said about it. */
    record Picture(int height, int width, int colours, byte[] png) {}

    /** A histogram. */
    record Histogram(
            double min,
            double max,
            double count,
            double sum,
            double sumOfSquares,
            List<Double> limits,
            List<Double> counts) {}

    /** The values of a file, whose first event has to be the version. */
    static List<Value> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Value> values = new ArrayList<>();
        readEvent(record(bytes), true, values);
        while (bytes.hasRemaining()) {
            readEvent(record(bytes), false, values);
        }
        return values;
    }

    private static CodedInputStream record(ByteBuffer bytes) throws IOException {
        byte[] length = new byte[Long.BYTES];
        bytes.get(length);
        require(bytes.getInt() == masked(checksum(length)), "checksum of a length");
        byte[] message = new byte
                [Math.toIntExact(
                        ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong())];
        bytes.get(message);
        require(bytes.getInt() == masked(checksum(message)), "checksum of a message");
        return CodedInputStream.newInstance(message);
    }

    private static int masked(int checksum) {
        return (checksum >>> 15 | checksum << 17) + 0xa282ead8;
    }

    /** CRC-32C, a bit at a time. */
    private static int checksum(byte[] bytes) {
        int remainder = ~0;
        for (byte next : bytes) {
            remainder ^= Byte.toUnsignedInt(next);
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                remainder = remainder >>> 1 ^ ((remainder & 1) == 0 ? 0 : CASTAGNOLI_REVERSED);
            }
        }
        return ~remainder;
    }

    private static void readEvent(CodedInputStream event, boolean first, List<Value> values) throws IOException {
        long step = 0;
        double time = 0;
        String version = null;
        CodedInputStream summary = null;
        while (!event.isAtEnd()) {
            int tag = event.readTag();
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> time = event.readDouble();
                case 2 -> step = event.readInt64();
                case 3 -> version = event.readStringRequireUtf8();
                case 5 -> summary = nested(event);
                default -> throw new IOException("an event has the field " + WireFormat.getTagFieldNumber(tag));
            }
        }
        require(time > 1.7e9, "time of an event");
        require(
                first ? "brain.Event:2".equals(version) && summary == null : version == null && summary != null,
                "order");
        while (!first && !summary.isAtEnd()) {
            require(WireFormat.getTagFieldNumber(summary.readTag()) == 1, "field of a summary");
            values.add(value(step, nested(summary)));
        }
    }

    private static Value value(long step, CodedInputStream value) throws IOException {
        String name = null;
        Float scalar = null;
        Picture picture = null;
        Histogram histogram = null;
        while (!value.isAtEnd()) {
            int tag = value.readTag();
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = value.readStringRequireUtf8();
                case 2 -> scalar = value.readFloat();
                case 4 -> picture = picture(nested(value));
                case 5 -> histogram = histogram(nested(value));
                default -> throw new IOException("a value has the field " + WireFormat.getTagFieldNumber(tag));
            }
        }
        return new Value(step, name, scalar, picture, histogram);
    }

    private static Picture picture(CodedInputStream picture) throws IOException {
        int height = 0;
        int width = 0;
        int colours = 0;
        byte[] png = {};
        while (!picture.isAtEnd()) {
            int tag = picture.readTag();
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> height = picture.readInt32();
                case 2 -> width = picture.readInt32();
                case 3 -> colours = picture.readInt32();
                case 4 -> png = picture.readByteArray();
                default -> throw new IOException("a picture has the field " + WireFormat.getTagFieldNumber(tag));
            }
        }
        return new Picture(height, width, colours, png);
    }

    private static Histogram histogram(CodedInputStream histogram) throws IOException {
        double[] figures = new double[6];
        List<Double> limits = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        while (!histogram.isAtEnd()) {
            int field = WireFormat.getTagFieldNumber(histogram.readTag());
            if (field >= 1 && field <= 5) {
                figures[field] = histogram.readDouble();
            } else {
                require(field == 6 || field == 7, "field of a histogram");
                addPacked(histogram, field == 6 ? limits : counts);
            }
        }
        return new Histogram(figures[1], figures[2], figures[3], figures[4], figures[5], limits, counts);
    }

    private static void addPacked(CodedInputStream message, List<Double> numbers) throws IOException {
        CodedInputStream packed = nested(message);
        while (!packed.isAtEnd()) {
            numbers.add(packed.readDouble());
        }
    }

    private static CodedInputStream nested(CodedInputStream message) throws IOException {
        return CodedInputStream.newInstance(message.readByteArray());
    }

    private static void require(boolean right, String what) throws IOException {
        if (!right) {
            throw new IOException("wrong " + what);
        }
    }
}
