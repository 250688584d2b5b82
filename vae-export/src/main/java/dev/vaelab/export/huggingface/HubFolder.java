package dev.vaelab.export.huggingface;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.weights.Safetensors;
import dev.vaelab.experiment.file.ExperimentWriter;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.export.graph.ExportedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a repository. */
public final class HubFolder {
    /** The likelihoods whose expected images the model in PyTorch knows. */
    private static final List<String> LIKELIHOODS = List.of("bce", "mse", "gaussian", "continuous-bernoulli");

    private static final String PYTORCH_MODEL = "modeling_vae.py";

    private HubFolder() {}

    /**
     * Writes the files.
     *
     * @param run where the weights come from, for figures and pictures; nothing for weights from elsewhere
     * @param folder that is there and empty
     * @throws InvalidInputException if the model in PyTorch does not know the likelihood, or a file of the run is damaged
     */
    public static void write(ExportedModel model, Optional<RunFolder> run, Path folder) throws IOException {
        requireKnown(model);
        // What PyTorch and the library transformers write, and what the latter asks for.
        new Safetensors(model.weights(), Map.of("format", "pt")).write(folder.resolve("model.safetensors"));
        write(folder.resolve("config.json"), JsonText.page(HubConfig.of(model)));
        write(folder.resolve("experiment.json"), new ExperimentWriter().write(withoutFolders(model.config())));
        try (InputStream source = HubFolder.class.getResourceAsStream(PYTORCH_MODEL)) {
            byte[] bytes = source.readAllBytes();
            AtomicFiles.write(folder.resolve(PYTORCH_MODEL), stream -> stream.write(bytes));
        }
        List<CardPicture> pictures = run.map(CardPicture::of).orElse(List.of());
        for (CardPicture picture : pictures) {
            Files.createDirectories(folder.resolve(picture.target()).getParent());
            Files.copy(picture.source(), folder.resolve(picture.target()));
        }
        write(folder.resolve("README.md"), ModelCard.of(model, run, pictures).text());
    }

    private static void requireKnown(ExportedModel model) {
        String likelihood = model.objective().likelihood().name();
        if (!LIKELIHOODS.contains(likelihood)) {
            throw new InvalidInputException(new Problem(
                    "loss.reconstruction",
                    likelihood,
                    "one whose expected images " + PYTORCH_MODEL + " computes: " + String.join(", ", LIKELIHOODS),
                    "the formats onnx and torchscript write the formula of any likelihood"));
        }
    }

    /** Where the data are on this machine is nobody's business: of the path the last name stays. */
    private static ExperimentConfig withoutFolders(ExperimentConfig config) {
        DatasetConfig dataset = config.dataset();
        if (dataset.path() == null) {
            return config;
        }
        Path name = Path.of(dataset.path()).toAbsolutePath().normalize().getFileName();
        return config.with(dataset.withPath(name == null ? "data" : name.toString()));
    }

    private static void write(Path file, String text) throws IOException {
        AtomicFiles.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
