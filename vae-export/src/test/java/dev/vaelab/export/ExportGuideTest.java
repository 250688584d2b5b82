package dev.vaelab.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.export.ExportedModelsTest.Case;
import dev.vaelab.export.TrainedModels.Results;
import dev.vaelab.export.TrainedModels.Trained;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/export.md")
final class ExportGuideTest {
    private static final Pattern PROGRAM = Pattern.compile("(?m)(?:^    .*\n)+");
    private static final float TOLERANCE = 1e-5f;
    private static final int COUNT = 2;

    @TempDir
    private Path folder;

    /** The program of the page that has a text, without its indentation, for a folder of a model. */
    private static String program(String text, Path exported) throws IOException {
        return PROGRAM.matcher(Files.readString(Path.of("../docs/export.md")))
                .results()
                .map(MatchResult::group)
                .filter(program -> program.contains(text))
                .findFirst()
                .orElseThrow()
                .replaceAll("(?m)^    ", "")
                .replace("DIR", exported.toString());
    }

    private Trained trained(Case model) throws IOException {
        return TrainedModels.of(folder, model.image, model.classes, model.sections);
    }

    private static Path export(Trained trained, ExportFormat format, Path target) {
        new ModelExport(trained.exported(), Optional.empty()).write(format, target);
        return target;
    }

