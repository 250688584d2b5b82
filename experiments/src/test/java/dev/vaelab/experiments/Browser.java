package dev.vaelab.experiments;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window and without a network. */
final class Browser implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    /** Held, since a logger that nobody holds forgets its level. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    /** By which elements of the browser itself, such as sliders, know a key. */
    private static final Map<String, Integer> KEY_CODES =
            Map.of("Home", 36, "ArrowLeft", 37, "ArrowUp", 38, "ArrowRight", 39, "ArrowDown", 40);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether this machine has one, as Debian's packages chromium and chromium-driver install it. */
    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM) && Files.isExecutable(DRIVER);
    }

    /**
     * Starts a browser.
     *
     * @param profile a folder for its own files, new or empty
     */
    static Browser start(Path profile) {
        // It warns that it does not know this version's debugging protocol, which nothing here needs.
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(PROGRAM.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withLogFile(new File(profile.toFile(), "driver.log"))
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Opens a file in a window so wide, in a light or a dark mood. */
    void open(Path file, int width, String colourScheme) {
        try {
            open(file.toRealPath().toUri(), width, colourScheme);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a page of this machine, whose name is localhost. */
    void open(URI page, int width, String colourScheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colourScheme))));
        driver.get(page.toString());
    }

    /** What a script returns. */
    Object evaluate(String expression) {
        return driver.executeScript("return " + expression);
    }

    /** Presses a key on what has the focus: the name of a key as pages are told it. */
    void press(String key) {
        for (String type : List.of("keyDown", "keyUp")) {
            driver.executeCdpCommand(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "code",
                            key,
                            "windowsVirtualKeyCode",
                            KEY_CODES.getOrDefault(key, 0)));
        }
    }

    /** Presses the mouse button in an element: at shares of its width and height, from the left and from the top. */
    void mouseDown(String selector, double x, double y) {
        evaluate("document.querySelector(\"" + selector + "\").scrollIntoView({block: 'center', behavior: 'instant'})");
        mouse("mousePressed", selector, x, y);
    }

    /** Moves the pressed mouse to another place in an element. */
    void mouseMove(String selector, double x, double y) {
        mouse("mouseMoved", selector, x, y);
    }

    /** Releases the mouse button. */
    void mouseUp(String selector, double x, double y) {
        mouse("mouseReleased", selector, x, y);
    }

    private void mouse(String type, String selector, double x, double y) {
        Map<?, ?> box =
                (Map<?, ?>) evaluate("document.querySelector(\"" + selector + "\").getBoundingClientRect().toJSON()");
        driver.executeCdpCommand(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        number(box, "left") + x * number(box, "width"),
                        "y",
                        number(box, "top") + y * number(box, "height"),
                        "button",
                        "left",
                        "buttons",
                        type.equals("mouseReleased") ? 0 : 1,
                        "clickCount",
                        1));
    }

    private static double number(Map<?, ?> object, String key) {
        return ((Number) object.get(key)).doubleValue();
    }

    /** What the console has been told since it was last asked: errors of scripts, refused addresses, warnings. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::toString)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
