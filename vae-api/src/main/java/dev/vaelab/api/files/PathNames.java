package dev.vaelab.api.files;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names of files in every locale.
 *
 * <p>A name on Linux is a row of bytes. {@link Path} keeps them, but {@link Path#toString()} decodes them by the encoding of
 * the locale in which the JVM was started and puts U+FFFD in the place of what it does not know: with {@code LC_ALL=C} two
 * names of equally many bytes become one text. {@link Path#of(String, String...)} cannot name such a file either. What this
 * class does depends on the bytes alone. They are reached through {@link Path#toUri()}, which escapes each byte for itself.
 */
public final class PathNames {
    private static final boolean BYTES = FileSystems.getDefault().getSeparator().equals("/");

    private static final HexFormat HEXADECIMAL = HexFormat.of().withUpperCase();

    private PathNames() {}

    /** The bytes of a path as the system has them, or in UTF-8 on a system whose names are text; slashes between names. */
    public static byte[] bytes(Path path) {
        if (!isOfBytes(path)) {
            String separator = path.getFileSystem().getSeparator();
            return path.toString().replace(separator, "/").getBytes(StandardCharsets.UTF_8);
        }
        Path root = path.getFileSystem().getPath("/");
        byte[] absolute = unescaped(root.resolve(path).toUri().getRawPath());
        // A folder's URI ends with a slash, which the path does not have.
        int end = absolute.length > 1 && absolute[absolute.length - 1] == '/' ? absolute.length - 1 : absolute.length;
        return Arrays.copyOfRange(absolute, path.isAbsolute() ? 0 : 1, end);
    }

    /** A path for people: its bytes as UTF-8, and {@code \xE9} for a byte that is none. */
    public static String text(Path path) {
        return isOfBytes(path) ? text(bytes(path)) : path.toString();
    }

    /** Bytes of a name for people: as UTF-8, and {@code \xE9} for a byte that is none. */
    public static String text(byte[] name) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(name);
        CharBuffer characters = CharBuffer.allocate(name.length);
        StringBuilder text = new StringBuilder();
        while (true) {
            CoderResult result = decoder.decode(bytes, characters, true);
            text.append(characters.flip());
            characters.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int count = 0; count < result.length(); count++) {
                text.append("\\x").append(HEXADECIMAL.toHexDigits(bytes.get()));
            }
            decoder.reset();
        }
    }

    /**
     * The path that a text names, such as one in an experiment file: its bytes are the text in UTF-8, whatever the locale.
     * Where the locale has another encoding and there is no such file, but one named in that encoding, it is that one.
     *
     * @throws InvalidPathException if no file can have such a name, because of a null character or half a surrogate pair
     */
    public static Path path(String text) {
        if (!BYTES || text.chars().allMatch(character -> character < 0x80)) {
            return Path.of(text);
        }
        Path absolute = Path.of(uri(text));
        Path named = text.startsWith("/") ? absolute : absolute.subpath(0, absolute.getNameCount());
        Charset locale = localeEncoding();
        return locale.equals(StandardCharsets.UTF_8)
                        || Files.exists(named)
                        || !locale.newEncoder().canEncode(text)
                        || !Files.exists(Path.of(text))
                ? named
                : Path.of(text);
    }

    /** The encoding in which the JVM decodes arguments, the environment and paths, which the locale decided about. */
    public static Charset localeEncoding() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    private static boolean isOfBytes(Path path) {
        return BYTES && path.getFileSystem() == FileSystems.getDefault();
    }

    private static URI uri(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidPathException(text, "Nul character not allowed");
        }
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new InvalidPathException(text, "half a surrogate pair");
        }
        StringBuilder escaped = new StringBuilder("file:///");
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next != '/') {
                escaped.append('%').append(HEXADECIMAL.toHexDigits(next));
            } else if (escaped.charAt(escaped.length() - 1) != '/') {
                escaped.append('/');
            }
        }
        return URI.create(escaped.toString());
    }

    private static byte[] unescaped(String escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
        for (int index = 0; index < escaped.length(); index++) {
            if (escaped.charAt(index) == '%') {
                bytes.write(HexFormat.fromHexDigits(escaped, index + 1, index + 3));
                index += 2;
            } else {
                bytes.write(escaped.charAt(index));
            }
        }
        return bytes.toByteArray();
    }
}
