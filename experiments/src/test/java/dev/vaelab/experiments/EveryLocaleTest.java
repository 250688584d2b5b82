package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.files.PathNames;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiments.Program.Outcome;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("In whichever locale the program starts")
final class EveryLocaleTest {
    private static final String EXPERIMENT = """
            name: NAME
            backend: djl
            dataset: {name: images, path: NAME, validation: 3}
            model: {latent: 2, channels: [2], hidden: 4}
            training: {epochs: 1, batchSize: 16}
            """;

    private static final String SIGNS = "\u65e5\u672c\u8a9e\u72ac\u732b\u9b5a\u9ce5\u6728\u5c71\u5ddd\u6d77\u7a7a";

    /** What {@code printf} of a shell makes two bytes of, which are a letter in UTF-8. */
    private static final String ACUTE = "\\303\\251";

    private final Random random = new Random(3);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dl4j", "djl", "reference"})
    @DisplayName("pictures with Chinese names are all trained and tested on, with the same figures and checksum")
    void names(String backend) throws Exception {
        List<String> names = new ArrayList<>();
        for (String name : new String[] {"\u72ac", "\u732b"}) {
            for (int picture = 0; picture < 40; picture++) {
                String sign = SIGNS.charAt(picture % 12) + SIGNS.substring(picture / 12, picture / 12 + 1);
                names.add("train/" + name + "/" + sign + ".png");
                if (picture < 20) {
                    names.add("test/" + name + "/" + sign + ".png");
                }
            }
        }
        String checksum = draw("names", names);
        Map<String, Object> here = train("names", backend, "C.UTF-8", checksum);
        assertEquals(here, train("names", backend, "C", checksum));
    }

    @ParameterizedTest
    @CsvSource({"dl4j, C.UTF-8", "djl, C", "reference, C.UTF-8", "reference, C"})
    @DisplayName("the checksum of pictures with an emoji and a fullwidth character as names is that of sha256sum")
    void emoji(String backend, String locale) throws Exception {
        List<String> names = new ArrayList<>(List.of("\uff01.png", "\ud83d\ude00.png"));
        for (char letter = 'a'; letter <= 'h'; letter++) {
            names.add(letter + ".png");
        }
        train("emoji", backend, locale, draw("emoji", names));
    }

    @Test
    @DisplayName("C, without UTF-8, a name among the arguments that it does not know is an error that says so")
    void argument() throws Exception {
        for (String arguments : new String[] {
            "validate \"$(printf 'caf" + ACUTE + ".json')\"",
            "train x.json --out \"$(printf 'caf" + ACUTE + "')\"",
            "runs \"$(printf 'caf" + ACUTE + "')\""
        }) {
            Outcome outcome = shell(folder, "C", arguments);
            assertEquals(2, outcome.exitCode());
            assertEquals("", outcome.output());
            assertTrue(outcome.errors().startsWith("error: argument "), outcome.errors());
            assertTrue(
                    outcome.errors()
                            .endsWith(
                                    "with bytes that the encoding of the locale (US-ASCII) does not know, expected text in"
                                            + " the encoding of the locale; start the program in a locale with UTF-8,"
                                            + " LC_ALL=C.UTF-8 for example (locale -a lists those that there are)"),
                    outcome.errors());
        }
    }

