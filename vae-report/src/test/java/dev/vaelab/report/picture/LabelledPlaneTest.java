package dev.vaelab.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.model.ImageShape;
import dev.vaelab.report.picture.LabelledPlane.Mark;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Images in a plane")
final class LabelledPlaneTest {
    private static final int SIDE = 20;
    private static final int BLUE = 0xff5aa9e6;
    private static final int ORANGE = 0xffff9a4d;
    private static final int BLACK = 0xff000000;

    @Test
    @DisplayName("stand at their places, the second axis to the top, in the colour of their label")
    void places() throws IOException {
        BufferedImage picture = draw(255, new Mark(0, 1, 2), new Mark(1, 3, 4), new Mark(10, 3, 2));
        int low = 24;
        int high = 1000 - 24;
        assertEquals(BLUE, picture.getRGB(low, high));
        assertEquals(ORANGE, picture.getRGB(high, low));
        assertEquals(BLUE, picture.getRGB(high, high), "after ten labels the colours begin again");
        assertEquals(BLACK, picture.getRGB(low, low));
        assertEquals(BLUE, picture.getRGB(low - SIDE / 2 + 1, high - SIDE / 2 + 1));
        assertEquals(BLACK, picture.getRGB(low - SIDE / 2 - 1, high));
    }

    @Test
    @DisplayName("are as bright as the image is")
    void brightness() throws IOException {
        BufferedImage picture = draw(51, new Mark(0, 1, 1), new Mark(0, 2, 2));
        // A fifth of the colour.
        assertEquals(0xff12212e, picture.getRGB(24, 976));
    }

    @Test
    @DisplayName("that would hide another one are dots")
    void noRoom() throws IOException {
        BufferedImage picture = draw(255, new Mark(0, 0, 0), new Mark(1, 0, 1e-3), new Mark(0, 1, 1));
        long blue = Arrays.stream(picture.getRGB(0, 940, 60, 60, null, 0, 60))
                .filter(pixel -> pixel == BLUE)
                .count();
        long orange = Arrays.stream(picture.getRGB(0, 940, 60, 60, null, 0, 60))
                .filter(pixel -> pixel == ORANGE)
                .count();
        assertTrue(orange > 0 && orange < 20, orange + " pixels of the dot");
        assertTrue(blue > SIDE * SIDE - 40, blue + " pixels of the image below it");
    }

    @Test
    @DisplayName("that are all at one place are drawn in the middle")
    void onePlace() throws IOException {
        BufferedImage picture = draw(255, new Mark(0, 7, -7), new Mark(0, 7, -7));
        assertEquals(BLUE, picture.getRGB(495, 495));
    }

    /** Square images, all pixels of the same level. */
    private static BufferedImage draw(int level, Mark... marks) throws IOException {
        ImageShape shape = new ImageShape(1, SIDE, SIDE);
        byte[] pixels = new byte[marks.length * shape.size()];
        Arrays.fill(pixels, (byte) level);
        int[] members = new int[marks.length];
        Arrays.setAll(members, image -> image);
        ThumbnailSheet sheet =
                ThumbnailSheet.of(new ImageSubset(new LabelledImages(shape, pixels, new byte[marks.length]), members));
        return ImageIO.read(
                new ByteArrayInputStream(LabelledPlane.of(List.of(marks), sheet).png()));
    }
}
