package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The reader of IDX files")
class IdxReaderTest {
    @Test
    @DisplayName("refuses images that do not fit into the memory, before it takes any")
    void memory() {
        IdxReader reader = new IdxReader(source(IdxFolder.images(5, 2, 3)), IdxKind.IMAGES, 29);
        assertEquals(
                "file: found a header with sizes 5x2x3, expected at most 29 values, which is the memory of the program;"
                        + " give Java more memory with -Xmx",
                assertThrows(InvalidInputException.class, reader::read).getMessage());
        assertEquals(
                30,
                new IdxReader(source(IdxFolder.images(5, 2, 3)), IdxKind.IMAGES, 30)
                        .read()
                        .values()
                        .length);
    }

    @Test
    @DisplayName("closes the file whatever is in it")
    void closes() {
        for (byte[] content : new byte[][] {IdxFolder.labels(3), new byte[0], {0x1f, (byte) 0x8b, 0}}) {
            AtomicBoolean closed = new AtomicBoolean();
            IdxSource source = new IdxSource("file", "file", content.length, () -> new ByteArrayInputStream(content) {
                @Override
                public void close() {
                    closed.set(true);
                }
            });
            readOrRefuse(source);
            assertTrue(closed.get());
        }
    }

    @Test
    @DisplayName("gives nothing worse than an InvalidInputException, whichever bytes are damaged")
    void randomDamage() throws IOException {
        Random random = new Random(42);
        byte[] plain = IdxFolder.images(5, 2, 3);
        for (byte[] right : new byte[][] {plain, IdxFolder.gzip(plain)}) {
            for (int attempt = 0; attempt < 2000; attempt++) {
                byte[] damaged = Arrays.copyOf(right, 1 + random.nextInt(right.length + 2));
                int damages = random.nextInt(4);
                for (int damage = 0; damage < damages; damage++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                readOrRefuse(source(damaged));
            }
        }
    }

    private static void readOrRefuse(IdxSource source) {
        try {
            new IdxReader(source, IdxKind.IMAGES, 1_000_000).read();
        } catch (InvalidInputException e) {
            assertTrue(e.getMessage().startsWith("file: found "), e::getMessage);
        }
    }

    private static IdxSource source(byte[] content) {
        return new IdxSource("file", "file", content.length, () -> new ByteArrayInputStream(content));
    }
}
