package dev.vaelab.export.huggingface;

import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.experiment.run.RunFolder;
import java.nio.file.Path;
import java.util.List;

/**
 * A picture of the run that its card shows.
 *
 * @param source where it is
 * @param target its name below the folder, with slashes
 * @param caption what it shows
 */
record CardPicture(Path source, String target, String caption) {
    /** Those of a run that are there. */
    static List<CardPicture> of(RunFolder run) {
        return List.of(
                        of(run, "samples", "Images of latents drawn from the prior."),
                        of(
                                run,
                                "reconstructions",
                                "Test images, each above what the model makes of its posterior mean."))
                .stream()
                .filter(picture -> RegularFiles.isThere(picture.source()))
                .toList();
    }

    private static CardPicture of(RunFolder run, String name, String caption) {
        return new CardPicture(run.images().resolve(name + ".png"), "images/" + name + ".png", caption);
    }
}
