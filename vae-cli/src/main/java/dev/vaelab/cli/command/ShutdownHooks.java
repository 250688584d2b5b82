package dev.vaelab.cli.command;

/** Threads that run when the process ends. */
final class ShutdownHooks {
    private ShutdownHooks() {}

    /** Takes one back; the process may be ending already, and then it is at work or about to be. */
    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Whoever asks first whether the process is ending may get an answer that is true no more.
        }
    }
}
