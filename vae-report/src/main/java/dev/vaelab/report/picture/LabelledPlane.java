package dev.vaelab.report.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Images at their places in a plane, each in the colour of its label; where there is no room for an image there is a dot.
 *
 * <p>The images themselves say which colour is which label. So the picture needs no letters, and no fonts, which servers and
 * containers often lack.
 */
public final class LabelledPlane {
    private static final int SIDE = 1000;
    private static final int MARGIN = 24;
    private static final double DOT = 3.5;
    private static final int LEVELS = 255;
    private static final Color AXES = new Color(0x40474e);
    /** Those of a report on a dark ground; further labels have them again. */
    private static final int[] COLOURS = {
        0x5aa9e6, 0xff9a4d, 0x56cf6c, 0xff6b8b, 0xb794f4, 0xc49a6c, 0xf29ad6, 0xa9b4be, 0xd4c531, 0x3fd0dc
    };

    private final List<Mark> marks;
    private final ThumbnailSheet images;
    private final BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);

    /**
     * An image in the plane.
     *
     * @param label its label
     * @param x grows to the right
     * @param y grows to the top
     */
    public record Mark(int label, double x, double y) {}

    /** The corner of an image in the picture. */
    private record Place(int left, int top) {}

    private LabelledPlane(List<Mark> marks, ThumbnailSheet images) {
        this.marks = marks;
        this.images = images;
    }

    /**
     * Draws images; both axes have the same scale, and lines go through the origin.
     *
     * @param marks one for each image, at least one
     * @param images in the order of the marks
     */
    public static LabelledPlane of(List<Mark> marks, ThumbnailSheet images) {
        LabelledPlane plane = new LabelledPlane(marks, images);
        plane.draw();
        return plane;
    }

    /** The picture as the content of a PNG file. */
    public byte[] png() {
        return Png.of(picture);
    }

    private void draw() {
        double left = marks.stream().mapToDouble(Mark::x).min().orElseThrow();
        double right = marks.stream().mapToDouble(Mark::x).max().orElseThrow();
        double bottom = marks.stream().mapToDouble(Mark::y).min().orElseThrow();
        double top = marks.stream().mapToDouble(Mark::y).max().orElseThrow();
        double extent = Math.max(right - left, top - bottom);
        double scale = (SIDE - 2 * MARGIN) / (extent > 0 ? extent : 1);
        double originX = SIDE / 2.0 - scale * (left + right) / 2;
        double originY = SIDE / 2.0 + scale * (bottom + top) / 2;

        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(AXES);
        graphics.drawLine((int) originX, 0, (int) originX, SIDE);
        graphics.drawLine(0, (int) originY, SIDE, (int) originY);
        List<Place> taken = new ArrayList<>();
        for (int index = 0; index < marks.size(); index++) {
            Mark mark = marks.get(index);
            double x = originX + scale * mark.x();
            double y = originY - scale * mark.y();
            Place place = new Place((int) (x - images.width() / 2.0), (int) (y - images.height() / 2.0));
            if (isFree(place, taken)) {
                taken.add(place);
                draw(index, place);
            } else {
                graphics.setColor(new Color(colour(mark)));
                graphics.fill(new Ellipse2D.Double(x - DOT / 2, y - DOT / 2, DOT, DOT));
            }
        }
        graphics.dispose();
    }

    private boolean isFree(Place place, List<Place> taken) {
        return taken.stream()
                .allMatch(other -> Math.abs(other.left() - place.left()) >= images.width()
                        || Math.abs(other.top() - place.top()) >= images.height());
    }

    /** Its dark pixels hide nothing. */
    private void draw(int index, Place place) {
        int colour = colour(marks.get(index));
        for (int y = Math.max(0, -place.top()); y < Math.min(images.height(), SIDE - place.top()); y++) {
            for (int x = Math.max(0, -place.left()); x < Math.min(images.width(), SIDE - place.left()); x++) {
                int below = picture.getRGB(place.left() + x, place.top() + y);
                picture.setRGB(
                        place.left() + x, place.top() + y, lighter(below, tint(colour, images.level(index, y, x))));
            }
        }
    }

    private static int colour(Mark mark) {
        return COLOURS[Math.floorMod(mark.label(), COLOURS.length)];
    }

    private static int tint(int colour, int level) {
        int red = (colour >> 16 & LEVELS) * level / LEVELS;
        int green = (colour >> 8 & LEVELS) * level / LEVELS;
        int blue = (colour & LEVELS) * level / LEVELS;
        return red << 16 | green << 8 | blue;
    }

    private static int lighter(int one, int other) {
        int red = Math.max(one & 0xff0000, other & 0xff0000);
        int green = Math.max(one & 0xff00, other & 0xff00);
        int blue = Math.max(one & 0xff, other & 0xff);
        return red | green | blue;
    }
}
