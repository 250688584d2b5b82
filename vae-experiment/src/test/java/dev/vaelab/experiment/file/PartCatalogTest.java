package dev.vaelab.experiment.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.api.model.Loss;
import dev.vaelab.api.model.LossTerms;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.Posterior;
import dev.vaelab.api.model.Sampler;
import dev.vaelab.api.model.VariationalModel;
import dev.vaelab.api.tensor.Operand;
import dev.vaelab.training.part.Elbo;
import dev.vaelab.training.part.Reparameterized;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@DisplayName("Losses, likelihoods, priors and samplers of somebody else")
class PartCatalogTest {
    private static final String START = "name: small\nbackend: djl\ndataset: {name: mnist}\n";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("put their names, descriptions, keys, limits and defaults into the schema")
    void schema() throws IOException {
        JsonNode loss = schema(catalog(Loss.class, Wide.class)).whole().at("/properties/loss/properties");

        assertEquals(
                "[\"beta-tc\",\"elbo\",\"info\",\"iwae\",\"wide\"]",
                loss.at("/name/enum").toString());
        assertEquals(
                "Which loss. beta-tc: the bound with weights for mutual information, total correlation (beta) and the KL of"
                        + " each dimension (Chen et al. 2018);"
                        + " elbo: the evidence lower bound, with beta (Kingma and Welling 2014, Higgins et al. 2017);"
                        + " info: InfoVAE with maximum mean discrepancy (Zhao et al. 2017); with alpha 1 WAE-MMD (Tolstikhin"
                        + " et al. 2018);"
                        + " iwae: the importance-weighted bound with several latents of each image (Burda et al. 2016);"
                        + " wide: keys of every type.",
                loss.at("/name/description").asString());
        assertEquals(
                ExperimentMapper.MAPPER.readTree("""
                [{"type":"number","description":"How hot.","default":1.5,"exclusiveMinimum":0},
                {"type":"integer","default":3,"minimum":-2147483648,"maximum":7},
                {"type":"integer","default":4,"minimum":-9223372036854775808,"maximum":9223372036854775807},
                {"type":"boolean","default":true},
                {"type":"string","default":"cold"},
                {"type":"string","enum":["SUM","MEAN"],"default":"MEAN"},
                {"type":"array","items":{"type":"number"},"default":[0.5,2.0]},
                {"type":"number"}]
                """).valueStream().toList(),
                Arrays.stream(Wide.class.getRecordComponents())
                        .map(component -> loss.path(component.getName()).toString())
                        // The tree has other kinds of numbers than one that is read.
                        .map(ExperimentMapper.MAPPER::readTree)
                        .toList());
    }

