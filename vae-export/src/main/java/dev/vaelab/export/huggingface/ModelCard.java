package dev.vaelab.export.huggingface;

import dev.vaelab.api.experiment.Binarization;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.estimate.RunEstimates;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.ProgramVersion;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.RunResult;
import dev.vaelab.export.graph.ExportedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code README.md}: what the model is, what it was measured at and how, and how it is used.
 *
 * @param model the model
 * @param result how its run ended, if it came from one that did
 * @param figures all that was measured, with protocols
 * @param pictures that are shown
 * @see <a href="https://huggingface.co/docs/hub/model-cards">Model cards</a>
 */
record ModelCard(
        ExportedModel model, Optional<RunResult> result, List<CardFigure> figures, List<CardPicture> pictures) {
    /** Identifiers on the hub of data sets that the program brings along, or downloads are known of, by our names. */
    private static final Map<String, String> HUB_DATASETS = Map.of("mnist", "ylecun/mnist");

    /**
     * The card of a model.
     *
     * @param run where its weights come from; nothing for weights from elsewhere
     * @throws dev.vaelab.api.InvalidInputException if a file of the run is damaged
     */
    static ModelCard of(ExportedModel model, Optional<RunFolder> run, List<CardPicture> pictures) {
        Optional<RunResult> result =
                run.filter(folder -> RegularFiles.isThere(folder.result())).map(RunResult::read);
        List<CardFigure> figures = new ArrayList<>();
        result.ifPresent(found ->
                figures.addAll(CardFigure.of(found, model.config().dataset().name())));
        run.map(RunEstimates::of).ifPresent(estimates -> figures.addAll(CardFigure.of(estimates)));
        return new ModelCard(model, result, figures, pictures);
    }

    String text() {
        List<String> lines = new ArrayList<>();
        addFrontMatter(lines);
        addModel(lines);
        addFigures(lines);
        addPictures(lines);
        addUse(lines);
        addLicense(lines);
        return String.join("\n", lines) + "\n";
    }

    private ExperimentConfig config() {
        return model.config();
    }

    /** YAML, whose strings may be written as those of JSON. */
    private void addFrontMatter(List<String> lines) {
        lines.add("---");
        lines.add("license: unknown");
        lines.add("library_name: vaelab");
        lines.add("pipeline_tag: unconditional-image-generation");
        lines.add("tags:");
        List<String> tags = new ArrayList<>(List.of("variational-autoencoder", "vae", "pytorch", "safetensors"));
        if (model.architecture().conditional()) {
            tags.add("conditional");
        }
        tags.forEach(tag -> lines.add("- " + tag));
        Optional<String> dataset =
                Optional.ofNullable(HUB_DATASETS.get(config().dataset().name()));
        dataset.ifPresent(name -> lines.addAll(List.of("datasets:", "- " + name)));
        if (!figures.isEmpty()) {
            lines.add("metrics:");
            figures.stream().map(CardFigure::metric).distinct().forEach(metric -> lines.add("- " + quoted(metric)));
            addResults(lines, dataset);
        }
        lines.add("---");
        lines.add("");
    }

    private void addResults(List<String> lines, Optional<String> dataset) {
        lines.add("model-index:");
        lines.add("- name: " + quoted(config().name()));
        lines.add("  results:");
        for (CardFigure figure : figures) {
            lines.add("  - task:");
            lines.add("      type: unconditional-image-generation");
            lines.add("    dataset:");
            lines.add("      name: " + quoted(config().dataset().name()));
            lines.add("      type: " + quoted(dataset.orElse(config().dataset().name())));
            lines.add("      split: " + quoted(figure.split()));
            lines.add("    metrics:");
            lines.add("    - type: " + quoted(figure.metric()));
            lines.add("      name: " + quoted(figure.name() + " (" + figure.protocol() + ")"));
            lines.add("      value: " + figure.value());
        }
    }

    private static String quoted(String text) {
        return JsonText.line(text);
    }

    private void addModel(List<String> lines) {
        Architecture architecture = model.architecture();
        lines.add("# " + Markdown.text(config().name()));
        lines.add("");
        lines.add("A " + (architecture.conditional() ? "class-conditional " : "")
                + "variational autoencoder (Kingma and Welling 2014) of images of " + architecture.image() + " with "
                + architecture.latent() + " latent dimensions, trained by " + Markdown.text(ProgramVersion.text())
                + ".");
        lines.add("");
        lines.add("| | |");
        lines.add("|---|---|");
        row(lines, "data", config().dataset().name());
        row(lines, "pixels", "in [0, 1], channels first" + binarization());
        if (architecture.conditional()) {
            row(lines, "labels", "whole numbers from 0 to " + (architecture.classes() - 1));
        }
        if (!model.classNames().isEmpty()) {
            row(lines, "classes", String.join(", ", model.classNames()));
        }
        row(lines, "likelihood", model.measure().label());
        row(
                lines,
                "prior",
                model.objective().prior().name() + ": "
                        + model.objective().prior().description());
        row(
                lines,
                "sampler",
                model.objective().sampler().name() + ": "
                        + model.objective().sampler().description());
        row(
                lines,
                "loss",
                model.objective().loss().name() + ": "
                        + model.objective().loss().description());
        result.ifPresent(found -> row(
                lines,
                "training",
                found.epochs() + " epochs, weights of epoch " + found.bestEpoch() + ", engine " + found.backend()
                        + ", seed " + found.seed()));
        lines.add("");
        lines.add("`experiment.json` is the whole experiment, and trains the model again"
                + (config().dataset().path() == null
                        ? "."
                        : "; its `dataset.path` has to name the folder where the data are."));
        lines.add("");
    }

    private String binarization() {
        Binarization binarization = config().dataset().binarization();
        return binarization == Binarization.NONE ? "" : "; trained on images of " + binarization + " binarization";
    }

    private static void row(List<String> lines, String name, String value) {
        lines.add("| " + name + " | " + Markdown.text(value) + " |");
    }

    private void addFigures(List<String> lines) {
        lines.add("## Figures");
        lines.add("");
        if (figures.isEmpty()) {
            lines.add("None were measured: the weights are not of a run that is finished.");
        } else {
            lines.add("| figure | value | split | protocol |");
            lines.add("|---|---|---|---|");
            figures.forEach(figure -> lines.add("| " + Markdown.text(figure.name()) + " | "
                    + Markdown.text(figure.text()) + " | " + Markdown.text(figure.split()) + " | "
                    + Markdown.text(figure.protocol()) + " |"));
        }
        lines.add("");
    }

    private void addPictures(List<String> lines) {
        if (pictures.isEmpty()) {
            return;
        }
        lines.add("## Pictures");
        lines.add("");
        for (CardPicture picture : pictures) {
            lines.add(picture.caption());
            lines.add("");
            lines.add("![" + Markdown.text(picture.caption()) + "](" + picture.target() + ")");
            lines.add("");
        }
    }

    private void addUse(List<String> lines) {
        boolean conditional = model.architecture().conditional();
        String label = conditional ? ", labels" : "";
        lines.addAll(List.of(
                "## Use",
                "",
                "In Python, with `torch` and `safetensors` and this folder as the working folder:",
                "",
                "    import torch",
                "    from modeling_vae import VariationalAutoencoder",
                "",
                "    model = VariationalAutoencoder.from_pretrained(\".\")",
                "    images = torch.rand(2, " + model.architecture().image().channels() + ", "
                        + model.architecture().image().height() + ", "
                        + model.architecture().image().width() + ")  # pixels in [0, 1]"));
        if (conditional) {
            lines.add("    labels = torch.tensor([0, 1])");
        }
        lines.addAll(List.of(
                "    with torch.no_grad():",
                "        mean, log_variance = model.encode(images" + label + ")",
                "        reconstructions = model.decode(mean" + label + ")",
                "        samples = model.decode(model.draw(2)" + label + ")",
                "",
                "With vaelab, where `experiment.json` says what the weights are of:",
                "",
                "    ./vae evaluate --config experiment.json --weights model.safetensors",
                "    ./vae generate --config experiment.json --weights model.safetensors --count 64 --image samples.png",
                ""));
    }

    private static void addLicense(List<String> lines) {
        lines.addAll(List.of(
                "## License",
                "",
                "Nobody has said under which license the weights are: `license: unknown` at the top of this file is the place. The data"
                        + " that they were learned from have a license of their own."));
    }
}
