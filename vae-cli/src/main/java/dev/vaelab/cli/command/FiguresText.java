package dev.vaelab.cli.command;

import dev.vaelab.api.training.Figures;
import java.util.Locale;

/** Figures for people. */
final class FiguresText {
    private FiguresText() {}

    static String of(Figures figures) {
        return String.format(
                Locale.ROOT,
                "reconstruction %.3f + kl %.3f = total %.3f nats per image",
                figures.reconstruction(),
                figures.kl(),
                figures.total());
    }
}
