package dev.vaelab.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself: says which commands there are. */
@Command(
        name = "vae",
        description = "Trains a variational autoencoder described by a file, on any engine.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            GenerateCommand.class,
            ReconstructCommand.class,
            ReportCommand.class,
            ExploreCommand.class,
            EncodeCommand.class,
            DecodeCommand.class,
            ScoreCommand.class,
            ExportCommand.class,
            CompareCommand.class,
            SweepCommand.class,
            BenchCommand.class,
            ParityCommand.class,
            RunsCommand.class,
            DiffCommand.class,
            BackendsCommand.class,
            DatasetsCommand.class,
            ValidateCommand.class,
            SchemaCommand.class,
            MeasureCommand.class,
            SparkCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Further engines, losses, samplers, priors, likelihoods and data sets go into the folder plugins of the project (beside"
                    + " lib in a distribution), each a jar or a folder of jars. Instead of it, VAE_PLUGINS names folders, with colons"
                    + " between them, or --plugins before the command: vae --plugins DIR backends",
            "",
            "Exit codes: 0 done, 1 failed while running, 2 the command or the configuration is wrong."
        })
public final class VaeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
