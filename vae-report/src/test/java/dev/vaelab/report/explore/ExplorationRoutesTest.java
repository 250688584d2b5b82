package dev.vaelab.report.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vaelab.api.backend.Engine;
import dev.vaelab.api.backend.EngineDescription;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.backend.VaeModel;
import dev.vaelab.api.network.Network;
import dev.vaelab.api.network.NetworkSpecification;
import dev.vaelab.api.network.Phase;
import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.tensor.TensorOperations;
import dev.vaelab.api.weights.NamedTensors;
import dev.vaelab.api.weights.Tensor;
import dev.vaelab.experiment.TinyModel;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.report.web.LocalServer;
import dev.vaelab.training.ModelImages;
import dev.vaelab.training.PosteriorValues;
import dev.vaelab.training.model.ModelRequest;
import dev.vaelab.training.network.ComposedNetwork;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The questions of the page")
final class ExplorationRoutesTest {
    private static final int IMAGES = 5;
    private static final int LATENT = 3;
    private static final float MORE = 1;

    private static final ModelRequest REQUEST = TinyModel.request(LATENT);
    private static final List<Throwable> FAILURES = new CopyOnWriteArrayList<>();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Exploration exploration;
    private static LocalServer server;

    /** The reference backend with another bias at the end of its decoder: an engine that does not compute the same. */
    private record OtherBackend(String name) implements VaeBackend {

        @Override
        public String description() {
            return "";
        }

        @Override
        public EngineDescription engine() {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public Engine<?> open() {
            return spoiled(TinyModel.backend().open());
        }

        private static <T> Engine<T> spoiled(Engine<T> engine) {
            return new Engine<>() {
                @Override
                public TensorOperations<T> operations() {
                    return engine.operations();
                }

                @Override
                public Optional<Network<T>> network(NetworkSpecification specification) {
                    return Optional.of(new OtherBias<>(new ComposedNetwork<>(operations(), specification)));
                }

                @Override
                public void close() {
                    engine.close();
                }
            };
        }
    }

    /** Takes other weights than it is given. */
    private record OtherBias<T>(Network<T> network) implements Network<T> {
        @Override
        public List<T> parameters() {
            return network.parameters();
        }

        @Override
        public NamedTensors read(List<T> parameters) {
            return network.read(parameters);
        }

        @Override
        public void write(NamedTensors tensors, List<T> parameters) {
            network.write(changed(tensors), parameters);
        }

        @Override
        public NamedTensors statistics() {
            return network.statistics();
        }

        @Override
        public void writeStatistics(NamedTensors tensors) {
            network.writeStatistics(tensors);
        }

        @Override
        public Pass<T> forward(T input, Phase phase) {
            return network.forward(input, phase);
        }

        @Override
        public void close() {
            network.close();
        }
    }

    private static NamedTensors changed(NamedTensors weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        String name = "decoder.deconv1.bias";
        tensors.computeIfPresent(name, (same, bias) -> new Tensor(bias.shape(), new float[] {bias.values()[0] + MORE}));
        return new NamedTensors(tensors);
    }

    @BeforeAll
    static void serve() {
        ExploredModel model = new ExploredModel(
                "tiny",
                Path.of("runs/tiny"),
                7,
                REQUEST,
                Optional.of(TinyModel.images(IMAGES)),
                List.of("round", "square"),
                Optional.empty(),
                TinyModel.STREAMS);
        exploration = Exploration.open(
                model, List.of(TinyModel.backend(), new OtherBackend("other"), new OtherBackend("third")));
        server = LocalServer.bind(0);
        server.serve(ExplorationRoutes.of(exploration), FAILURES::add);
    }

    @AfterAll
    static void stop() {
        server.close();
        exploration.close();
        assertEquals(List.of(), FAILURES);
    }

    @Test
    @DisplayName("begin with what there is to explore")
    void description() throws Exception {
        Map<?, ?> run = json(get("/api/run"));
        assertEquals("tiny", run.get("name"));
        assertEquals(List.of("reference", "other", "third"), run.get("engines"));
        assertEquals(
                List.of(
                        Map.of("first", "reference", "second", "other"),
                        Map.of("first", "reference", "second", "third"),
                        Map.of("first", "other", "second", "third")),
                run.get("pairs"));
        assertEquals(Map.of("channels", 1, "height", 8, "width", 8), run.get("image"));
        assertEquals(IMAGES, run.get("testImages"));
        assertEquals(List.of("round", "square"), run.get("classNames"));
        assertEquals(List.of(1, 0, 2), run.get("examples"), "the first image of label 0, of label 1 and of label 2");
        List<Double> kls = ((List<?>) run.get("dimensions"))
                .stream()
                        .map(dimension -> (double) ((Map<?, ?>) dimension).get("kl"))
                        .toList();
        assertEquals(LATENT, kls.size());
        assertTrue(kls.get(0) > kls.get(1) && kls.get(1) > kls.get(2), kls.toString());
        assertEquals(IMAGES, ((List<?>) ((Map<?, ?>) run.get("map")).get("points")).size());
    }

