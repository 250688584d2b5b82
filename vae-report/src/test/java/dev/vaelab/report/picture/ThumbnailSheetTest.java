package dev.vaelab.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vaelab.api.dataset.ImageSubset;
import dev.vaelab.api.dataset.LabelledImages;
import dev.vaelab.api.model.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A sheet of thumbnails")
final class ThumbnailSheetTest {
    @Test
    @DisplayName("holds small images as they are, row by row")
    void small() throws IOException {
        byte[] pixels = {10, 20, 30, 40, 50, 60};
        ThumbnailSheet sheet = ThumbnailSheet.of(subset(new ImageShape(1, 1, 2), pixels, 3));
        assertEquals(2, sheet.width());
        assertEquals(1, sheet.height());
        assertEquals(2, sheet.columns());
        BufferedImage picture = picture(sheet);
        assertEquals(4, picture.getWidth());
        assertEquals(2, picture.getHeight());
        assertEquals(0xff141414, picture.getRGB(1, 0));
        assertEquals(0xff1e1e1e, picture.getRGB(2, 0));
        assertEquals(0xff3c3c3c, picture.getRGB(1, 1));
    }

    @Test
    @DisplayName(
            "makes large images smaller by a whole factor, each pixel the mean of those it stands for, colours kept")
    void large() throws IOException {
        ImageShape shape = new ImageShape(3, 33, 65);
        byte[] pixels = new byte[shape.size()];
        // All red, but for one black pixel in the corner, which shares its place with eight red ones.
        Arrays.fill(pixels, 0, 33 * 65, (byte) 90);
        pixels[0] = 0;
        ThumbnailSheet sheet = ThumbnailSheet.of(subset(shape, pixels, 1));
        assertEquals(22, sheet.width());
        assertEquals(11, sheet.height());
        BufferedImage picture = picture(sheet);
        assertEquals(0xff500000, picture.getRGB(0, 0));
        assertEquals(0xff5a0000, picture.getRGB(21, 10));
    }

    private static ImageSubset subset(ImageShape shape, byte[] pixels, int count) {
        int[] members = new int[count];
        Arrays.setAll(members, image -> image);
        return new ImageSubset(new LabelledImages(shape, pixels, new byte[count]), members);
    }

    private static BufferedImage picture(ThumbnailSheet sheet) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(sheet.png()));
    }
}
