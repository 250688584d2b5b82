package dev.vaelab.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Python of this machine, if it has PyTorch, and numbers that go to it and come from it. */
final class PythonWithTorch {
    private static final int SECONDS = 120;

    /** What people install; a machine without it has PyTorch all the same. */
    private static final String SAFETENSORS = """
            import json
            import torch


            def load_file(path):
                with open(path, "rb") as file:
                    content = bytearray(file.read())
                start = 8 + int.from_bytes(content[:8], "little")
                tensors = {}
                for name, entry in json.loads(content[8:start]).items():
                    if name != "__metadata__":
                        begin, end = entry["data_offsets"]
                        flat = torch.frombuffer(content[start + begin : start + end], dtype=torch.float32)
                        tensors[name] = flat.clone().reshape(entry["shape"])
                return tensors
            """;

    /** For scripts: tensors as files of floats. */
    static final String TENSORS = """
            import array

            import torch

            torch.set_num_threads(1)


            def read(name, *shape):
                values = array.array("f")
                with open(name, "rb") as file:
                    values.frombytes(file.read())
                return torch.tensor(list(values)).reshape(shape)


            def write(name, tensor):
                with open(name, "wb") as file:
                    array.array("f", tensor.detach().flatten().tolist()).tofile(file)


            """;

    private final String interpreter;
    private final Path modules;

    private PythonWithTorch(String interpreter, Path modules) {
        this.interpreter = interpreter;
        this.modules = modules;
    }

    /**
     * Looks for it; without it, the test is skipped.
     *
     * @param folder takes what it lacks
     */
    static PythonWithTorch require(Path folder) throws IOException, InterruptedException {
        for (String entry : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path python = Path.of(entry, "python3");
            if (Files.isExecutable(python) && has(python.toString(), "torch")) {
                if (!has(python.toString(), "safetensors")) {
                    Path module = Files.createDirectories(folder.resolve("safetensors"));
                    Files.writeString(module.resolve("__init__.py"), "");
                    Files.writeString(module.resolve("torch.py"), SAFETENSORS);
                }
                return new PythonWithTorch(python.toString(), folder);
            }
        }
        assumeTrue(false, "no python3 of the PATH has PyTorch");
        throw new IllegalStateException("skipped");
    }

    /** Whether a module can be imported there. */
    boolean has(String module) throws IOException, InterruptedException {
        return has(interpreter, module);
    }

    private static boolean has(String interpreter, String module) throws IOException, InterruptedException {
        String question = "import importlib.util, sys; sys.exit(importlib.util.find_spec('" + module + "') is None)";
        Process process = new ProcessBuilder(interpreter, "-c", question)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Runs a script to its end in a folder. */
    void run(Path folder, String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script.py"), script);
        Path log = folder.resolve("python.txt");
        ProcessBuilder builder = new ProcessBuilder(interpreter, file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PYTHONPATH", modules.toString());
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "Python is still at it");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(log));
    }

    static void write(Path file, float... values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        Files.write(file, bytes.array());
    }

    static float[] read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** As a list of Python. */
    static String list(int... values) {
        return Arrays.toString(values);
    }

    /** As a tuple of Python's arguments. */
    static String arguments(List<?> values) {
        String list = values.toString();
        return list.substring(1, list.length() - 1);
    }
}