    @Test
    @DisplayName("are answered with what each engine decodes, and how far each pair of engines is apart")
    void decodes() throws Exception {
        float[] latents = {0.5f, -1, 2};
        float[] one;
        float[] other;
        try (VaeModel<?> reference = REQUEST.create(TinyModel.backend());
                VaeModel<?> changed = REQUEST.create(new OtherBackend("other"))) {
            one = ModelImages.decode(reference, latents);
            other = ModelImages.decode(changed, latents);
        }
        Map<?, ?> decoded = json(post("{\"latents\": [0.5, -1, 2]}"));
        List<?> images = (List<?>) decoded.get("images");
        assertEquals(3, images.size());
        assertArrayEquals(Levels.of(one), bytes(images.get(0)));
        assertArrayEquals(Levels.of(other), bytes(images.get(1)));
        assertArrayEquals(Levels.of(other), bytes(images.get(2)));
        List<?> differences = (List<?>) decoded.get("differences");
        assertEquals(3, differences.size());
        double largest = 0;
        for (int pixel = 0; pixel < one.length; pixel++) {
            largest = Math.max(largest, Math.abs(one[pixel] - other[pixel]));
        }
        assertTrue(largest > 0.1, "a bias of " + MORE + " more is seen");
        for (Object difference : differences.subList(0, 2)) {
            assertEquals(largest, (double) ((Map<?, ?>) difference).get("largest"), 1e-7);
            assertEquals(one.length, bytes(((Map<?, ?>) difference).get("pixels")).length);
        }
        assertEquals(0.0, ((Map<?, ?>) differences.get(2)).get("largest"), "the third computes what the other does");
    }

    @Test
    @DisplayName("get test images with their posterior means")
    void images() throws Exception {
        for (int index = 0; index < IMAGES; index++) {
            Map<?, ?> image = json(get("/api/image?index=" + index));
            assertEquals((IMAGES - 1 - index) % 3, image.get("label"));
            float[] pixels = new float[64];
            TinyModel.images(IMAGES).copyPixels(index, pixels, 0);
            assertArrayEquals(Levels.of(pixels), bytes(image.get("pixels")));
            try (VaeModel<?> model = REQUEST.create(TinyModel.backend())) {
                float[] mean = PosteriorValues.of(model, pixels).means();
                assertArrayEquals(mean, floats(image.get("mean")), 1e-6f);
            }
        }
    }

    @Test
    @DisplayName("get the samples of the prior that generate draws")
    void samples() throws Exception {
        float[] drawn = TinyModel.STREAMS.gaussian(10 * LATENT, Purpose.GENERATION);
        for (int index : new int[] {0, 1, 9}) {
            Map<?, ?> sample = json(get("/api/sample?index=" + index));
            assertEquals(index, sample.get("index"));
            assertArrayEquals(
                    Arrays.copyOfRange(drawn, index * LATENT, (index + 1) * LATENT), floats(sample.get("latents")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                  | body: found something else, expected JSON like {\"latents\": [0.5, -1]}",
                "null                              | body: found something else, expected JSON like {\"latents\": [0.5, -1]}",
                "[1, 2, 3]                         | body: found something else, expected JSON like {\"latents\": [0.5, -1]}",
                "{\"latents\": \"x\"}              | body: found something else, expected JSON like {\"latents\": [0.5, -1]}",
                "{\"latents\": [1, null, 3]}       | body: found something else, expected JSON like {\"latents\": [0.5, -1]}",
                "{\"latents\": [1, 2, 3], \"a\":1} | body: found something else, expected JSON like {\"latents\": [0.5, -1]}",
                "{\"latents\": [1, 2, 3            | body: found something else, expected JSON like {\"latents\": [0.5, -1]}",
                "{}                                | latents: found none, expected 3 numbers",
                "{\"latents\": [1, 2]}             | latents: found 2, expected 3 numbers",
                "{\"latents\": [1, 2, 3, 4]}       | latents: found 4, expected 3 numbers",
                "{\"latents\": [1, \"NaN\", 3]}    | latents[1]: found NaN, expected a finite number",
                "{\"latents\": [1, 2, -1e39]}      | latents[2]: found -Infinity, expected a finite number"
            })
    @DisplayName("are answered with a reason and status 400 if the latents are not right")
    void wrongLatents(String body, String reason) throws Exception {
        HttpResponse<String> response = post(body == null ? "" : body);
        assertEquals(400, response.statusCode());
        assertEquals(reason, json(response).get("error"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/image?index=5, index: found \"5\", a whole number from 0 to 4",
        "/api/image?index=-1, index: found \"-1\", a whole number from 0 to 4",
        "/api/image, index: found nothing, a whole number from 0 to 4",
        "/api/sample?index=10000, index: found \"10000\", a whole number from 0 to 9999"
    })
    @DisplayName("are answered with a reason and status 400 if there is no such image or sample")
    void wrongIndex(String target, String found, String expected) throws Exception {
        HttpResponse<String> response = get(target);
        assertEquals(400, response.statusCode());
        assertEquals(found + ", expected " + expected, json(response).get("error"));
    }

    @Test
    @DisplayName("come from a page whose every file is there, and loads nothing from elsewhere")
    void page() throws Exception {
        HttpResponse<String> page = get("/");
        assertEquals(200, page.statusCode());
        Matcher files = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.body());
        int count = 0;
        while (files.find()) {
            assertTrue(files.group(1).matches("[a-z]+\\.(js|css|svg)"), files.group(1));
            assertEquals(200, get("/" + files.group(1)).statusCode(), files.group(1));
            count++;
        }
        assertEquals(10, count);
    }

    private static HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(uri(target)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(uri("/api/decode"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static URI uri(String target) {
        return server.address().resolve(target);
    }

    private static Map<?, ?> json(HttpResponse<String> response) {
        return JsonText.read(response.body(), Map.class);
    }

    private static byte[] bytes(Object base64) {
        return Base64.getDecoder().decode((String) base64);
    }

    private static float[] floats(Object numbers) {
        List<?> list = (List<?>) numbers;
        float[] floats = new float[list.size()];
        for (int index = 0; index < floats.length; index++) {
            floats[index] = ((Number) list.get(index)).floatValue();
        }
        return floats;
    }
}
