package dev.vaelab.api.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes tensors as a safetensors file of dtype F32. */
final class SafetensorsWriter {
    private static final JsonFactory JSON = new JsonFactory();

    /** The values begin at a multiple of this many bytes, so that other programs can map them into memory. */
    private static final int ALIGNMENT = 8;

    private final Safetensors content;

    /** @throws IllegalArgumentException if a tensor has the name of the metadata */
    SafetensorsWriter(Safetensors content) {
        if (content.tensors().names().contains(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("no tensor can be named " + SafetensorsHeader.METADATA);
        }
        this.content = content;
    }

    void writeTo(OutputStream stream) throws IOException {
        byte[] header = header();
        stream.write(ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        stream.write(header);
        for (Tensor tensor : content.tensors().asMap().values()) {
            LittleEndianFloats.forEachChunk(tensor.values(), stream::write);
        }
    }

    private byte[] header() {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), json)) {
            generator.writeStartObject();
            if (!content.metadata().isEmpty()) {
                writeMetadata(generator);
            }
            long begin = 0;
            for (Map.Entry<String, Tensor> entry : content.tensors().asMap().entrySet()) {
                long end = begin + (long) entry.getValue().values().length * Float.BYTES;
                writeEntry(generator, entry.getKey(), entry.getValue(), begin, end);
                begin = end;
            }
            generator.writeEndObject();
        }
        byte[] header = json.toByteArray();
        int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] result = Arrays.copyOf(header, padded);
        Arrays.fill(result, header.length, padded, (byte) ' ');
        return result;
    }

    private void writeMetadata(JsonGenerator generator) {
        generator.writeObjectPropertyStart(SafetensorsHeader.METADATA);
        content.metadata().forEach(generator::writeStringProperty);
        generator.writeEndObject();
    }

    private static void writeEntry(JsonGenerator generator, String name, Tensor tensor, long begin, long end) {
        generator.writeObjectPropertyStart(name);
        generator.writeStringProperty("dtype", ElementType.F32.name());
        generator.writeArrayPropertyStart("shape");
        tensor.shape().forEach(generator::writeNumber);
        generator.writeEndArray();
        generator.writeArrayPropertyStart("data_offsets");
        generator.writeNumber(begin);
        generator.writeNumber(end);
        generator.writeEndArray();
        generator.writeEndObject();
    }
}
