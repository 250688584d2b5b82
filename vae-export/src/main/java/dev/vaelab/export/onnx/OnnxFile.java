package dev.vaelab.export.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.experiment.run.ProgramVersion;
import dev.vaelab.export.graph.ExportedModel;
import dev.vaelab.export.graph.ModelGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Encoder and decoder of a model, each as a file of its own. The same model gives the same bytes.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/IR.md">The format</a>
 */
public final class OnnxFile {
    /** The first version of the operators that has all that the graphs use in the form in which they use it, and more: of 2022. */
    private static final int OPERATORS = 17;

    /** The version of the format that came with those operators; runtimes refuse one that is newer than they are. */
    private static final int FORMAT = 8;

    /** Protobuf counts the bytes of a message with 32 bits; beside weights there are some for the graph. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

    private OnnxFile() {}

    /**
     * Writes {@code encoder.onnx} and {@code decoder.onnx}.
     *
     * @throws InvalidInputException if the model cannot be said in ONNX
     */
    public static void write(ExportedModel model, Path folder) throws IOException {
        write(model, "encoder", folder, graph -> ModelGraph.encoder(model.architecture(), graph));
        write(model, "decoder", folder, graph -> ModelGraph.decoder(model, graph));
    }

    private static void write(ExportedModel model, String part, Path folder, Consumer<OnnxGraph> content)
            throws IOException {
        requireWritable(model, part);
        OnnxGraph graph = new OnnxGraph(model.weights());
        content.accept(graph);
        Map<String, String> facts = model.facts(part);
        ModelProto.Builder file = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATORS))
                .setProducerName("vaelab")
                .setProducerVersion(ProgramVersion.text())
                .setGraph(graph.build(part));
        facts.forEach((key, value) -> file.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        AtomicFiles.write(folder.resolve(part + ".onnx"), file.build()::writeTo);
    }

    private static void requireWritable(ExportedModel model, String part) {
        long bytes = model.weights().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(part + "."))
                .mapToLong(entry -> (long) Float.BYTES * entry.getValue().values().length)
                .sum();
        if (bytes > MOST_BYTES) {
            throw new InvalidInputException(new Problem(
                    "--format onnx",
                    "an " + part + " of " + bytes + " bytes",
                    "at most " + MOST_BYTES + ", as an ONNX file is one message of protobuf",
                    "the formats torchscript and huggingface have no such limit"));
        }
    }
}
