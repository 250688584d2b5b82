package dev.vaelab.export.torchscript;

import dev.vaelab.api.files.AtomicFiles;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.export.graph.ExportedModel;
import dev.vaelab.export.graph.ModelGraph;
import dev.vaelab.export.torchscript.ModuleGraph.Submodule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Encoder and decoder of a model as TorchScript, each in a folder of its own. The same model gives the same bytes. */
public final class TorchScriptModule {
    /** Of the format: enough for modules of plain source. */
    private static final String FORMAT_VERSION = "3\n";

    /** What PyTorch gives to whoever asks for files beside the module: {@code torch.jit.load(path, _extra_files=...)}. */
    private static final String FACTS = "vaelab.json";

    private final String part;
    private final ModuleGraph graph;
    private final Map<String, String> facts;

    private TorchScriptModule(ExportedModel model, String part, Consumer<ModuleGraph> content) {
        this.part = part;
        graph = new ModuleGraph(model.weights(), part);
        facts = model.facts(part);
        content.accept(graph);
    }

    /**
     * Writes the folders {@code encoder} and {@code decoder}, each with an archive of its name and {@code serving.properties}.
     *
     * @throws dev.vaelab.api.InvalidInputException if the model cannot be said in TorchScript
     */
    public static void write(ExportedModel model, Path folder) throws IOException {
        TorchScriptModule encoder =
                new TorchScriptModule(model, "encoder", graph -> ModelGraph.encoder(model.architecture(), graph));
        TorchScriptModule decoder = new TorchScriptModule(model, "decoder", graph -> ModelGraph.decoder(model, graph));
        encoder.write(folder);
        decoder.write(folder);
    }

    private void write(Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(part));
        AtomicFiles.write(folder.resolve(part + ".pt"), this::writeArchive);
        String properties =
                "# For DJL Serving, and for DJL's Criteria.\n" + "engine=PyTorch\n" + "option.modelName=" + part + "\n";
        AtomicFiles.write(
                folder.resolve("serving.properties"),
                stream -> stream.write(properties.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void writeArchive(OutputStream stream) throws IOException {
        Archive archive = new Archive(part, stream);
        List<Tensor> tensors = new ArrayList<>();
        byte[] module = module(tensors);
        for (int index = 0; index < tensors.size(); index++) {
            archive.add("data/" + index, tensors.get(index).values());
        }
        archive.add("data.pkl", module);
        archive.add("code/__torch__.py", source());
        archive.add("constants.pkl", new Pickle().emptyTuple().end());
        archive.add("extra/" + FACTS, JsonText.page(facts));
        archive.add("version", FORMAT_VERSION);
        archive.finish();
    }

    private String mainClass() {
        return "Encoder".equalsIgnoreCase(part) ? "Encoder" : "Decoder";
    }

    /** The classes of the modules inside: those with tensors of the same names are of one class. */
    private Map<String, String> classes() {
        Map<Set<String>, String> byTensors = new LinkedHashMap<>();
        Map<String, String> classes = new LinkedHashMap<>();
        graph.submodules()
                .forEach((name, submodule) -> classes.put(
                        name,
                        byTensors.computeIfAbsent(
                                submodule.tensors().keySet(), tensors -> "Tensors" + (byTensors.size() + 1))));
        return classes;
    }

    private String source() {
        Map<String, String> classes = classes();
        StringBuilder source = new StringBuilder("class " + mainClass() + "(Module):\n");
        source.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
        classes.forEach((name, type) -> source.append("  " + name + " : __torch__." + type + "\n"));
        source.append(graph.forward("__torch__." + mainClass()));
        Map<String, Submodule> examples = new LinkedHashMap<>();
        classes.forEach(
                (name, type) -> examples.putIfAbsent(type, graph.submodules().get(name)));
        examples.forEach((type, submodule) -> {
            source.append("class " + type + "(Module):\n");
            source.append("  __parameters__ = " + list(submodule.parameters().keySet()) + "\n");
            source.append("  __buffers__ = " + list(submodule.buffers().keySet()) + "\n");
            submodule.tensors().keySet().forEach(tensor -> source.append("  " + tensor + " : Tensor\n"));
            source.append("  training : bool\n");
        });
        return source.toString();
    }

    private static String list(Set<String> names) {
        return names.stream().map(name -> "\"" + name + "\", ").collect(Collectors.joining("", "[", "]"));
    }

    /** The pickle of the module; its tensors are put into a list, where their indices are the names of their files. */
    private byte[] module(List<Tensor> tensors) {
        Map<String, String> classes = classes();
        Pickle pickle = new Pickle().object("__torch__", mainClass());
        pickle.text("training").truth(false);
        graph.submodules().forEach((name, submodule) -> {
            pickle.text(name).object("__torch__", classes.get(name));
            submodule.tensors().forEach((tensorName, tensor) -> {
                pickle.text(tensorName);
                push(pickle, tensor, tensors.size());
                tensors.add(tensor);
            });
            pickle.text("training").truth(false).endObject();
        });
        return pickle.endObject().end();
    }

    private static void push(Pickle pickle, Tensor tensor, int file) {
        pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
        pickle.mark().text("storage").global("torch", "FloatStorage").text(Integer.toString(file));
        pickle.text("cpu").number(tensor.values().length).tuple().persistent();
        pickle.number(0).mark();
        tensor.shape().forEach(pickle::number);
        pickle.tuple().mark();
        int stride = tensor.values().length;
        for (int size : tensor.shape()) {
            stride /= size;
            pickle.number(stride);
        }
        // No gradients: the module is there to be run.
        pickle.tuple().truth(false);
        pickle.global("collections", "OrderedDict").emptyTuple().call();
        pickle.tuple().call();
    }
}
