package dev.vaelab.data;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.dataset.LabelledImages;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads the pictures of a folder into images of one form.
 *
 * <p>The checksum is that of what {@code sha256sum} prints of all pictures in the order of their names, so that a person
 * can compute it without this program; docs/datasets.md has the command.
 */
final class PictureDatasetReader {
    /** What the checksum of all pictures is called in provenance. */
    private static final String CHECKSUM = "pictures";

    private final PictureFolder folder;
    private final ImageForm form;
    private final long memory;

    /**
     * Prepares to read.
     *
     * @param folder the pictures
     * @param form of every image
     * @param memory bytes that the images may take
     */
    PictureDatasetReader(PictureFolder folder, ImageForm form, long memory) {
        this.folder = folder;
        this.form = form;
        this.memory = memory;
    }

    /**
     * Reads the pictures.
     *
     * @param name of the data set
     * @throws InvalidInputException if the images do not fit into the memory, or pictures are damaged
     */
    Dataset read(String name) {
        requireFit();
        Part training = part(folder.training());
        Part test = part(folder.test());
        List<Slot> slots = Stream.concat(training.slots(form), test.slots(form))
                .sorted(Comparator.comparing(slot -> slot.file().name()))
                .toList();
        MessageDigest checksum = Sha256.start();
        EveryPicture.map(slots, this::read, slot -> new PictureReader(slot.file()).outOfMemory())
                .forEach(checksum::update);
        return new Dataset(
                name,
                training.images(form),
                test.images(form),
                Map.of(CHECKSUM, Sha256.finish(checksum)),
                folder.classNames());
    }

    private void requireFit() {
        List<Problem> problems = new ArrayList<>();
        for (int count : new int[] {folder.training().size(), folder.test().size()}) {
            if (count * form.values() > JavaArrays.LONGEST) {
                problems.add(tooLarge(count, "at most " + JavaArrays.LONGEST + ", the most that can be read", ""));
            }
        }
        int all = folder.training().size() + folder.test().size();
        if (problems.isEmpty() && all * form.values() > memory) {
            problems.add(tooLarge(
                    all,
                    "at most " + memory + ", which is the memory of the program",
                    ", or give Java more memory with -Xmx"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private Part part(List<PictureFile> files) {
        try {
            return Part.of(files, form);
        } catch (OutOfMemoryError e) {
            throw new InvalidInputException(tooLarge(
                    files.size(), "fewer than " + HeapLimit.words() + " has free", ", or " + HeapLimit.advice()));
        }
    }

    private Problem tooLarge(int count, String expected, String otherAdvice) {
        return new Problem(
                DataFolder.PATH,
                count + (count == 1 ? " image of " : " images of ") + form.shape() + ", which are "
                        + count * form.values() + " values",
                expected,
                "set dataset.size to a smaller size" + otherAdvice);
    }

    /** Fills the slot, and returns the line of the file that goes into the checksum of all. */
    private byte[] read(Slot slot) {
        PictureReader reader = new PictureReader(slot.file());
        byte[] content = reader.readContent();
        PixelPlanes pixels = PixelPlanes.of(reader.decode(content), form.color());
        Resizer resizer = new Resizer(pixels.height(), pixels.width(), form.height(), form.width());
        int offset = slot.offset();
        for (byte[] plane : pixels.planes()) {
            resizer.resize(plane, slot.pixels(), offset);
            offset += form.height() * form.width();
        }
        return line(Sha256.of(content), slot.file().name().bytes());
    }

    /** As {@code sha256sum} prints it; a backslash or a line feed in the name is escaped, so that a line is a picture. */
    private static byte[] line(String checksum, byte[] name) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(checksum.length() + name.length + 3);
        line.writeBytes((checksum + "  ").getBytes(StandardCharsets.US_ASCII));
        for (byte next : name) {
            switch (next) {
                case '\\' -> line.writeBytes(new byte[] {'\\', '\\'});
                case '\n' -> line.writeBytes(new byte[] {'\\', 'n'});
                default -> line.write(next);
            }
        }
        line.write('\n');
        return line.toByteArray();
    }

    /** Pictures and the place for their pixels. */
    private record Part(List<PictureFile> files, byte[] pixels) {
        static Part of(List<PictureFile> files, ImageForm form) {
            return new Part(files, new byte[files.size() * form.shape().size()]);
        }

        Stream<Slot> slots(ImageForm form) {
            return IntStream.range(0, files.size())
                    .mapToObj(index -> new Slot(
                            files.get(index), pixels, index * form.shape().size()));
        }

        LabelledImages images(ImageForm form) {
            byte[] labels = new byte[files.size()];
            for (int index = 0; index < labels.length; index++) {
                labels[index] = (byte) files.get(index).label();
            }
            return new LabelledImages(form.shape(), pixels, labels);
        }
    }

    /** A picture and the place for its pixels, which begins at an offset. */
    private record Slot(PictureFile file, byte[] pixels, int offset) {}
}