    @Test
    @DisplayName("has a program for DJL that compiles, and that gives what the engines give")
    void java() throws Exception {
        Trained trained = trained(Case.RECIPE);
        ImageShape image = Case.RECIPE.image;
        Path exported = export(trained, ExportFormat.TORCHSCRIPT, folder.resolve("torchscript"));
        String body = program("Criteria<", exported).stripTrailing();
        String program = """
                import ai.djl.inference.Predictor;
                import ai.djl.ndarray.NDArray;
                import ai.djl.ndarray.NDList;
                import ai.djl.repository.zoo.Criteria;
                import ai.djl.repository.zoo.ZooModel;
                import java.nio.file.Path;

                public final class Guide {
                    public static float[][] encode(NDArray images) throws Exception {
                        %s
                            return new float[][] {posterior.get(0).toFloatArray(), posterior.get(1).toFloatArray()};
                        }
                    }
                }
                """.formatted(body.substring(0, body.lastIndexOf('}')));
        Path source = Files.writeString(folder.resolve("Guide.java"), program);
        Path classes = folder.resolve("classes");
        String classPath = System.getProperty("java.class.path");
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", classPath, "-d", classes.toString(), source.toString()));
        float[] pixels = TrainedModels.pixels(COUNT * image.size());
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
                NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray images = manager.create(pixels, new Shape(COUNT, image.channels(), image.height(), image.width()));
            float[][] found = (float[][])
                    loader.loadClass("Guide").getMethod("encode", NDArray.class).invoke(null, images);
            Results expected = trained.run("reference", pixels, TrainedModels.latents(COUNT * 3));
            assertArrayEquals(expected.mean(), found[0], TOLERANCE);
            assertArrayEquals(expected.logVariance(), found[1], TOLERANCE);
        }
    }

    @Test
    @DisplayName("has programs in Python that give what the engines give, where there is PyTorch")
    void python() throws Exception {
        PythonWithTorch python = PythonWithTorch.require(Files.createDirectory(folder.resolve("modules")));
        Trained trained = trained(Case.RECIPE);
        Path script = export(trained, ExportFormat.TORCHSCRIPT, folder.resolve("torchscript"));
        Path hub = export(trained, ExportFormat.HUGGINGFACE, folder.resolve("hub"));
        float[] pixels = TrainedModels.pixels(COUNT * Case.RECIPE.image.size());
        PythonWithTorch.write(hub.resolve("images.bin"), pixels);
        python.run(
                hub,
                PythonWithTorch.TENSORS
                        + "images = read('images.bin', "
                        + shape(Case.RECIPE.image)
                        + ")\n"
                        + program("_extra_files", script)
                        + "write('script.bin', torch.cat([mean, log_variance]))\n"
                        + "import json\nassert json.loads(facts['vaelab.json'])['part'] == 'encoder'\n"
                        + program("from_pretrained", hub)
                        + "write('hub.bin', torch.cat([mean, log_variance]))\n"
                        + "assert samples.shape == (16, "
                        + PythonWithTorch.arguments(List.of(
                                Case.RECIPE.image.channels(), Case.RECIPE.image.height(), Case.RECIPE.image.width()))
                        + ")\n");
        Results expected = trained.run("reference", pixels, TrainedModels.latents(COUNT * 3));
        float[] both = concatenated(expected.mean(), expected.logVariance());
        assertArrayEquals(both, PythonWithTorch.read(hub.resolve("script.bin")), TOLERANCE, "TorchScript");
        assertArrayEquals(both, PythonWithTorch.read(hub.resolve("hub.bin")), TOLERANCE, "Hugging Face");
    }

    @Test
    @DisplayName("has a program for ONNX Runtime in Python that gives what the engines give, where there is one")
    void onnxInPython() throws Exception {
        PythonWithTorch python = PythonWithTorch.require(Files.createDirectory(folder.resolve("modules")));
        assumeTrue(python.has("onnxruntime"), "this Python has no onnxruntime; that of Java runs the same files");
        Trained trained = trained(Case.RECIPE);
        Path exported = export(trained, ExportFormat.ONNX, folder.resolve("onnx"));
        float[] pixels = TrainedModels.pixels(COUNT * Case.RECIPE.image.size());
        PythonWithTorch.write(exported.resolve("images.bin"), pixels);
        python.run(
                exported,
                PythonWithTorch.TENSORS
                        + "images = read('images.bin', " + shape(Case.RECIPE.image) + ").numpy()\n"
                        + program("onnxruntime", exported)
                        + "write('mean.bin', torch.tensor(mean))\n");
        Results expected = trained.run("reference", pixels, TrainedModels.latents(COUNT * 3));
        assertArrayEquals(expected.mean(), PythonWithTorch.read(exported.resolve("mean.bin")), TOLERANCE);
    }

    @Test
    @DisplayName(
            "is right about modeling_vae.py for every kind of model, and the project's own model in PyTorch takes the weights")
    void everyModel() throws Exception {
        PythonWithTorch python = PythonWithTorch.require(Files.createDirectory(folder.resolve("modules")));
        StringBuilder script = new StringBuilder(PythonWithTorch.TENSORS).append("import sys\n\n");
        List<Trained> models = new ArrayList<>();
        for (Case model : Case.values()) {
            Trained trained = trained(model);
            models.add(trained);
            Path hub = export(trained, ExportFormat.HUGGINGFACE, folder.resolve(model.name()));
            PythonWithTorch.write(hub.resolve("images.bin"), images(model));
            PythonWithTorch.write(hub.resolve("latents.bin"), latents(trained));
            String labels = model.classes == 0 ? "" : ", torch.tensor(" + PythonWithTorch.list(labels(model)) + ")";
            script.append("""
                    folder = "%s/"
                    sys.path.insert(0, folder)
                    from modeling_vae import VariationalAutoencoder
                    model = VariationalAutoencoder.from_pretrained(folder)
                    mean, log_variance = model.encode(read(folder + "images.bin", %s)%s)
                    write(folder + "mean.bin", mean)
                    write(folder + "log_variance.bin", log_variance)
                    write(folder + "decoded.bin", model.decode(read(folder + "latents.bin", %d, -1)%s))
                    assert model.draw(5).shape == (5, mean.shape[1])
                    """.formatted(hub, shape(model.image), labels, COUNT, labels));
        }
        Path own = Path.of("../vae-testkit/src/main/resources/dev/vaelab/testkit/golden")
                .toAbsolutePath();
        script.append("""
                sys.path.insert(0, "%s")
                sys.dont_write_bytecode = True
                from pytorch_model import Model
                from safetensors.torch import load_file
                folder = "%s/"
                model = Model((1, 8, 8), [4, 5], 7, 3)
                model.load_state_dict(load_file(folder + "model.safetensors"))
                model.eval()
                mean, log_variance = model.encoder(read(folder + "images.bin", %s))
                write(folder + "own.bin", torch.cat([mean, log_variance]))
                write(folder + "own-decoded.bin", model.decoder(read(folder + "latents.bin", %d, -1)).sigmoid())
                """.formatted(own, folder.resolve(Case.RECIPE.name()), shape(Case.RECIPE.image), COUNT));
        python.run(folder, script.toString());
        for (Case model : Case.values()) {
            Trained trained = models.get(model.ordinal());
            Results expected = trained.run("reference", images(model), latents(trained), labels(model));
            Path hub = folder.resolve(model.name());
            check(model + " mean", expected.mean(), hub.resolve("mean.bin"));
            check(model + " log-variance", expected.logVariance(), hub.resolve("log_variance.bin"));
            check(model + " images", expected.images(), hub.resolve("decoded.bin"));
            if (model == Case.RECIPE) {
                float[] both = concatenated(expected.mean(), expected.logVariance());
                check("the project's own", both, hub.resolve("own.bin"));
                check("the project's own images", expected.images(), hub.resolve("own-decoded.bin"));
            }
        }
    }

    private static void check(String what, float[] expected, Path file) throws IOException {
        assertArrayEquals(expected, PythonWithTorch.read(file), TOLERANCE, what);
    }

    private static float[] images(Case model) {
        return TrainedModels.pixels(COUNT * model.image.size());
    }

    private static float[] latents(Trained trained) {
        return TrainedModels.latents(COUNT * trained.exported().architecture().latent());
    }

    private static int[] labels(Case model) {
        return model.classes == 0
                ? new int[0]
                : IntStream.range(0, COUNT)
                        .map(row -> (row + 1) % model.classes)
                        .toArray();
    }

    private static String shape(ImageShape image) {
        return PythonWithTorch.arguments(List.of(COUNT, image.channels(), image.height(), image.width()));
    }

    private static float[] concatenated(float[]... parts) {
        float[] all = new float[Stream.of(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
