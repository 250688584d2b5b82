package dev.vaelab.cli.command;

import dev.vaelab.api.experiment.Measure;
import dev.vaelab.api.model.Figures;
import java.util.Locale;

/** Figures for people. */
final class FiguresText {
    private FiguresText() {}

    static String of(Figures figures, Measure measure) {
        return String.format(
                Locale.ROOT,
                "reconstruction %.3f + kl %.3f = total %.3f nats per image (%s)",
                figures.reconstruction(),
                figures.kl(),
                figures.total(),
                measure.label());
    }
}
