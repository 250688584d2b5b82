package dev.vaelab.cli.command;

import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures for people. */
final class FiguresText {
    private FiguresText() {}

    static String of(Figures figures, Measure measure) {
        String added = figures.added().entrySet().stream()
                .map(term -> String.format(Locale.ROOT, ", %s %.3f", term.getKey(), term.getValue()))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                "reconstruction %.3f + kl %.3f = total %.3f%s nats per image (%s)",
                figures.reconstruction(),
                figures.kl(),
                figures.total(),
                added,
                measure.label());
    }
}
