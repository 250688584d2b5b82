package dev.vaelab.api.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The name of a file")
class PathNamesTest {
    private static final List<String> NAMES = List.of(
            "plain.png",
            "caf\u00e9",
            "\u72ac\u732b",
            "\ud83d\ude00",
            "\uff01",
            "100% \"sure\" #1?",
            "back\\slash",
            "two\nlines",
            "\ufffd");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("is its bytes, for names of every kind, relative or absolute, of a file or of a folder")
    void bytes() throws IOException {
        for (String name : NAMES) {
            Path relative = PathNames.path(name);
            assertArrayEquals(utf8(name), PathNames.bytes(relative));
            assertEquals(name, PathNames.text(relative));
            Path inside = PathNames.path("a/" + name + "/b");
            assertEquals(3, inside.getNameCount());
            assertArrayEquals(utf8("a/" + name + "/b"), PathNames.bytes(inside));
            Path absolute = folder.resolve(relative);
            assertArrayEquals(utf8(PathNames.text(folder) + "/" + name), PathNames.bytes(absolute));
            assertEquals(absolute, PathNames.path(PathNames.text(absolute)));
            Files.createDirectory(absolute);
            assertArrayEquals(utf8(PathNames.text(folder) + "/" + name), PathNames.bytes(absolute));
        }
        assertArrayEquals(new byte[] {'/'}, PathNames.bytes(Path.of("/")));
        assertArrayEquals(new byte[0], PathNames.bytes(Path.of("")));
        assertArrayEquals(utf8("usr"), PathNames.bytes(Path.of("usr")));
    }

    @Test
    @DisplayName("that is no UTF-8 is kept, differs from every other one, and is shown with the bytes that are none")
    void noUtf8() throws IOException {
        Map<String, Path> shown = new TreeMap<>();
        for (int unit = 0x80; unit < 0x100; unit++) {
            Path file = Path.of(URI.create(folder.toUri() + "a%" + Integer.toHexString(unit) + "b"));
            try {
                Files.write(file, new byte[] {1});
            } catch (IOException e) {
                assumeTrue(false, "the file system has names in UTF-8 only");
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                byte[] name = PathNames.bytes(file.getFileName());
                assertEquals(3, name.length);
                assertEquals("a\\x%02Xb".formatted(name[1]), PathNames.text(file.getFileName()));
                shown.put(PathNames.text(file), file);
            });
        }
        assertEquals(128, shown.size());
        assertEquals(
                "\u00e9\\xE2\\x82z\\xFF",
                PathNames.text(new byte[] {(byte) 0xc3, (byte) 0xa9, (byte) 0xe2, (byte) 0x82, 'z', (byte) 0xff}));
    }

    @Test
    @DisplayName("in a text may have slashes as a path has them")
    void slashes() {
        assertEquals(Path.of("/a/b"), PathNames.path("//a//b/"));
        assertEquals(PathNames.path("\u00e9/b"), PathNames.path("\u00e9//b/"));
        assertEquals(PathNames.path("/\u00e9/b"), PathNames.path("//\u00e9//b/"));
        assertTrue(PathNames.path("/\u00e9").isAbsolute());
        assertEquals(Path.of("../x"), PathNames.path("../\u00e9/../x").normalize());
    }

    @Test
    @DisplayName("may not have a null character or half of a surrogate pair")
    void impossible() {
        assertThrows(InvalidPathException.class, () -> PathNames.path("a\0b"));
        assertThrows(InvalidPathException.class, () -> PathNames.path("\u00e9\0b"));
        assertThrows(InvalidPathException.class, () -> PathNames.path("\ud83d"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
