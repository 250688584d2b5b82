package dev.vaelab.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.comparison.Comparison;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.Extras;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.sweep.Sweep;
import dev.vaelab.experiment.sweep.SweepFolder;
import dev.vaelab.experiment.sweep.SweepRun;
import dev.vaelab.experiments.Program.Outcome;
import dev.vaelab.report.page.ComparisonReport;
import dev.vaelab.report.page.RunReport;
import dev.vaelab.report.page.SweepReport;
import dev.vaelab.training.parity.Aspect;
import dev.vaelab.training.parity.Difference;
import dev.vaelab.training.parity.ParityReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("In a real browser without a network")
final class ReportInBrowserTest {
    private static final String HOSTILE = "</script><img src=x onerror=document.body.remove()><b>bold</b>";

    /** Different colours on each canvas: grid, axes, and a curve with its soft edges make more than a dozen. */
    private static final String COLOURS = """
            [...document.querySelectorAll('.plot canvas, .plane .uplot canvas')].map(canvas => new Set(new Uint32Array(
                canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size)""";

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static Path comparison;

    @BeforeAll
    static void compareEngines() throws Exception {
        assumeTrue(Browser.isInstalled(), "no Chromium: install the packages chromium and chromium-driver");
        SmallExperiment.write(folder, "reference");
        comparison = folder.resolve("comparison");
        Outcome outcome = Program.run(
                folder,
                "compare",
                "small.json",
                "--backends",
                "reference,dl4j",
                "--seeds",
                "1,2",
                "--parity-steps",
                "3",
                "--out",
                comparison.toString());
        assertEquals(0, outcome.exitCode(), outcome.errors());
        browser = Browser.start(Files.createDirectory(folder.resolve("profile")));
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}")
    @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
    @DisplayName("the report of a run shows curves and pictures")
    void runReport(int width, String colourScheme) {
        browser.open(comparison.resolve("dl4j-seed1/report.html"), width, colourScheme);
        assertSound(colourScheme);
        assertEquals("small", text("#name"));
        assertEquals(7L, count(".plot canvas"));
        assertEquals(1L, count(".plane .uplot canvas"));
        assertEquals(4L, count("#gallery img"));
        assertEquals(2L, count("#strip img"));
        assertEquals(2L, count("#epochs tbody tr"));
        assertEquals(3L, count("#dimensions tbody tr"));
        if (width > 600) {
            assertTablesFit();
        }
        assertTrue(text("#figures").matches("(?s).*Test total\\s*[0-9.]+\\s*nats per image.*"), text("#figures"));
        assertTrue(text("#origins").contains("Deeplearning4j"));
        assertTrue(text("#settings").contains("training.optimizer.learningRate"));
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}")
    @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
    @DisplayName("the report of a comparison shows verdict, curves, pictures and certificate")
    void comparisonReport(int width, String colourScheme) {
        browser.open(comparison.resolve("comparison.html"), width, colourScheme);
        assertSound(colourScheme);
        assertEquals(2L, count("#verdicts article"));
        assertEquals(11L, count(".plot canvas"));
        assertEquals(2L, count("#active-units tbody tr"));
        assertTrue(
                text("#active-units").matches(".*dl4j3[0-3] \\(seed 1\\), [0-3] \\(seed 2\\).*"),
                text("#active-units"));
        if (width > 600) {
            assertTablesFit();
        }
        assertEquals(10L, count("#gallery img"));
        assertEquals(2L, count("#engines tbody tr"));
        assertEquals(5L, count("#certificates tbody tr"));
        assertEquals(4L, count("#run-table a[href$='/report.html']"));
        assertEquals(0L, count("#failures:not([hidden])"));
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}")
    @CsvSource({"1280, light", "390, dark"})
    @DisplayName(
            "the report of scores shows figures, histograms, ROC curves and unusual images, and how they came about")
    void scoreReport(int width, String colourScheme) {
        String run = comparison.resolve("reference-seed1").toString();
        Map<?, ?> scores = InProcess.in(folder)
                .succeed("score", run, "--against", "mnist", "--set", "against.test=50", "--json", "--quiet")
                .json();
        browser.open(folder.resolve((String) scores.get("page")), width, colourScheme);
        assertSound(colourScheme);
        assertEquals(5L, count("#figures tbody tr"));
        assertEquals(3L, count("#tiles dt"));
        assertEquals(6L, count(".plot canvas"));
        assertEquals(15L, count("#galleries img"));
        assertEquals(1L, count("#no-code:not([hidden])"));
        assertTrue(text("#question").contains("mnist (50) the unusual ones"), text("#question"));
        assertTrue(text("#origins").contains("PNG"), text("#origins"));
        if (width > 600) {
            assertTablesFit();
        }
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}")
    @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
    @DisplayName("the report of a sweep shows the best run, a ranking, curves and pictures")
    void sweepReport(int width, String colourScheme) {
        SweepFolder sweep = new SweepFolder(comparison);
        List<SweepRun> runs = Stream.of("reference-seed1", "dl4j-seed1", "dl4j-seed2", "not-there")
                .map(name -> new SweepRun(
                        name,
                        Map.of("backend", name.replaceFirst("-.*", "")),
                        "mnist",
                        SweepRun.Status.UNFINISHED,
                        false,
                        null,
                        null,
                        null,
                        null,
                        JsonText.readFile(comparison.resolve("dl4j-seed1/config.json"), ExperimentConfig.class)))
                .toList();
        sweep.write(new Sweep("engines", 1, List.of("backend"), runs));
        SweepReport.write(sweep.read(), sweep, Extras.required());

        browser.open(sweep.report(), width, colourScheme);

        assertSound(colourScheme);
        assertEquals("engines", text("#name"));
        assertEquals("backend; 3 of 4 runs finished, 1 still to do", text("#subtitle"));
        assertEquals(4L, count("#run-tables tbody tr"));
        assertEquals(1L, count("#run-tables tr.best"));
        assertEquals(3L, count("#run-tables a[href$='/report.html']"));
        assertEquals(6L, count("canvas"));
        assertEquals(5L, count("#gallery img"));
        assertEquals(0L, count("#failures:not([hidden])"));
        assertTrue(text("#settings").contains("training.optimizer.learningRate"));
    }

