package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.NamedProviders;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeBackend;
import java.util.LinkedHashSet;
import java.util.List;

/** The value of {@code --backends}: names between commas. */
final class BackendList {
    private BackendList() {}

    /**
     * Checks names.
     *
     * @throws InvalidInputException if one is unknown or named twice, or if there are fewer than are needed
     */
    static List<VaeBackend> require(List<String> names, int least, NamedProviders<VaeBackend> backends) {
        if (new LinkedHashSet<>(names).size() < names.size()) {
            throw new InvalidInputException(Problem.of("--backends", String.join(",", names), "each backend once"));
        }
        if (names.size() < least) {
            throw new InvalidInputException(new Problem(
                    "--backends",
                    names.size() == 1 ? "one backend" : names.size() + " backends",
                    "at least " + least,
                    "choose from " + String.join(", ", backends.names())));
        }
        return names.stream().map(name -> backends.require(name, "--backends")).toList();
    }
}
