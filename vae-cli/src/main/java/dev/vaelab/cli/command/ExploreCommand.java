package dev.vaelab.cli.command;

import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.dataset.Dataset;
import dev.vaelab.api.files.RegularFiles;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.api.text.VisibleText;
import dev.vaelab.cli.terminal.Console;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.run.DataRecord;
import dev.vaelab.experiment.run.RunFolder;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.report.explore.Exploration;
import dev.vaelab.report.explore.ExplorationRoutes;
import dev.vaelab.report.explore.ExploredModel;
import dev.vaelab.report.web.LocalServer;
import dev.vaelab.training.LatentStatistics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a page in which a person walks through the latent space of a run. */
@Command(
        name = "explore",
        description = {
            "Serves a page in which you walk through the latent space of a run.",
            "Sliders, a map, the way between two test images, engines side by side. Only this machine can open it. Prints"
                    + " its address; Ctrl-C ends it."
        },
        mixinStandardHelpOptions = true)
final class ExploreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Run folder; its best checkpoint is used.")
    private Path run;

    @Option(
            names = "--backends",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "A,B,...",
            description = "The engine, or those that are put side by side. Default: the engine of the run.")
    private List<String> backends = List.of();

    @Option(
            names = "--port",
            defaultValue = "8420",
            paramLabel = "N",
            description = "Where to serve the page, 0 for any free port. Default: 8420.")
    private int port;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override one key, for example dataset.path=DIR; may be repeated.")
    private List<String> overrides = List.of();

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Address(String url, String run, List<String> backends) {}

    @Override
    public Integer call() throws InterruptedException {
        if (!json.requested && Console.drawsOverLines()) {
            // At once: whoever watches should not wonder. A script finds errors alone, until there is something to wait
            // for.
            System.err.println(VisibleText.line("opening run " + run));
        }
        Laboratory laboratory = PluginWarnings.open(spec);
        List<VaeBackend> named = BackendList.require(backends, 0, laboratory.backends());
        TrainedModel trained =
                TrainedModel.ofRun(laboratory, run, overrides, backends.stream().findFirst());
        List<VaeBackend> engines = named.isEmpty()
                ? List.of(laboratory.backends().require(trained.config().backend(), "backend"))
                : named;
        try (EndOfProgram end = EndOfProgram.listen();
                LocalServer server = LocalServer.bind(port);
                Exploration exploration = open(trained, engines)) {
            server.serve(ExplorationRoutes.of(exploration), failure -> System.err.println("error: " + failure));
            print(new Address(
                    server.address().toString(),
                    run.toString(),
                    engines.stream().map(VaeBackend::name).toList()));
            if (spec.commandLine().getOut().checkError()) {
                // Nobody knows where the page is.
                return ExitCode.SOFTWARE;
            }
            end.await();
            // Before the exploration ends: from here on nobody asks it.
            server.close();
        }
        return ExitCode.OK;
    }

    /** Only once all that is quickly found wrong would have been told: from here on it takes seconds. */
    private Exploration open(TrainedModel trained, List<VaeBackend> engines) {
        if (!json.requested) {
            System.err.println(VisibleText.line("reading the images of " + run));
        }
        Optional<Laboratory.Assembly> withImages = trained.withImagesIfThere("there is no map of them");
        ExploredModel explored = explored(trained, withImages);
        if (!json.requested) {
            Announcement.ofLoading(engines.stream().map(VaeBackend::name).toArray(String[]::new));
            System.err.println(
                    withImages.isPresent()
                            ? "test images are encoded for the map; then the page has an address"
                            : "then the page has an address");
        }
        return Exploration.open(explored, engines);
    }

    private ExploredModel explored(TrainedModel trained, Optional<Laboratory.Assembly> withImages) {
        Laboratory.Assembly experiment = withImages.orElseGet(trained::withoutImages);
        RunFolder folder = new RunFolder(run);
        return new ExploredModel(
                trained.config().name(),
                run,
                trained.config().seed(),
                trained.request(experiment),
                withImages.map(images -> images.get(DataSplits.class).test()),
                withImages
                        .map(images -> images.get(Dataset.class).classNames())
                        .or(() -> DataRecord.read(folder).map(DataRecord::classes))
                        .orElse(List.of()),
                withImages.isEmpty() && RegularFiles.isThere(folder.latent())
                        ? Optional.of(JsonText.readFile(folder.latent(), LatentStatistics.class))
                                .filter(recorded -> recorded.dimensions().size()
                                        == trained.config().model().latent())
                        : Optional.empty(),
                experiment.get(RandomStreams.class));
    }

    private void print(Address address) {
        PrintWriter output = spec.commandLine().getOut();
        output.println(json.requested ? JsonText.line(address) : address.url());
        output.flush();
        if (!json.requested && !output.checkError()) {
            System.err.println("open it in a browser on this machine; Ctrl-C ends it");
        }
    }
}
