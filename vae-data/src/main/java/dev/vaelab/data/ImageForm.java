package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.dataset.SizeRule;
import dev.vaelab.api.experiment.ColorMode;
import dev.vaelab.api.experiment.DatasetConfig;
import dev.vaelab.api.model.ImageShape;
import java.util.List;
import java.util.Optional;

/**
 * The form of all images of a data set, as the experiment wants it or else as the pictures have it.
 *
 * @param color colours of every image
 * @param height rows of every image
 * @param width columns of every image
 */
record ImageForm(ColorMode color, int height, int width) {
    /**
     * Reads the beginning of every picture, so that most of what can be wrong is known before the long work begins.
     *
     * @param files at least one
     * @param sizes which sizes may be advised
     * @throws InvalidInputException if there are files that are no pictures, or pictures of several sizes although none is
     *     asked for
     */
    static ImageForm of(DatasetConfig config, List<PictureFile> files, SizeRule sizes) {
        Optional<Example> example = config.size() == null ? firstReadable(files) : Optional.empty();
        List<PictureHeader> headers = EveryPicture.map(
                files,
                file -> {
                    PictureHeader header = new PictureReader(file).readHeader();
                    example.ifPresent(other -> other.requireSameSize(file, header, sizes));
                    return header;
                },
                file -> new PictureReader(file).outOfMemory());
        List<Integer> size = config.size() == null ? headers.get(0).sizes() : config.size();
        ColorMode color = config.color() == null ? color(headers) : config.color();
        return new ImageForm(color, size.get(0), size.get(1));
    }

    /** Values of one image; more than an int can hold if an experiment asks for a size without sense. */
    long values() {
        return (long) color.channels() * height * width;
    }

    /** The form as the shape of an image. */
    ImageShape shape() {
        return new ImageShape(color.channels(), height, width);
    }

    private static ColorMode color(List<PictureHeader> headers) {
        return headers.stream().allMatch(PictureHeader::grey) ? ColorMode.GREY : ColorMode.RGB;
    }

    private static Optional<Example> firstReadable(List<PictureFile> files) {
        return files.stream().map(Example::read).flatMap(Optional::stream).findFirst();
    }

    /** A picture whose size all others must have. */
    private record Example(PictureFile file, PictureHeader header) {
        /** Nothing if the picture cannot be read, which is reported with all others. */
        static Optional<Example> read(PictureFile file) {
            try {
                return Optional.of(new Example(file, new PictureReader(file).readHeader()));
            } catch (InvalidInputException e) {
                return Optional.empty();
            }
        }

        void requireSameSize(PictureFile other, PictureHeader otherHeader, SizeRule sizes) {
            if (!otherHeader.sizes().equals(header.sizes())) {
                throw other.invalid(
                        "a picture " + otherHeader.sizeInWords(),
                        header.sizeInWords() + ", as " + file.name() + " is",
                        sizes.nearest(header.height(), header.width())
                                .map(size -> "set dataset.size to " + size + " to resize every picture")
                                .orElse("give all pictures one size"));
            }
        }
    }
}
