package dev.vaelab.api.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A safetensors file that is not right")
class SafetensorsDamageTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("best.safetensors");
    }

    @Nested
    @DisplayName("as a file")
    class AsAFile {
        @Test
        @DisplayName("may be missing")
        void missing() {
            assertProblems("FILE: found no such file, expected a safetensors file that can be read");
        }

        @Test
        @DisplayName("may be a folder")
        void aFolder() throws IOException {
            Files.createDirectory(file);
            assertProblems("FILE: found a folder, expected a safetensors file");
        }

        @Test
        @DisplayName("may be too short for the length of a header")
        void tooShort() throws IOException {
            Files.write(file, new byte[7]);
            assertProblems("FILE: found 7 bytes, expected at least 8, which give the length of the header; the file is"
                    + " truncated, or not a safetensors file");
        }

        @Test
        @DisplayName("may promise an absurd header, as files of other formats do")
        void absurdHeader() throws IOException {
            Files.writeString(file, "pickle: no safetensors");
            assertProblems(
                    "FILE: found a header of 2322280074195462512 bytes, expected at most 100000000; this is not a"
                            + " safetensors file");
            Files.write(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
            assertProblems(
                    "FILE: found a header of 18446744073709551615 bytes, expected at most 100000000; this is not a"
                            + " safetensors file");
        }

        @Test
        @DisplayName("may be what torch.save writes, and is told how to become one")
        void torchSave() throws IOException {
            Files.writeString(file, "PK\u0003\u0004 this is a zip archive");
            assertProblems("FILE: found a zip archive, such as torch.save writes, expected a safetensors file;"
                    + " safetensors.torch.save_file(model.state_dict(), file) writes one");
        }

        @Test
        @DisplayName("may end within the header")
        void truncatedHeader() throws IOException {
            Files.write(
                    file,
                    ByteBuffer.allocate(20)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(13)
                            .array());
            assertProblems(
                    "FILE: found 20 bytes, expected at least 21 for a header of 13; the file is truncated, or not a"
                            + " safetensors file");
        }

        @Test
        @DisplayName("may end before its last value")
        void truncatedValues() throws IOException {
            write("{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", 7);
            assertProblems("FILE: found 7 bytes of values, expected 8 by its header; the file is truncated");
        }

        @Test
        @DisplayName("may go on behind its last value")
        void leftOver() throws IOException {
            write("{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", 9);
            assertProblems("FILE: found 9 bytes of values, expected 8 by its header; the file has bytes left over");
        }

        @Test
        @DisplayName("is refused wherever it is cut off")
        void everyPrefix() throws IOException {
            byte[] golden = SafetensorsFiles.golden("float32.safetensors");
            for (int length = 0; length < golden.length; length++) {
                Files.write(file, Arrays.copyOf(golden, length));
                assertThrows(InvalidInputException.class, () -> Safetensors.read(file));
            }
        }
    }

    @Nested
    @DisplayName("in its header")
    class InItsHeader {
        @Test
        @DisplayName("may not be UTF-8")
        void notUtf8() throws IOException {
            SafetensorsFiles.write(file, new byte[] {'{', '"', (byte) 0xff, '"', '}'}, 0);
            assertProblems("FILE: header: found bytes that are not UTF-8, expected JSON in UTF-8");
        }

        @Test
        @DisplayName("may not be JSON")
        void notJson() throws IOException {
            write("{'a':nonsense}", 0);
            assertProblems("FILE: header: found invalid JSON before character 13, expected a JSON object of tensors");
            write("{'a':{'dtype':'F32','shape':[2", 0);
            assertProblems("FILE: header: found invalid JSON before character 30, expected a JSON object of tensors");
            write("{} {", 0);
            assertProblems("FILE: header: found text after the JSON object, expected nothing but spaces");
        }

        @Test
        @DisplayName("may be made to exhaust a parser: by depth, by the length of a name, by the length of a number")
        void hostile() throws IOException {
            for (String json : List.of(
                    "{'a':" + "[".repeat(100_000),
                    "{'" + "a".repeat(100_000) + "':0}",
                    "{'a':{'shape':[" + "1".repeat(100_000) + "]}}")) {
                write(json, 0);
                assertTrue(refusal().startsWith(file + ": header: found invalid JSON before character "));
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {"[]", "3", "''", "null", "` `"})
        @DisplayName("may not be a JSON object")
        void notAnObject(String json) throws IOException {
            write(json, 0);
            assertProblems("FILE: header: found JSON that is not an object, expected a JSON object of tensors");
        }

        @Test
        @DisplayName("may have a name twice")
        void duplicates() throws IOException {
            write(
                    "{'a':{'dtype':'F32','shape':[],'data_offsets':[0,4]},"
                            + "'a':{'dtype':'F32','dtype':'F32','shape':[],'data_offsets':[0,4]},"
                            + "'__metadata__':{'k':'1','k':'2'}}",
                    4);
            assertProblems(
                    "FILE: header: found the name a twice, expected every name once",
                    "FILE: tensor a: found the name dtype twice, expected every name once",
                    "FILE: __metadata__: found the name k twice, expected every name once");
        }

        @Test
        @DisplayName("may have metadata that are not strings")
        void wrongMetadata() throws IOException {
            write("{'__metadata__':[1]}", 0);
            assertProblems("FILE: __metadata__: found JSON that is not an object, expected an object of strings");
            write("{'__metadata__':{'epoch':3,'deep':{'x':1}}}", 0);
            assertProblems(
                    "FILE: __metadata__: found a value of epoch that is not a string, expected an object of strings",
                    "FILE: __metadata__: found a value of deep that is not a string, expected an object of strings");
        }

        @Test
        @DisplayName("may say less about tensors than is needed: all of that at once")
        void incompleteTensors() throws IOException {
            write("{'a':7,'b':{},'c':{'dtype':['F32'],'shape':{'x':1},'data_offsets':[0,4,8]}}", 0);
            assertProblems(
                    "FILE: tensor a: found JSON that is not an object, expected dtype, shape and data_offsets",
                    "FILE: tensor b: found no valid dtype, expected a string such as \"F32\"",
                    "FILE: tensor b: found no valid shape, expected a list of whole numbers",
                    "FILE: tensor b: found no valid data_offsets, expected a list of two whole numbers",
                    "FILE: tensor c: found no valid dtype, expected a string such as \"F32\"",
                    "FILE: tensor c: found no valid shape, expected a list of whole numbers",
                    "FILE: tensor c: found no valid data_offsets, expected a list of two whole numbers");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {"[-1]", "[1.0]", "['1']", "[[1]]", "[null]", "[9223372036854775808]", "1"})
        @DisplayName("may have a shape that is not a list of whole numbers")
        void wrongShape(String shape) throws IOException {
            write("{'a':{'dtype':'F32','shape':" + shape + ",'data_offsets':[0,4]}}", 4);
            assertProblems("FILE: tensor a: found no valid shape, expected a list of whole numbers");
        }
    }

    @Nested
    @DisplayName("in its layout")
    class InItsLayout {
        @Test
        @DisplayName("may have values of other types: all such tensors are named at once")
        void unknownTypes() throws IOException {
            write(
                    "{'a':{'dtype':'I32','shape':[],'data_offsets':[0,4]},"
                            + "'b':{'dtype':'I64','shape':[],'data_offsets':[4,12]}}",
                    12);
            assertProblems(
                    "FILE: tensor a: found dtype I32, expected F32, F64, F16 or BF16",
                    "FILE: tensor b: found dtype I64, expected F32, F64, F16 or BF16");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "F32 | 0, 20 | 24",
                    "F64 | 0, 24 | 48",
                    "F16 | 0, 24 | 12",
                    "BF16 | 0, 13 | 12",
                    "F32 | 24, 0 | 24"
                })
        @DisplayName("may have a size that does not follow from the shape")
        void wrongSize(String dtype, String offsets, int expected) throws IOException {
            write("{'a':{'dtype':'" + dtype + "','shape':[2,3],'data_offsets':[" + offsets + "]}}", 24);
            assertProblems("FILE: tensor a: found data_offsets [" + offsets + "], expected " + expected + " bytes for "
                    + dtype + " of shape [2, 3]");
        }

        @Test
        @DisplayName("may have a count of batches that is not as long as its shape says")
        void wrongSizeOfCount() throws IOException {
            write("{'num_batches_tracked':{'dtype':'I64','shape':[],'data_offsets':[0,4]}}", 4);
            assertProblems(
                    "FILE: tensor num_batches_tracked: found data_offsets [0, 4], expected 8 bytes for I64 of shape"
                            + " []");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "2147483640",
                    "65536, 65536",
                    "4294967296, 4294967296, 16",
                    "9223372036854775807, 9223372036854775807",
                    "0, 9223372036854775807"
                })
        @DisplayName("may have a shape that no array can hold")
        void hugeShape(String shape) throws IOException {
            write("{'a':{'dtype':'F32','shape':[" + shape + "],'data_offsets':[0,4]}}", 4);
            assertProblems("FILE: tensor a: found shape [" + shape + "], expected at most 2147483639 values");
        }

        @Test
        @DisplayName("may have tensors that overlap")
        void overlap() throws IOException {
            write(
                    "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
                            + "'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}",
                    12);
            assertProblems(
                    "FILE: tensor b: found data_offsets [4, 12], expected a begin at 8, where the values before it end");
        }

        @Test
        @DisplayName("may have gaps")
        void gap() throws IOException {
            write(
                    "{'a':{'dtype':'F32','shape':[2],'data_offsets':[4,12]},"
                            + "'b':{'dtype':'F32','shape':[],'data_offsets':[16,20]}}",
                    20);
            assertProblems(
                    "FILE: tensor a: found data_offsets [4, 12], expected a begin at 0, where the values before it end",
                    "FILE: tensor b: found data_offsets [16, 20], expected a begin at 12, where the values before it end");
        }

        @Test
        @DisplayName("may have offsets beyond the end of any file")
        void hugeOffsets() throws IOException {
            write("{'a':{'dtype':'F32','shape':[1],'data_offsets':[9223372036854775803,9223372036854775807]}}", 4);
            assertProblems(
                    "FILE: tensor a: found data_offsets [9223372036854775803, 9223372036854775807], expected a begin at 0,"
                            + " where the values before it end",
                    "FILE: found 4 bytes of values, expected 9223372036854775807 by its header; the file is truncated");
        }
    }

    @Test
    @DisplayName("gives nothing worse than an InvalidInputException, whichever bytes are damaged")
    void randomDamage() throws IOException {
        Random random = new Random(42);
        for (String name : new String[] {"float32.safetensors", "types.safetensors"}) {
            byte[] golden = SafetensorsFiles.golden(name);
            for (int attempt = 0; attempt < 3000; attempt++) {
                byte[] damaged = golden.clone();
                int damages = 1 + random.nextInt(4);
                for (int damage = 0; damage < damages; damage++) {
                    // Printable characters get deeper into the parser than random bytes do.
                    byte value = (byte) (random.nextBoolean() ? random.nextInt(256) : ' ' + random.nextInt(95));
                    damaged[random.nextInt(damaged.length)] = value;
                }
                Files.write(file, damaged);
                readOrRefuse();
            }
        }
    }

    private void readOrRefuse() {
        try {
            Safetensors.read(file);
        } catch (InvalidInputException e) {
            assertTrue(e.getMessage().startsWith(file.toString()), e::getMessage);
        }
    }

    /** Single quotes stand for double ones. */
    private void write(String header, int dataBytes) throws IOException {
        SafetensorsFiles.write(file, header.replace('\'', '"'), dataBytes);
    }

    private void assertProblems(String... expected) {
        assertEquals(String.join(System.lineSeparator(), expected).replace("FILE", file.toString()), refusal());
    }

    private String refusal() {
        return assertThrows(InvalidInputException.class, () -> Safetensors.read(file))
                .getMessage();
    }
}
