package dev.vaelab.experiments;

import dev.vaelab.experiment.json.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code vae explore} as a person leaves it running in a terminal. */
final class Explorer implements AutoCloseable {
    private final Process process;
    private final Path errors;
    private final Map<?, ?> announced;

    private Explorer(Process process, Path errors, Map<?, ?> announced) {
        this.process = process;
        this.errors = errors;
        this.announced = announced;
    }

    /** Starts it on a free port, and waits until it says where it is. */
    static Explorer start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("explore", "--port", "0", "--json"));
        command.addAll(List.of(arguments));
        return start(Program.prepare(folder, command.toArray(String[]::new)));
    }

    /** Starts a command that is explore with {@code --json}, and waits until it says where it is. */
    static Explorer start(ProcessBuilder explore) throws IOException {
        Path errors = Files.createTempFile("errors", ".txt");
        Process process = explore.redirectError(errors.toFile()).start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null) {
            throw new AssertionError("explore ended: " + Files.readString(errors));
        }
        return new Explorer(process, errors, JsonText.read(line, Map.class));
    }

    /** What it printed. */
    Map<?, ?> announced() {
        return announced;
    }

    /** Its page, under the other of its two names. */
    URI page() {
        return URI.create(((String) announced.get("url")).replace("127.0.0.1", "localhost"));
    }

    /** Ends it as a person does; returns what it had to say for itself. */
    String end() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor();
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        end();
        Files.delete(errors);
    }
}