    @Test
    @DisplayName("the report of a run that has just begun shows where it comes from, and no empty charts")
    void unfinishedRun() throws IOException {
        RunFolder begun = new RunFolder(Files.createDirectory(folder.resolve("begun")));
        RunFolder finished = new RunFolder(comparison.resolve("dl4j-seed1"));
        Files.copy(finished.config(), begun.config());
        Files.copy(finished.provenance(), begun.provenance());
        Files.writeString(begun.report(), RunReport.read(begun).page());
        browser.open(begun.report(), 1280, "light");
        assertSound("light");
        assertEquals("Not finished: 0 of 2 epochs are done.", text("#status"));
        assertEquals(0L, count("canvas"));
        assertTrue(text("#origins").contains("Deeplearning4j"));
    }

    @Test
    @DisplayName("arrow keys read the values of a chart, and a button of its legend takes a curve away")
    void keyboard() {
        browser.open(comparison.resolve("dl4j-seed1/report.html"), 1280, "light");
        assertEquals("at epoch 2", text(".chart .at"));
        String last = text(".chart output");
        browser.evaluate("document.querySelector('.chart').focus()");
        browser.press("ArrowLeft");
        browser.press("ArrowLeft");
        assertEquals("at epoch 1", text(".chart .at"));
        assertNotEquals(last, text(".chart output"));

        Object before = browser.evaluate("document.querySelector('canvas').toDataURL()");
        browser.evaluate("document.querySelector('.chart button').click()");
        assertEquals("false", browser.evaluate("document.querySelector('.chart button').ariaPressed"));
        waitForDrawing();
        assertNotEquals(before, browser.evaluate("document.querySelector('canvas').toDataURL()"));
        assertEquals(List.of(), browser.console());
    }

    @Test
    @DisplayName("the map of the test images names what is under the pointer and shows its image")
    void mapUnderPointer() {
        openMap();
        List<?> place = (List<?>) browser.evaluate("""
                (() => {
                  const state = scatters[0];
                  const corner = state.plane.getBoundingClientRect();
                  const [x, y] = placeOf(state, state.points[5]);
                  return [corner.left + x, corner.top + y];
                })()""");
        browser.point((Number) place.get(0), (Number) place.get(1));
        waitForDrawing();
        assertEquals(
                true,
                browser.evaluate("pointAt(scatters[0], ...placeOf(scatters[0], scatters[0].points[5])) !== null"));
        assertChosen();
        browser.point(0, 0);
        waitForDrawing();
        assertEquals(0L, count(".tip:not([hidden])"));
        assertEquals(List.of(), browser.console());
    }

