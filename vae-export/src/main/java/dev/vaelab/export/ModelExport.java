package dev.vaelab.export;

import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.run.WholeFolder;
import dev.vaelab.export.graph.ExportedModel;
import dev.vaelab.export.huggingface.HubFolder;
import dev.vaelab.export.onnx.OnnxFile;
import dev.vaelab.export.torchscript.TorchScriptModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a trained model for other programs.
 *
 * @param model the model
 * @param run where its weights come from; nothing for weights from elsewhere
 */
public record ModelExport(ExportedModel model, Optional<RunFolder> run) {
    /**
     * Writes a folder, whole or not at all.
     *
     * @param target not there yet, or empty
     * @return its files, in the order of their names
     * @throws dev.vaelab.api.InvalidInputException if the format cannot express the model, there is something in the folder, or a
     *     file of the run is damaged
     * @throws dev.vaelab.api.RunFailedException if it cannot be written
     */
    public List<ExportedFile> write(ExportFormat format, Path target) {
        new WholeFolder(target).write(folder -> {
            switch (format) {
                case ONNX -> OnnxFile.write(model, folder);
                case TORCHSCRIPT -> TorchScriptModule.write(model, folder);
                case HUGGINGFACE -> HubFolder.write(model, run, folder);
            }
        });
        try (Stream<Path> paths = Files.walk(target)) {
            return paths.filter(Files::isRegularFile)
                    .map(file -> ExportedFile.of(target, file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw ExportedFile.unreadable(target, e);
        }
    }
}
