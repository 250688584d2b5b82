package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The page of explore, in a real browser without a network,")
final class ExploreInBrowserTest {
    private static final String FIRST_PICTURE = "#pictures canvas";
    private static final String SLIDER = "#sliders input";

    @TempDir
    private static Path folder;

    private static Explorer explorer;
    private static Browser browser;

    @BeforeAll
    static void explore() throws Exception {
        assumeTrue(Browser.isInstalled(), "no Chromium: install the packages chromium and chromium-driver");
        SmallExperiment.write(folder, "reference");
        // Learns fast, and is paid to use its latents: there is something to see after a second.
        InProcess.in(folder)
                .succeed(
                        "train",
                        "./small.json",
                        "--out",
                        "./run",
                        "--set",
                        "training.epochs=6",
                        "--set",
                        "training.optimizer.learningRate=0.01",
                        "--set",
                        "loss.beta=0.2");
        explorer = Explorer.start(folder, "run", "--backends", "dl4j,djl");
        browser = Browser.start(Files.createDirectory(folder.resolve("profile")));
    }

    @AfterAll
    static void end() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (explorer != null) {
            String errors = explorer.end();
            explorer.close();
            assertEquals("", errors);
        }
    }

    @BeforeEach
    void openPage() {
        open(1280, "light");
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}")
    @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
    @DisplayName("opens without an error, loads nothing from elsewhere and fits its window")
    void opens(int width, String colourScheme) {
        open(width, colourScheme);
        assertEquals(List.of(), browser.console());
        assertEquals("small", text("#name"));
        assertEquals("Engines dl4j and djl, seed 7, best checkpoint of run", text("#subtitle"));
        assertEquals(3L, count("#pictures canvas"));
        assertEquals(3L, count("#sliders input[type=range]"));
        assertEquals(10L, count("#labels button"));
        assertEquals(20L, count(".examples canvas"));
        assertEquals(
                0L,
                count(
                        "h2:empty, button:empty, input:not([id]):not(label input), canvas[role=img]:not([aria-label]), .picture:not([role]):not(button .picture)"));
        for (String canvas : List.of(FIRST_PICTURE, "#map canvas", "#from canvas")) {
            assertTrue(colours(canvas) > 12, canvas + " with " + colours(canvas) + " colours");
        }
        assertEquals(
                0L,
                browser.evaluate("performance.getEntriesByType('resource')"
                        + ".filter(entry => !entry.name.startsWith(location.origin)).length"));
        assertEquals(
                true, browser.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        assertEquals(
                colourScheme.equals("dark") ? "rgb(20, 23, 26)" : "rgb(251, 251, 250)",
                browser.evaluate("getComputedStyle(document.body).backgroundColor"));
    }

    @Test
    @DisplayName("decodes what a slider is set to, by mouse and by arrow keys, and goes back to the middle")
    void sliders() {
        String middle = picture();
        browser.mouseDown(SLIDER, 0.5, 0.5);
        browser.mouseMove(SLIDER, 0.8, 0.5);
        String dragged = picture();
        assertNotEquals(middle, dragged, "while the mouse is still down");
        browser.mouseUp(SLIDER, 0.8, 0.5);
        double value = Double.parseDouble(text("#sliders output"));
        assertTrue(value > 1 && value < 4, "slider at " + value);

        browser.evaluate("document.querySelector('" + SLIDER + "').focus()");
        browser.press("ArrowRight");
        picture();
        assertEquals(value + 0.05, Double.parseDouble(text("#sliders output")), 1e-9);
        browser.press("Home");
        assertNotEquals(dragged, picture());
        assertEquals("−4.00", text("#sliders output"));

        click("#reset");
        assertEquals(middle, picture());
        assertEquals("0.00", text("#sliders output"));
        assertEquals(List.of(), browser.console());
    }

    @Test
    @DisplayName("decodes the point of the map that is dragged to, and the sliders follow")
    void map() {
        String middle = picture();
        browser.mouseDown("#map canvas", 0.5, 0.5);
        browser.mouseMove("#map canvas", 0.2, 0.3);
        String dragged = picture();
        assertNotEquals(middle, dragged, "while the mouse is still down");
        assertNotEquals("0.00", text("#sliders output"));
        String position = text("#map-position");
        assertTrue(position.matches("At −\\d+\\.\\d\\d, \\d+\\.\\d\\d"), position);
        browser.mouseMove("#map canvas", 0.9, 0.8);
        assertNotEquals(dragged, picture());
        browser.mouseUp("#map canvas", 0.9, 0.8);
        String released = picture();
        browser.mouseMove("#map canvas", 0.1, 0.1);
        assertEquals(released, picture(), "the mouse is up");
        assertEquals(List.of(), browser.console());
    }

    @Test
    @DisplayName("goes through the map by arrow keys, further with Shift up to its edge, and back by Home")
    void keyboard() {
        browser.evaluate("document.querySelector('#map').focus()");
        browser.press("Home");
        String origin = picture();
        assertEquals("At 0.00, 0.00", text("#map-position"));
        for (int step = 0; step < 30; step++) {
            browser.press("ArrowLeft");
        }
        assertNotEquals(origin, picture());
        double left = number("position[0]");
        double extent = number("plane.extent");
        assertEquals(-30 * extent / 50, left, 1e-9);
        for (int step = 0; step < 51; step++) {
            browser.press("ArrowUp");
        }
        picture();
        assertEquals(left, number("position[0]"), 1e-9);
        assertEquals(extent, number("position[1]"), 1e-9, "no further than the edge");
        browser.press("Home");
        assertEquals(origin, picture());
    }

    @Test
    @DisplayName("has numbers along both axes of the map, at the places where they belong")
    void ticks() {
        for (String axis : new String[] {"horizontal", "vertical"}) {
            String side = axis.equals("horizontal") ? "left" : "bottom";
            assertTrue(count("#map .tick." + axis) >= 4, axis);
            assertEquals(
                    0.0,
                    number("Math.max(...[...document.querySelectorAll('#map .tick." + axis + "')].map(tick => Math.abs("
                            + "parseFloat(tick.style." + side
                            + ") - 50 * (Number(tick.textContent.replace('\u2212', '-'))"
                            + " / plane.extent + 1))))"),
                    0.5,
                    axis);
        }
    }

    @Test
    @DisplayName("shows images of one label alone")
    void labels() {
        Object all = browser.evaluate("document.querySelector('#map canvas').toDataURL()");
        click("#labels li:nth-child(4) button");
        Object one = browser.evaluate("document.querySelector('#map canvas').toDataURL()");
        assertNotEquals(all, one);
        assertEquals(1L, count("#labels [aria-pressed=true]"));
        click("#labels li:nth-child(4) button");
        assertEquals(all, browser.evaluate("document.querySelector('#map canvas').toDataURL()"));
        assertEquals(0L, count("#labels [aria-pressed=true]"));
    }

    @Test
    @DisplayName("puts two engines side by side, whose pixels differ by less than 1e-4")
    void twoEngines() {
        click("#sample");
        picture();
        double largest = number("Number(document.querySelector('#difference').dataset.largest)");
        assertTrue(largest < 1e-4, "largest difference " + largest);
        assertTrue(text("#difference").startsWith("Largest difference of a pixel: "), text("#difference"));
        assertTrue(
                text("#difference").contains("scaled to be seen: black is none, white is the largest one")
                        || largest == 0,
                text("#difference"));
        assertTrue(colours(FIRST_PICTURE) > 12, "an image is shown");
        // A pixel at the border of two grey levels may come out on either side.
        assertTrue(number("(() => { const [a, b] = [...document.querySelectorAll('#pictures canvas')]"
                        + ".map(canvas => canvas.getContext('2d').getImageData(0, 0, 28, 28).data);"
                        + " return Math.max(...a.map((level, index) => Math.abs(level - b[index]))); })()")
                <= 1);
    }

    @Test
    @DisplayName("puts three engines side by side, and the difference of each pair, in wide windows and in narrow ones")
    void threeEngines() throws Exception {
        try (Explorer three = Explorer.start(folder, "run", "--backends", "dl4j,djl,reference")) {
            assertEquals(List.of("dl4j", "djl", "reference"), three.announced().get("backends"));
            for (int width : List.of(1280, 390)) {
                browser.open(three.page(), width, "light");
                browser.evaluate(waitFor("document.querySelector('#explorer').ariaBusy === 'false'"));
                click("#sample");
                browser.evaluate(waitFor("document.querySelector('#source').textContent === 'Sample 1 of the prior.'"));
                picture();
                assertEquals(List.of(), browser.console());
                assertTrue(text("#subtitle").startsWith("Engines dl4j, djl and reference, "), text("#subtitle"));
                assertEquals(3L, count("#pictures .row:first-child canvas"));
                assertEquals("dl4j, djl", captionOfDifference(1));
                assertEquals("dl4j, reference", captionOfDifference(2));
                assertEquals("djl, reference", captionOfDifference(3));
                double largest = number("Number(document.querySelector('#difference').dataset.largest)");
                assertTrue(largest > 0 && largest < 1e-4, "largest difference " + largest);
                assertTrue(text("#difference").contains("white is the largest one of its pair"), text("#difference"));
                assertTrue(colours("#pictures .row:first-child figure:last-child canvas") > 12, "an image is shown");
                assertEquals(
                        true,
                        browser.evaluate(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
                assertTrue(
                        number("document.querySelector('#decoded').offsetHeight") < 700,
                        "what stays in view leaves room for what scrolls by");
                assertEquals(
                        0L,
                        browser.evaluate("[...document.querySelectorAll('#pictures figcaption')]"
                                + ".filter(caption => caption.scrollWidth > caption.clientWidth).length"));
            }
            assertEquals("", three.end());
        }
    }

    /** What stands with a difference, without its number. */
    private static String captionOfDifference(int index) {
        String figure = "#pictures .row:not(:first-child) figure:nth-child(" + index + ") figcaption";
        assertTrue(text(figure + " strong").matches("[0-9].*"), text(figure));
        return (String) browser.evaluate("document.querySelector('" + figure + "').firstChild.textContent");
    }

    @Test
    @DisplayName("draws images of three channels in colour")
    void colour() {
        assertEquals(List.of(1L, 3L, 5L, 255L, 2L, 4L, 6L, 255L), browser.evaluate("""
                (() => {
                  shape = { channels: 3, height: 1, width: 2 };
                  const canvas = emptyPicture();
                  drawPixels(canvas, btoa('\\x01\\x02\\x03\\x04\\x05\\x06'));
                  return [...canvas.getContext('2d').getImageData(0, 0, 2, 1).data];
                })()"""));
    }

    @Test
    @DisplayName("draws one sample of the prior after the other")
    void samples() {
        click("#sample");
        browser.evaluate(waitFor("document.querySelector('#source').textContent === 'Sample 1 of the prior.'"));
        String first = picture();
        click("#sample");
        browser.evaluate(waitFor("document.querySelector('#source').textContent === 'Sample 2 of the prior.'"));
        assertNotEquals(first, picture());
    }

    @Test
    @DisplayName("slides between two test images that are chosen by picture or by number")
    void between() {
        click("#from .examples button:nth-child(2)");
        browser.evaluate(waitFor("document.querySelector('#source').textContent.startsWith('0 % of the way')"));
        String first = picture();
        assertEquals("Label 1", text("#from .chosen span"));

        browser.evaluate("(() => { const number = document.querySelector('#to input'); number.value = 61;"
                + " number.dispatchEvent(new Event('change')); })()");
        browser.evaluate(waitFor("document.querySelector('#source').textContent.endsWith(' to 61.')"));
        assertEquals(first, picture(), "still at the first image");
        browser.evaluate("document.querySelector('#way').focus()");
        browser.press("ArrowRight");
        assertTrue(text("#source").startsWith("1 % of the way from test image "), text("#source"));
        browser.mouseDown("#way", 0.01, 0.5);
        browser.mouseMove("#way", 0.5, 0.5);
        String half = picture();
        browser.mouseMove("#way", 1, 0.5);
        String second = picture();
        browser.mouseUp("#way", 1, 0.5);
        assertNotEquals(first, half);
        assertNotEquals(half, second);
        assertTrue(text("#source").startsWith("100 % of the way from test image "), text("#source"));

        browser.evaluate("(() => { const number = document.querySelector('#to input'); number.value = 100;"
                + " number.dispatchEvent(new Event('change')); })()");
        assertEquals(second, picture(), "there is no image 100");
        assertEquals(false, browser.evaluate("document.querySelector('#to input').validity.valid"));
        assertEquals(List.of(), browser.console());
    }

    @Test
    @DisplayName("asks for the last of many places, and not for all those between")
    void latestWins() {
        picture();
        browser.evaluate("performance.clearResourceTimings()");
        browser.evaluate("(() => { for (let step = 1; step <= 50; step++) go([step / 25, 0]); })()");
        String last = picture();
        double requests = number(
                "performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('decode')).length");
        assertTrue(requests <= 2, requests + " requests");
        browser.evaluate("go([0, 0])");
        assertNotEquals(last, picture());
        browser.evaluate("go([2, 0])");
        assertEquals(last, picture());
    }

    @Test
    @DisplayName("says so if the program has ended, and goes on if it answers again")
    void ended() {
        assertEquals(true, browser.evaluate("document.querySelector('#failure').hidden"));
        browser.evaluate("(window.original = window.fetch, window.fetch = () => Promise.reject(new TypeError()), 0)");
        click("#reset");
        picture();
        assertEquals("The program does not answer. Is vae explore still running?", text("#failure"));
        assertEquals(false, browser.evaluate("document.querySelector('#failure').hidden"));
        browser.evaluate("(window.fetch = window.original, 0)");
        click("#reset");
        picture();
        assertEquals(true, browser.evaluate("document.querySelector('#failure').hidden"));
    }

    private static void open(int width, String colourScheme) {
        browser.open(explorer.page(), width, colourScheme);
        browser.evaluate(waitFor("document.querySelector('#explorer').ariaBusy === 'false'"));
        picture();
    }

    /** The picture of the first engine once all that was asked for is there. */
    private static String picture() {
        browser.evaluate(waitFor("document.querySelector('#decoded').ariaBusy === 'false'"));
        return (String) browser.evaluate("document.querySelector('" + FIRST_PICTURE + "').toDataURL()");
    }

    /** A promise that is kept when the browser paints and the condition holds. */
    private static String waitFor(String condition) {
        return "new Promise(done => { const look = () => requestAnimationFrame(() => (" + condition
                + ") ? done() : look()); look(); })";
    }

    /** Read from a copy: to read from the canvas itself makes the browser warn. */
    private static long colours(String canvas) {
        return (long) browser.evaluate("(canvas => { const copy = new OffscreenCanvas(canvas.width, canvas.height)"
                + ".getContext('2d', {willReadFrequently: true}); copy.drawImage(canvas, 0, 0); return new Set("
                + "new Uint32Array(copy.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size; })"
                + "(document.querySelector('" + canvas + "'))");
    }

    private static void click(String selector) {
        browser.evaluate("document.querySelector('" + selector + "').click()");
    }

    private static String text(String selector) {
        return (String) browser.evaluate("document.querySelector('" + selector + "').textContent");
    }

    private static double number(String expression) {
        return ((Number) browser.evaluate(expression)).doubleValue();
    }

    private static long count(String selector) {
        return (long) browser.evaluate("document.querySelectorAll('" + selector + "').length");
    }
}