    @Test
    @DisplayName("arrow keys go from point to point of the map, Escape leaves it, and a label can be taken away")
    void mapByKeyboard() {
        openMap();
        browser.evaluate("document.querySelector('.scatter').focus()");
        browser.press("ArrowRight");
        assertChosen();
        String first = text(".tip");
        Object x = browser.evaluate("scatters[0].chosen.x");
        browser.press("ArrowRight");
        assertNotEquals(first, text(".tip"));
        assertTrue(((Number) browser.evaluate("scatters[0].chosen.x")).doubleValue() > ((Number) x).doubleValue());
        browser.press("Escape");
        assertEquals(0L, count(".tip:not([hidden])"));

        Object before = browser.evaluate("document.querySelector('.plane .uplot canvas').toDataURL()");
        browser.evaluate("document.querySelector('.labels button').click()");
        waitForDrawing();
        assertNotEquals(before, browser.evaluate("document.querySelector('.plane .uplot canvas').toDataURL()"));
        assertEquals(List.of(), browser.console());
    }

    @ParameterizedTest(name = "{0} pixels wide")
    @CsvSource({"1280", "390"})
    @DisplayName("in the map no name of a label stands on another, though their points do")
    void namesOfLabels(int width) {
        browser.open(comparison.resolve("dl4j-seed1/report.html"), width, "light");
        waitForDrawing();
        browser.evaluate("scatters[0].points.forEach((point, index) => { point.label = index % 10; })");
        browser.evaluate("(scatters[0].labels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0)");
        assertEquals(10L, browser.evaluate("namePlaces(scatters[0]).length"));
        assertEquals(0L, browser.evaluate("""
                (names => names.flatMap((one, index) => names.slice(index + 1).filter(other =>
                    Math.abs(one.place[0] - other.place[0]) < 14 && Math.abs(one.place[1] - other.place[1]) < 16)).length)(
                    namePlaces(scatters[0]))"""));
    }

    @Test
    @DisplayName("a comparison that was moved has its pictures and its pages made anew by report")
    void movedComparison() throws Exception {
        Path moved = folder.resolve("moved");
        Folders.copy(comparison, moved);
        Files.delete(moved.resolve("comparison.html"));
        Files.delete(moved.resolve("dl4j-seed2/images/samples.png"));
        Outcome outcome = InProcess.in(folder).succeed("report", "./moved");
        assertEquals("report: " + Path.of("moved/comparison.html"), outcome.output(), outcome.errors());
        assertTrue(Files.exists(moved.resolve("dl4j-seed2/images/samples.png")));
        browser.open(moved.resolve("comparison.html"), 1280, "light");
        assertSound("light");
        assertEquals(10L, count("#gallery img"));
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}")
    @CsvSource({"1280, light", "390, dark"})
    @DisplayName("the report of three engines has a verdict on all, one table of pairs, and a certificate of each pair")
    void threeEngines(int width, String colourScheme) throws IOException {
        Path file = comparison.resolve("three.html");
        Files.writeString(file, ComparisonReport.of(ofThree()).page());
        browser.open(file, width, colourScheme);
        assertSound(colourScheme);
        assertEquals(2L, count("#verdicts article"));
        assertEquals("Equivalent within 0.5 nats: all 3 pairs", text("#verdicts article:nth-child(1) h3"));
        assertEquals("Parity failed: 1 of 3 pairs", text("#verdicts article:nth-child(2) h3"));
        assertEquals(1L, count("#verdicts article.good"));
        assertEquals(1L, count("#verdicts article.bad"));
        assertEquals(3L, count("#pair-verdicts tbody tr"));
        assertEquals(
                "third against dl4jEquivalent within 0.5 natsFailed", text("#pair-verdicts tbody tr:nth-child(3)"));
        assertEquals(6L, count("#verdict-words article"));
        assertEquals(3L, count("#differences tbody tr"));
        assertEquals(3L, count("#certificates h3"));
        assertEquals(
                "third against dl4jno",
                text("#certificates table tbody tr:nth-child(3)").substring(0, 20));
        assertTrue(
                text("#certificates table tbody tr:nth-child(3)").contains("not a number"),
                "a difference that is not finite is not shown as 0");
        assertEquals(3L, count("#curve-charts .chart:last-child button"), "a curve for each pair");
        assertEquals(5L, count("#gallery .narrow"), "a row for each kind of picture");
        assertEquals(15L, count("#gallery img"));
        if (width > 600) {
            assertTablesFit();
        }
    }

