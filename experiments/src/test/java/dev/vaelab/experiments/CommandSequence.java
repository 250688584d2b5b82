package dev.vaelab.experiments;

import dev.vaelab.cli.Main;

/** Runs commands one after the other in one JVM, from whatever class path it was given. */
final class CommandSequence {
    private CommandSequence() {}

    /** Each argument is a command, its words apart by spaces; ends with the exit code of the first that failed. */
    public static void main(String[] commands) {
        int first = 0;
        for (String command : commands) {
            System.err.println("vae " + command);
            int exitCode = Main.run(command.split(" "));
            if (exitCode != 0) {
                System.err.println("ended with exit code " + exitCode + ": vae " + command);
                first = first == 0 ? exitCode : first;
            }
        }
        System.exit(first);
    }
}
