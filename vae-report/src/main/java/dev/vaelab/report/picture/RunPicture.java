package dev.vaelab.report.picture;

import dev.vaelab.experiment.run.RunFolder;
import java.nio.file.Path;
import java.util.Locale;

/** The pictures of a run's best epoch, in the order in which they are shown. */
public enum RunPicture {
    /** Test images and what becomes of them. */
    RECONSTRUCTIONS("Test images, each above what the model makes of its posterior mean."),
    /** Images that nobody has seen. */
    SAMPLES(
            "Images of latents drawn from the prior.",
            " A row has one label, from label 0 at the top; a column has one latent."),
    /** The way from one test image to another. */
    INTERPOLATIONS(
            "Each row leads from one test image, on the left, to another on the right. Between them are the images of"
                    + " eight latents on the straight line between the two posterior means, both ends included.",
            " All images of a row have one label."),
    /** All of a latent space with two dimensions. */
    MANIFOLD(
            "The latent plane. The two dimensions go through the quantiles of the prior, so that each image stands for as much"
                    + " of it as any other: the first from left to right, the second from the bottom to the top.",
            " All images have label 0."),
    /** What the dimensions of a larger latent space stand for. */
    TRAVERSALS(
            "Each row moves one latent dimension from \u22123 on the left to 3 on the right, while all others are 0.",
            " All images have label 0."),
    /** Where the model places test images. */
    LATENT_SPACE(
            "Test images where their posterior means lie, or, of more than two dimensions, the first two principal components"
                    + " of these. Colours are labels, dots are images for which there is no room.");

    private final String caption;
    private final String ofConditional;

    RunPicture(String caption) {
        this(caption, "");
    }

    /** @param ofConditional what is to be said beside that if the model is conditional */
    RunPicture(String caption, String ofConditional) {
        this.caption = caption;
        this.ofConditional = ofConditional;
    }

    /**
     * What it shows, in sentences.
     *
     * @param conditional whether it is of a conditional model
     */
    public String caption(boolean conditional) {
        return conditional ? caption + ofConditional : caption;
    }

    /** The name of its file, without the ending. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it is in a run folder. */
    public Path file(RunFolder run) {
        return run.images().resolve(title() + ".png");
    }
}