    @Test
    @DisplayName("have the values of the file, and their defaults where it says nothing")
    void values() throws IOException {
        PartCatalog catalog = catalog(Loss.class, Wide.class);
        assertEquals(
                new Wide(),
                catalog.objective(config(catalog, "loss: {name: wide}")).loss());

        ExperimentConfig config = config(
                catalog,
                "loss: {name: wide, heat: 2, layers: -5, far: 9000000000, sure: false, word: warm, how: SUM,"
                        + " scales: [1], perhaps: -3}");
        assertEquals(
                new Wide(2, -5, 9_000_000_000L, false, "warm", Wide.How.SUM, List.of(1.0), -3.0),
                catalog.objective(config).loss());
        assertEquals(
                "{heat=2.0, layers=-5, far=9000000000, sure=false, word=warm, how=SUM, scales=[1.0], perhaps=-3.0}",
                config.loss().keys().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            loss: {name: wide, heat: 0} | small.yaml:4:26 loss.heat: found 0, expected a number above 0
            loss: {name: wide, layers: 8} | small.yaml:4:28 loss.layers: found 8, expected a whole number of at most 7
            loss: {name: wide, how: MAX} | small.yaml:4:25 loss.how: found text "MAX", expected one of SUM, MEAN
            loss: {name: wide, scales: 1} | small.yaml:4:28 loss.scales: found 1, expected a list, each a number
            loss: {name: wide, scale: [1]} | small.yaml:4:20 loss.scale: found an unknown key; did you mean loss.scales?
            loss: {heat: 1} | small.yaml:4:8 loss.heat: found heat with elbo, expected it with wide only; leave the key out, or set loss.name to wide
            loss: {freeBits: -0.1} | small.yaml:4:18 loss.freeBits: found -0.1, expected a number of at least 0
            loss: {name: beta-tc, gamma: -1} | small.yaml:4:30 loss.gamma: found -1, expected a number of at least 0
            loss: {name: beta-tc, samples: 5} | small.yaml:4:23 loss.samples: found samples with beta-tc, expected it with iwae only; leave the key out, or set loss.name to iwae
            loss: {name: iwae, gradient: dreg} | small.yaml:4:30 loss.gradient: found text "dreg", expected one of reparameterized, doubly-reparameterized
            loss: {name: info, bandwidth: 0} | small.yaml:4:31 loss.bandwidth: found 0, expected a number above 0
            loss: {name: info, kernel: cubic} | small.yaml:4:28 loss.kernel: found text "cubic", expected one of imq, rbf
            loss: {name: info, alpha: 2} | small.yaml:4:14 loss.name: found info, which refuses its keys (alpha lies between 0 and 1, since (1 - alpha) weighs the KL, found 2.0)
            loss: {name: info, alpha: 0, lambda: 1} | small.yaml:4:14 loss.name: found info, which refuses its keys (alpha + lambda - 1 weighs the discrepancy and is above 0, found alpha 0.0 and lambda 1.0)
            prior: {name: vamp, components: 0} | small.yaml:4:33 prior.components: found 0, expected a whole number of at least 1
            loss: {name: wide, heat: 1e-30} | small.yaml:4:26 loss.heat: found 1e-30, expected a number of at least 1e-12 and at most 1e12, since engines compute in float32
            loss: {name: wide, perhaps: -1e30} | small.yaml:4:29 loss.perhaps: found -1e30, expected 0, or a number with a magnitude of at least 1e-12 and at most 1e12, since engines compute in float32
            loss: {name: wide, word: stop} | small.yaml:4:14 loss.name: found wide, which refuses its keys (nobody may say stop)
            """)
    @DisplayName("have their keys checked with the line of the file, what their record refuses included")
    void problems(String line, String expected) throws IOException {
        PartCatalog catalog = catalog(Loss.class, Wide.class);
        InvalidInputException failure = assertThrows(InvalidInputException.class, () -> config(catalog, line));
        assertEquals(expected, failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            loss: {name: iwae} | loss iwae
            loss: {name: beta-tc} | loss beta-tc
            prior: {name: mixture} | prior mixture
            prior: {name: vamp} | prior vamp
            """)
    @DisplayName("that weigh latents by the density of the posterior need a sampler that draws them from it")
    void undrawn(String line, String part) throws IOException {
        PartCatalog catalog = PartCatalog.load(getClass().getClassLoader());
        InvalidInputException failure = assertThrows(
                InvalidInputException.class, () -> config(catalog, line + "\nsampler: {name: deterministic}"));
        assertEquals(
                "small.yaml:5:17 sampler.name: found deterministic, which does not draw, with the " + part
                        + ", expected a sampler that draws from the posterior, by whose density this "
                        + part.substring(0, part.indexOf(' '))
                        + " weighs the latents; set sampler.name to reparameterized",
                failure.getMessage());
        config(catalog, "sampler: {name: deterministic}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixture", "vamp"})
    @DisplayName("that compare latents with draws of the prior need a prior that is a function of noise")
    void unsampled(String prior) throws IOException {
        PartCatalog catalog = PartCatalog.load(getClass().getClassLoader());
        InvalidInputException failure = assertThrows(
                InvalidInputException.class, () -> config(catalog, "loss: {name: info}\nprior: {name: " + prior + "}"));
        assertEquals(
                "small.yaml:5:15 prior.name: found " + prior
                        + " with the loss info, expected a prior whose latents are a"
                        + " function of noise, since the loss compares them with those of images; set prior.name to"
                        + " standard",
                failure.getMessage());
        config(catalog, "loss: {name: info}\nsampler: {name: deterministic}");
    }

    @Test
    @DisplayName("leave out of the experiment what their default leaves out, so that old files mean what they meant")
    void absent() throws IOException {
        PartCatalog catalog = PartCatalog.load(getClass().getClassLoader());
        assertEquals(Map.of(), config(catalog, "loss: {name: elbo}").loss().keys());
        assertEquals(
                Map.of("freeBits", 0.5),
                config(catalog, "loss: {freeBits: 0.5}").loss().keys());
        assertEquals(
                Map.of("samples", 5),
                config(catalog, "loss: {name: iwae}").loss().keys());
        assertEquals(
                Map.of("samples", 5, "gradient", "doubly-reparameterized"),
                config(catalog, "loss: {name: iwae, gradient: doubly-reparameterized}")
                        .loss()
                        .keys());
    }

    @Test
    @DisplayName("of one name are an error that names both, and so is one with the name of a part of the program")
    void oneName() {
        String own = origin(Elbo.class);
        String here = origin(Namesake.class);
        assertEquals(
                "loss elbo: found two providers of this name, " + own + " and " + here
                        + ", expected one; take one of the jars off the class path",
                refusal(Loss.class, Namesake.class));
    }

    @Test
    @DisplayName("that cannot be made are an error with the reason")
    void broken() {
        assertEquals(
                "loss on the class path: found a provider that cannot be loaded (dev.vaelab.api.model.Loss: Provider "
                        + Broken.class.getName()
                        + " could not be instantiated: java.lang.IllegalStateException: no licence);"
                        + " mend its jar or take it off the class path",
                refusal(Loss.class, Broken.class));
    }

    @Test
    @DisplayName("without a class, without a constructor that gives defaults, or of another kind are an error")
    void unusable() throws IOException {
        assertEquals(
                "loss on the class path: found a provider that cannot be loaded (dev.vaelab.api.model.Loss: Provider"
                        + " com.example.Missing not found); mend its jar or take it off the class path",
                refusal(loader(Loss.class, "com.example.Missing")));
        assertEquals(
                "loss on the class path: found a provider that cannot be loaded (dev.vaelab.api.model.Loss: "
                        + WithoutDefaults.class.getName()
                        + " Unable to get public no-arg constructor: java.lang.NoSuchMethodException: "
                        + WithoutDefaults.class.getName() + ".<init>()); mend its jar or take it off the class path",
                refusal(Loss.class, WithoutDefaults.class));
        assertEquals(
                "loss on the class path: found a provider that cannot be loaded (dev.vaelab.api.model.Loss: "
                        + Still.class.getName() + " not a subtype); mend its jar or take it off the class path",
                refusal(Loss.class, Still.class));
    }

    @Test
    @DisplayName("without a name that a person can write are an error")
    void names() {
        String expected =
                ", expected a name of lower-case letters, digits and hyphens that begins with a letter; mend its jar or take"
                        + " it off the class path";
        assertEquals(
                "loss " + origin(Spaced.class) + ": found the name \"My loss\"" + expected,
                refusal(Loss.class, Spaced.class));
        assertEquals(
                "loss " + origin(Nameless.class) + ": found no name" + expected, refusal(Loss.class, Nameless.class));
        assertEquals(
                "loss " + origin(Failing.class)
                        + ": found a failure when asked for its name: java.lang.IllegalStateException: no network"
                        + expected,
                refusal(Loss.class, Failing.class));
    }

    @Test
    @DisplayName("that are no records, or have keys that cannot stand in a file, are an error, all of them at once")
    void keys() {
        String expected =
                ", expected int, long, double, boolean, String, an enum, or a list of them; change the component of ";
        assertEquals(
                String.join(
                        System.lineSeparator(),
                        "loss ordinary: found the class " + Ordinary.class.getName()
                                + ", expected a record, whose components are the keys of the part",
                        "loss unsayable: found a key file of the type java.nio.file.Path" + expected
                                + Unsayable.class.getName(),
                        "loss unsayable: found a key map of the type java.util.Map<java.lang.String, java.lang.Double>"
                                + expected + Unsayable.class.getName(),
                        "loss unsayable: found a key lists of the type java.util.List<java.util.List<java.lang.Double>>"
                                + expected + Unsayable.class.getName()),
                refusal(Loss.class, Ordinary.class, Unsayable.class));
    }

    @ParameterizedTest
    @ValueSource(classes = {OwnBeta.class, OwnVariance.class})
    @DisplayName("with a key that means something else already are an error")
    void clash(Class<? extends Loss> part) throws IOException {
        PartCatalog catalog = catalog(Loss.class, part);
        InvalidInputException failure = assertThrows(InvalidInputException.class, () -> schema(catalog));
        String own = "loss clashing (" + part.getName() + ")";
        assertEquals(
                part == OwnBeta.class
                        ? "loss.beta: found two meanings, that of every loss and that of " + own
                                + ", expected one; rename the key of one of them"
                        : "loss.variance: found two meanings, that of " + own + " and that of likelihood mse"
                                + " (dev.vaelab.training.part.FixedGaussian), expected one; rename the key of one of them",
                failure.getMessage());
    }

    @Test
    @DisplayName("of one kind may share a key that means the same")
    void shared() throws IOException {
        PartCatalog catalog = catalog(Loss.class, SharedSamples.class);
        assertEquals(
                Map.of("samples", 9),
                config(catalog, "loss: {name: shared, samples: 9}").loss().keys());
        assertEquals(
                Map.of("samples", 5),
                config(catalog, "loss: {name: iwae}").loss().keys());
    }

    @Test
    @DisplayName(
            "of one kind may mean something of their own by a key that may be the same, with a default of their own")
    void ownMeaning() throws IOException {
        PartCatalog catalog = catalog(Loss.class, OwnSamples.class);
        JsonNode samples = schema(catalog).whole().at("/properties/loss/properties/samples");
        assertEquals(
                "{\"type\":\"integer\",\"description\":\"iwae: Latents that are drawn for each image. own: Shots.\","
                        + "\"exclusiveMinimum\":0,\"maximum\":2147483647}",
                samples.toString());
        assertEquals(
                Map.of("samples", 7),
                config(catalog, "loss: {name: own}").loss().keys());
        assertEquals(
                Map.of("samples", 5),
                config(catalog, "loss: {name: iwae}").loss().keys());
    }

    private PartCatalog catalog(Class<?> kind, Class<?>... parts) throws IOException {
        return PartCatalog.load(loader(kind, names(parts)));
    }

    private String refusal(Class<?> kind, Class<?>... parts) {
        return assertThrows(InvalidInputException.class, () -> catalog(kind, parts))
                .getMessage();
    }

    private static String refusal(ClassLoader loader) {
        return assertThrows(InvalidInputException.class, () -> PartCatalog.load(loader))
                .getMessage();
    }

    private static String[] names(Class<?>... parts) {
        return Arrays.stream(parts).map(Class::getName).toArray(String[]::new);
    }

    /** A class path with a service file that names these classes, beside those of the program. */
    private ClassLoader loader(Class<?> kind, String... parts) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(services.resolve(kind.getName()), List.of(parts));
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    }