    @Test
    @DisplayName("C, without UTF-8, a working folder whose name it does not know is an error, and help is none")
    void workingFolder() throws Exception {
        Path accented = Files.createDirectory(folder.resolve(PathNames.path("caf\u00e9")));
        Files.createDirectory(accented.resolve("runs"));
        Outcome outcome = shell(folder, "C", "runs", "cd \"$(printf 'caf" + ACUTE + "')\"; ");
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.errors().startsWith("error: the working folder: found "), outcome.errors());
        assertTrue(outcome.errors().contains("LC_ALL=C.UTF-8"), outcome.errors());
        assertEquals(
                0,
                shell(folder, "C", "--version", "cd \"$(printf 'caf" + ACUTE + "')\"; ")
                        .exitCode());
        assertEquals(
                0,
                shell(folder, "C.UTF-8", "runs", "cd \"$(printf 'caf" + ACUTE + "')\"; ")
                        .exitCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    @DisplayName("names in the encoding of another one are errors that say so, and leave nothing behind")
    void noUtf8(String locale) throws Exception {
        draw("emoji", List.of("a.png", "b.png", "c.png", "d.png", "e.png"));
        Files.writeString(folder.resolve("emoji.yaml"), EXPERIMENT.replace("NAME", "emoji"));
        for (String arguments : new String[] {
            "train emoji.yaml --out \"$(printf 'caf\\351')\"", "train \"$(printf 'caf\\351')\"",
        }) {
            Outcome outcome = shell(folder, locale, arguments);
            assertEquals(2, outcome.exitCode(), outcome.errors());
            assertTrue(outcome.errors().startsWith("error: argument "), outcome.errors());
        }
        Outcome outcome =
                shell(folder, locale, "train emoji.yaml --out run", "export DJL_CACHE_DIR=\"$(printf 'caf\\351')\"; ");
        assertEquals(2, outcome.exitCode(), outcome.errors());
        assertTrue(outcome.errors().contains("DJL_CACHE_DIR: found caf?, with bytes that "), outcome.errors());
        try (var entries = Files.list(folder)) {
            assertTrue(entries.noneMatch(
                    entry -> PathNames.text(entry.getFileName()).startsWith("caf")));
        }
    }

    @Test
    @DisplayName("paths inside of experiment files are in UTF-8")
    void pathsInFiles() throws Exception {
        String name = "\u57fa\u672c";
        draw(name, List.of("a.png", "b.png", "c.png", "d.png", "e.png"));
        Files.writeString(
                folder.resolve(PathNames.path(name + ".yaml")),
                EXPERIMENT.replace("NAME", name).replace("name: " + name, "name: b"));
        Files.writeString(
                folder.resolve("own.json"), "{\"extends\": \"" + name + ".yaml\", \"backend\": \"reference\"}");
        for (String locale : new String[] {"C", "C.UTF-8"}) {
            Outcome outcome = shell(folder, locale, "train own.json --quiet --out " + locale);
            assertEquals(0, outcome.exitCode(), outcome.errors());
        }
    }

    private Map<String, Object> train(String name, String backend, String locale, String checksum) throws Exception {
        Files.writeString(folder.resolve(name + ".yaml"), EXPERIMENT.replace("NAME", name));
        String run = backend + "-" + locale;
        Outcome outcome =
                shell(folder, locale, "train " + name + ".yaml --quiet --backend " + backend + " --out " + run);
        assertEquals(0, outcome.exitCode(), outcome.errors());
        Map<?, ?> provenance =
                JsonText.read(Files.readString(folder.resolve(run).resolve("provenance.json")), Map.class);
        assertEquals(Map.of("pictures", checksum), provenance.get("dataChecksums"));
        @SuppressWarnings("unchecked")
        Map<String, Object> result =
                JsonText.read(Files.readString(folder.resolve(run).resolve("result.json")), Map.class);
        return result;
    }

    /** Draws pictures, and gives the checksum of what sha256sum prints of them in the order of the bytes of their names. */
    private String draw(String place, List<String> names) throws IOException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        StringBuilder lines = new StringBuilder();
        Comparator<byte[]> bytes = Arrays::compareUnsigned;
        for (String name : names.stream()
                .sorted(Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), bytes))
                .toList()) {
            BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster()
                    .setSamples(0, 0, 16, 16, 0, random.ints(256, 0, 256).toArray());
            Path file = folder.resolve(PathNames.path(place + "/" + name));
            Files.createDirectories(file.getParent());
            try (var stream = Files.newOutputStream(file)) {
                ImageIO.write(picture, "png", stream);
            }
            lines.append(HexFormat.of().formatHex(sha256.digest(Files.readAllBytes(file))))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
        return HexFormat.of().formatHex(sha256.digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static Outcome shell(Path folder, String locale, String arguments) throws Exception {
        return shell(folder, locale, arguments, "");
    }

    /** Without the launcher, by way of a shell: arguments of the bytes that its printf makes. */
    private static Outcome shell(Path folder, String locale, String arguments, String before) throws Exception {
        ProcessBuilder program = Program.prepare(folder);
        List<String> command = new ArrayList<>(List.of("sh", "-c", before + "exec \"$@\" " + arguments, "sh"));
        command.addAll(program.command());
        program.command(command).environment().put("LC_ALL", locale);
        return Program.await(program);
    }
}
