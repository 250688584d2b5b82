package dev.vaelab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.files.PathNames;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Names of pictures")
class PictureNamesTest {
    private static final Path PAGE = Path.of("../docs/datasets.md");

    private static final Pattern COMMAND =
            Pattern.compile("^ +(\\(export LC_ALL=C;.*?\\))$", Pattern.MULTILINE | Pattern.DOTALL);

    /** In the order of their bytes, escaped as in a URI: what shells, locales, Java or sha256sum take for something else. */
    private static final List<String> NAMES = List.of(
            "%09tab.png",
            "%0Afirst.png",
            "%20space.png",
            "%22quoted%22.png",
            "%24(x).png",
            "%2541.png",
            "*.png",
            "-check.png",
            "A.png",
            "b%0A0000000000000000000000000000000000000000000000000000000000000000%20%20c.png",
            "b%0Dc.png",
            "b%5Cc.PNG",
            "b%5Cnc.png",
            "cafe%CC%81.png",
            "caf%C3%A9.png",
            "caf%E8.png",
            "caf%E9.png",
            "%7F.png",
            "%83%5C.png",
            "%E3%82.png",
            "%E6%97%A5%E6%9C%AC.png",
            "%ED%A0%80.png",
            "%EF%BC%81.png",
            "%EF%BF%BD.png",
            "%F0%9F%98%80.png",
            "%FF.jpeg");

    @TempDir
    private Path path;

    @Test
    @DisplayName("are all kept, and in the order of their bytes, whatever they are")
    void everyName() throws IOException {
        putAll(path);
        Dataset dataset = open(path);
        List<Integer> training = shades(dataset.training());
        List<Integer> test = shades(dataset.test());
        assertEquals(NAMES.size(), training.size() + test.size());
        List<Integer> inOrder = IntStream.range(0, NAMES.size()).boxed().toList();
        assertEquals(inOrder.stream().filter(shade -> !test.contains(shade)).toList(), training);
        assertEquals(
                inOrder,
                Stream.of(training, test).flatMap(List::stream).sorted().toList());
    }

    @Test
    @DisplayName("go into the checksum as the documented command has it, whatever they are")
    void documentedCommand() throws IOException, InterruptedException {
        putAll(path);
        put(path, ".%E9.png", 0);
        put(path, ".%E9/x.png", 0);
        put(path, "x.png.txt", 0);
        assertEquals(documentedChecksum("."), open(path).checksums().get("pictures"));

        Path divided = Files.createDirectory(path.resolve("divided"));
        putAll(Files.createDirectories(divided.resolve("train/%E7")));
        for (String part : new String[] {"train/", "test/"}) {
            for (String name : new String[] {"%E8", "%E9", "%EF%BC%81", "%F0%9F%98%80", "a%5C%0A"}) {
                put(divided, part + name + "/x.png", 1);
            }
        }
        putAll(Files.createDirectories(
                PathNames.path("/").resolve(Path.of(URI.create(divided.toUri() + "train/%E8")))));
        path = divided;
        assertEquals(documentedChecksum("train test"), open(path).checksums().get("pictures"));
    }

    @Test
    @DisplayName("of classes are all kept, and numbered in the order of their bytes")
    void classes() throws IOException {
        List<String> classes =
                List.of("a", "%C3%A9", "%E7%8A%AC", "%E7%8C%AB", "%E8", "%E9", "%EF%BC%81", "%F0%9F%98%80");
        for (int label = 0; label < classes.size(); label++) {
            for (int picture = 0; picture < 4; picture++) {
                put(path, classes.get(label) + "/" + picture + ".png", label);
            }
        }
        Dataset dataset = open(path);
        for (LabelledImages images : List.of(dataset.training(), dataset.test())) {
            assertArrayEquals(
                    shades(images).stream().mapToInt(Integer::intValue).toArray(),
                    IntStream.range(0, images.count()).map(images::label).toArray());
        }
        assertEquals(32, dataset.training().count() + dataset.test().count());
    }

    @Test
    @DisplayName("give the same images, labels, order and checksum in a locale without UTF-8 as in one with it")
    void everyLocale() throws IOException {
        for (String part : new String[] {"train/", "test/"}) {
            for (String name :
                    new String[] {"%E7%8A%AC/", "%E7%8C%AB/", "%E8/", "%E9/", "%EF%BC%81/", "%F0%9F%98%80/"}) {
                for (int index = 0; index < NAMES.size(); index++) {
                    put(path, part + name + NAMES.get(index), index);
                }
            }
        }
        String here = DatasetProcess.describe("images", path.toString());
        assertEquals(
                2 * 6 * NAMES.size(),
                here.chars().filter(character -> character == ':').count());
        for (String locale : new String[] {"C", "C.UTF-8", "en_US.ISO-8859-1", "ja_JP.EUC-JP"}) {
            assertEquals(here, DatasetProcess.describe(List.of(), List.of(), Map.of("LC_ALL", locale), "images", path));
        }
    }

    @Test
    @DisplayName("are shown with the bytes that are no UTF-8, in every locale")
    void messages() throws IOException {
        for (String name : new String[] {"caf%E9.png", "%E7%8A%AC.png", "ok.png"}) {
            Files.write(file(path, name), new byte[0]);
        }
        String expected = Stream.of("caf\\xE9.png", "ok.png", "\u72ac.png")
                .map(name -> path + "/" + name
                        + ": found an empty file, expected a picture; copy the file again, or remove it")
                .reduce("", (lines, line) -> lines.isEmpty() ? line : lines + "\n" + line);
        for (String locale : new String[] {"C", "C.UTF-8"}) {
            assertEquals(
                    expected, DatasetProcess.describe(List.of(), List.of(), Map.of("LC_ALL", locale), "images", path));
        }
    }

    /** As many pictures as there are names, each with its place in the list as its shade. */
    private void putAll(Path folder) throws IOException {
        for (int shade = 0; shade < NAMES.size(); shade++) {
            put(folder, NAMES.get(shade), shade);
        }
    }

    private static void put(Path folder, String name, int shade) throws IOException {
        Path file = file(folder, name);
        Files.createDirectories(file.getParent());
        Files.write(file, Pictures.png(Pictures.grey(1, 1, shade)));
    }

    private static Path file(Path folder, String name) {
        assumeTrue(folder.getFileSystem().getSeparator().equals("/"), "names are no bytes here");
        return Path.of(URI.create(folder.toUri() + name));
    }

    private String documentedChecksum(String places) throws IOException, InterruptedException {
        Matcher command = COMMAND.matcher(Files.readString(PAGE));
        assertTrue(command.find(), "no command on the page");
        Process process = new ProcessBuilder(
                        "bash", "-c", command.group(1).replace("find -L . ", "find -L " + places + " "))
                .directory(path.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return output.substring(0, 64);
    }

    private static Dataset open(Path folder) {
        return new ImageFolderProvider()
                .open(new DatasetConfig("images", folder.toString(), null, null, 1, null, null, null));
    }

    private static List<Integer> shades(LabelledImages images) {
        float[] pixels = new float[images.shape().size()];
        return IntStream.range(0, images.count())
                .mapToObj(image -> {
                    images.copyPixels(image, pixels, 0);
                    return Math.round(pixels[0] * 255);
                })
                .toList();
    }
}
