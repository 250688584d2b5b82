package dev.vaelab.experiment.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file that HotSpot writes when native code brings a Java machine down, in a phrase. */
final class CrashReport {
    private static final Pattern SIGNAL = Pattern.compile("#  (SIG[A-Z]+|Internal Error) .*");
    private static final String BEFORE_FRAME = "# Problematic frame:";
    private static final String OUT_OF_MEMORY = "# There is insufficient memory";

    private final Path file;
    private final List<String> lines;

    private CrashReport(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** What the report says and where it is; empty if there is none. */
    static Optional<String> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CrashReport(file, Files.readAllLines(file, StandardCharsets.ISO_8859_1)).phrase());
        } catch (IOException e) {
            return Optional.of("the Java machine crashed; its report " + file + " cannot be read");
        }
    }

    private String phrase() {
        String what = lines.stream().anyMatch(line -> line.startsWith(OUT_OF_MEMORY))
                ? "the Java machine ran out of native memory"
                : "native code crashed the Java machine" + signal() + frame();
        return what + "; its report is " + file;
    }

    private String signal() {
        return lines.stream()
                .map(SIGNAL::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> " (" + matcher.group(1) + ")")
                .findFirst()
                .orElse("");
    }

    /** For example {@code # C  [libengine.so+0x1a2b]  multiply+0x1f}: the kind of frame, library and function. */
    private String frame() {
        int before = lines.indexOf(BEFORE_FRAME);
        return before < 0 || before + 1 == lines.size()
                ? ""
                : " in "
                        + lines.get(before + 1)
                                .replaceFirst("^#\\s+\\S+\\s+", "")
                                .replaceAll("\\s+", " ");
    }
}