    private static ExperimentSchema schema(PartCatalog catalog) {
        return new ExperimentSchema(Set.of("djl"), Set.of("mnist"), catalog);
    }

    private ExperimentConfig config(PartCatalog catalog, String line) throws IOException {
        Path file = folder.resolve("small.yaml");
        Files.writeString(file, START + line + "\n");
        try {
            return new ExperimentLoader(new ExperimentRules(schema(catalog), unused -> List.of()))
                    .load(file, List.of(), Optional.empty())
                    .config();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.problems().stream()
                    .map(problem -> new dev.vaelab.api.Problem(
                            problem.place().replace(folder + "/", ""),
                            problem.found(),
                            problem.expected(),
                            problem.advice()))
                    .toList());
        }
    }

    private static String origin(Class<?> type) {
        return type.getName() + " in "
                + type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** What the losses below compute. */
    private interface Plain extends Loss {
        @Override
        default String description() {
            return "for a test";
        }

        @Override
        default <X> LossTerms<X> compute(
                VariationalModel<X> model, Operand<X> images, Operand<X> noise, Operand<X> beta) {
            return new Elbo().compute(model, images, noise, beta);
        }
    }

    /** Keys of every type. */
    public record Wide(
            @Positive @JsonPropertyDescription("How hot.") double heat,
            @Max(7) int layers,
            long far,
            boolean sure,
            String word,
            How how,
            List<Double> scales,
            Double perhaps)
            implements Plain {
        enum How {
            SUM,
            MEAN
        }

        public Wide() {
            this(1.5, 3, 4, true, "cold", How.MEAN, List.of(0.5, 2.0), null);
        }

        public Wide {
            if (word.equals("stop")) {
                throw new IllegalArgumentException("nobody may say stop");
            }
        }

        @Override
        public String name() {
            return "wide";
        }

        @Override
        public String description() {
            return "keys of every type";
        }
    }

    /** Has the name of another. */
    public record Namesake() implements Plain {
        @Override
        public String name() {
            return "elbo";
        }
    }

    /** Cannot be made. */
    public record Broken() implements Plain {
        public Broken {
            throw new IllegalStateException("no licence");
        }

        @Override
        public String name() {
            return "broken";
        }
    }

    /** Says nothing about defaults. */
    public record WithoutDefaults(int count) implements Plain {
        @Override
        public String name() {
            return "without-defaults";
        }
    }

    /** A sampler, not a loss. */
    public record Still() implements Sampler {
        @Override
        public String name() {
            return "still";
        }

        @Override
        public String description() {
            return "for a test";
        }

        @Override
        public <X> Operand<X> sample(Posterior<Operand<X>> posterior, Operand<X> noise, PartTensors<X> own) {
            return new Reparameterized().sample(posterior, noise, own);
        }
    }

    /** Has a name of two words. */
    public record Spaced() implements Plain {
        @Override
        public String name() {
            return "My loss";
        }
    }

    /** Has no name. */
    public record Nameless() implements Plain {
        @Override
        public String name() {
            return null;
        }
    }

    /** Fails when it is asked. */
    public record Failing() implements Plain {
        @Override
        public String name() {
            throw new IllegalStateException("no network");
        }
    }

    /** Is no record. */
    public static final class Ordinary implements Plain {
        @Override
        public String name() {
            return "ordinary";
        }
    }

    /** Has keys that no file can say. */
    public record Unsayable(Path file, Map<String, Double> map, List<List<Double>> lists, int count) implements Plain {
        public Unsayable() {
            this(null, null, null, 0);
        }

        @Override
        public String name() {
            return "unsayable";
        }
    }

    /** Takes a key of every loss for itself. */
    public record OwnBeta(double beta) implements Plain {
        public OwnBeta() {
            this(1);
        }

        @Override
        public String name() {
            return "clashing";
        }
    }

    /** Takes a key of a likelihood for itself. */
    public record OwnVariance(double variance) implements Plain {
        public OwnVariance() {
            this(1);
        }

        @Override
        public String name() {
            return "clashing";
        }
    }

    /** Has a key of another loss with another meaning. */
    public record OwnSamples(
            @Positive @JsonPropertyDescription("Shots.") int samples) implements Plain {
        public OwnSamples() {
            this(7);
        }

        @Override
        public String name() {
            return "own";
        }
    }

    /** Has the key of another loss. */
    public record SharedSamples(
            @Positive @JsonPropertyDescription("Latents that are drawn for each image.")
            int samples) implements Plain {
        public SharedSamples() {
            this(5);
        }

        @Override
        public String name() {
            return "shared";
        }
    }
}
