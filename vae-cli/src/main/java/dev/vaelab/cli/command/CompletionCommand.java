package dev.vaelab.cli.command;

import dev.vaelab.experiment.json.JsonText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which bash or zsh completes commands and options of vae.",
            "For this shell: source <(./vae completion)"
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private JsonOption json;

    /** What {@code --json} prints. */
    private record Script(String script) {}

    @Override
    public Integer call() {
        CommandLine program = spec.root().commandLine();
        String script = AutoComplete.bash(program.getCommandName(), program);
        PrintWriter output = spec.commandLine().getOut();
        if (json.requested) {
            output.println(JsonText.line(new Script(script)));
        } else {
            output.print(script);
        }
        output.flush();
        return ExitCode.OK;
    }
}