    /** The comparison with a third engine, whose runs are those of the second under its name, and which parts from it. */
    private static Comparison ofThree() {
        Comparison two = JsonText.readFile(comparison.resolve("comparison.json"), Comparison.class);
        List<ComparedRun> runs = new ArrayList<>(two.runs());
        two.runs().stream()
                .filter(run -> run.backend().equals("dl4j"))
                .map(run -> new ComparedRun(
                        "third", run.seed(), run.folder(), null, run.result(), run.epochs(), run.provenance()))
                .forEach(runs::add);
        ParityReport passed = two.parity().get(0).report();
        List<Difference> differences = new ArrayList<>(passed.differences());
        differences.add(new Difference(3, Aspect.LOSS, "loss", Double.NaN));
        ParityReport failed =
                new ParityReport("dl4j", "third", passed.steps(), differences, passed.weights(), passed.ownDrift());
        return Comparison.of(
                two.config(),
                List.of("reference", "dl4j", "third"),
                two.seeds(),
                runs,
                0.5,
                List.of(
                        new Comparison.Certificate("reference", "dl4j", passed, null),
                        new Comparison.Certificate("reference", "third", passed, null),
                        new Comparison.Certificate("dl4j", "third", failed, null)));
    }

    @Test
    @DisplayName("a text that looks like markup is shown as it is")
    void hostileTexts() throws IOException {
        Comparison original = JsonText.readFile(comparison.resolve("comparison.json"), Comparison.class);
        List<ComparedRun> runs = new ArrayList<>(original.runs());
        ComparedRun last = runs.remove(runs.size() - 1);
        runs.add(new ComparedRun(last.backend(), last.seed(), last.folder(), HOSTILE, null, last.epochs(), null));
        Path file = folder.resolve("hostile.html");
        Files.writeString(
                file,
                ComparisonReport.of(Comparison.of(
                                original.config(),
                                original.backends(),
                                original.seeds(),
                                runs,
                                0.5,
                                List.of(new Comparison.Certificate("reference", "dl4j", null, HOSTILE))))
                        .page());
        browser.open(file, 1280, "light");
        assertSound("light");
        assertTrue(text("#failed-runs").contains(HOSTILE), text("#failed-runs"));
        assertTrue(text("#certificates").contains(HOSTILE), text("#certificates"));
        assertEquals(0L, count("b"));
    }

    private static void openMap() {
        browser.open(comparison.resolve("dl4j-seed1/report.html"), 1280, "light");
        browser.evaluate("document.querySelector('.scatter').scrollIntoView({ behavior: 'instant', block: 'center' })");
        waitForDrawing();
    }

    /** A test image with its label, its number, its place and its picture, which is not one colour. */
    private static void assertChosen() {
        assertTrue(
                text(".tip:not([hidden])").matches("label \\dtest image \\d+at −?\\d+\\.\\d\\d, −?\\d+\\.\\d\\d"),
                text(".tip"));
        assertTrue((long) browser.evaluate("""
                new Set(new Uint32Array((canvas => canvas.getContext('2d')
                    .getImageData(0, 0, canvas.width, canvas.height))(document.querySelector('.tip canvas'))
                    .data.buffer)).size""") > 12);
    }

    /** No error, nothing loaded, every chart drawn, every picture decoded, no part wider than the window. */
    private static void assertSound(String colourScheme) {
        waitForDrawing();
        assertEquals(List.of(), browser.console());
        assertEquals(
                0L,
                browser.evaluate("performance.getEntriesByType('resource')"
                        + ".filter(entry => !entry.name.startsWith('data:')).length"));
        for (Object colours : (List<?>) browser.evaluate(COLOURS)) {
            assertTrue((long) colours > 12, "a chart with " + colours + " colours");
        }
        assertEquals(0L, browser.evaluate("[...document.images].filter(image => !(image.naturalWidth > 0)).length"));
        assertEquals(
                true, browser.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        assertEquals(
                colourScheme.equals("dark") ? "rgb(20, 23, 26)" : "rgb(251, 251, 250)",
                browser.evaluate("getComputedStyle(document.body).backgroundColor"));
        assertEquals(0L, count("h2:empty, h3:empty, th:empty, img:not([alt])"));
    }

    /** On a wide window no table has to be scrolled, not even one that has to be opened. */
    private static void assertTablesFit() {
        browser.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })");
        assertEquals(
                List.of(),
                browser.evaluate("[...document.querySelectorAll('.scroll')]"
                        + ".filter(table => table.scrollWidth > table.clientWidth).map(table => table.ariaLabel)"));
    }

    /** Charts are drawn when the browser next paints. */
    private static void waitForDrawing() {
        browser.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    private static String text(String selector) {
        return (String) browser.evaluate("document.querySelector(\"" + selector + "\").textContent");
    }

    private static long count(String selector) {
        return (long) browser.evaluate("document.querySelectorAll(\"" + selector + "\").length");
    }
}
