package dev.vaelab.cli.command;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import dev.vaelab.api.backend.VaeBackend;
import dev.vaelab.api.dataset.DataSplits;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.experiment.json.JsonText;
import dev.vaelab.experiment.wiring.Laboratory;
import dev.vaelab.report.explore.Exploration;
import dev.vaelab.report.explore.ExplorationRoutes;
import dev.vaelab.report.explore.ExploredModel;
import dev.vaelab.report.web.LocalServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
            "Sliders, a map, the way between two test images, two engines side by side. Only this machine can open it. Prints its",
            "address; Ctrl-C ends it."
        },
        mixinStandardHelpOptions = true)
final class ExploreCommand implements Callable<Integer> {
    private static final int MOST_ENGINES = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Run folder; its best checkpoint is used.")
    private Path run;

    @Option(
            names = "--backends",
            split = ",",
            paramLabel = "A[,B]",
            description = "The engine, or two that are put side by side. Default: the engine of the run.")
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
        Laboratory laboratory = Laboratory.open();
        if (backends.size() > MOST_ENGINES) {
            throw new InvalidInputException(Problem.of("--backends", backends.size() + " backends", "one or two"));
        }
        List<VaeBackend> named = BackendList.require(backends, 0, laboratory.backends());
        TrainedModel trained =
                TrainedModel.ofRun(laboratory, run, overrides, backends.stream().findFirst());
        List<VaeBackend> engines = named.isEmpty()
                ? List.of(laboratory.backends().require(trained.config().backend(), "backend"))
                : named;
        Laboratory.Experiment experiment = laboratory.assemble(trained.config());
        try (EndOfProgram end = EndOfProgram.listen();
                LocalServer server = LocalServer.bind(port);
                Exploration exploration = Exploration.open(explored(trained, experiment), engines)) {
            server.serve(ExplorationRoutes.of(exploration), failure -> System.err.println("error: " + failure));
            print(new Address(
                    server.address().toString(),
                    run.toString(),
                    engines.stream().map(VaeBackend::name).toList()));
            end.await();
            // Before the exploration ends: from here on nobody asks it.
            server.close();
        }
        return ExitCode.OK;
    }

    private ExploredModel explored(TrainedModel trained, Laboratory.Experiment experiment) {
        return new ExploredModel(
                trained.config().name(),
                run,
                trained.config().seed(),
                trained.request(experiment),
                experiment.get(DataSplits.class).test(),
                experiment.get(RandomStreams.class));
    }

    private void print(Address address) {
        PrintWriter output = spec.commandLine().getOut();
        output.println(json.requested ? JsonText.line(address) : address.url());
        output.flush();
        if (!json.requested) {
            System.err.println("open it in a browser on this machine; Ctrl-C ends it");
        }
    }
}
