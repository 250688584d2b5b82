package dev.vaelab.cli.command;

/** Whether a person watches. */
final class Terminal {
    private Terminal() {}

    /**
     * Whether standard error is a terminal on which a line can be drawn over. The launcher says so, since Java 17 cannot
     * tell for standard error alone.
     */
    static boolean isInteractive() {
        return "1".equals(System.getenv("VAE_TERMINAL"));
    }
}
