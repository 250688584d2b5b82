package dev.vaelab.api.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What PyTorch's wrappers put before the name of every tensor: {@code module.} for data-parallel training, {@code _orig_mod.} for
 * {@code torch.compile}, {@code model.} for a module that has the model as its part; or several of them.
 */
public final class WrapperPrefix {
    private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.", "model.");

    private final String prefix;

    private WrapperPrefix(String prefix) {
        this.prefix = prefix;
    }

    /** That of these tensors; an empty one if a single name is without it. */
    public static WrapperPrefix of(NamedTensors tensors) {
        String prefix = "";
        Optional<String> next = next(prefix, tensors);
        while (next.isPresent()) {
            prefix += next.get();
            next = next(prefix, tensors);
        }
        return new WrapperPrefix(prefix);
    }

    private static Optional<String> next(String before, NamedTensors tensors) {
        return WRAPPERS.stream()
                .filter(wrapper -> !tensors.names().isEmpty()
                        && tensors.names().stream().allMatch(name -> name.startsWith(before + wrapper)))
                .findFirst();
    }

    /** Whether there is something to leave out. */
    public boolean present() {
        return !prefix.isEmpty();
    }

    /** The tensors under their own names. */
    public NamedTensors removeFrom(NamedTensors tensors) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        tensors.asMap().forEach((name, tensor) -> own.put(name.substring(prefix.length()), tensor));
        return new NamedTensors(own);
    }

    /** The prefix itself, for example {@code module.}. */
    @Override
    public String toString() {
        return prefix;
    }
}
