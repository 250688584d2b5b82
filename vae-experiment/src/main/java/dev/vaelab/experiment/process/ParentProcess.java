package dev.vaelab.experiment.process;

/**
 * The process that started this one, if that was to run it as a child: a child whose parent is gone would go on for hours
 * for nobody.
 */
public final class ParentProcess {
    private static final String VARIABLE = "VAE_PARENT";

    private ParentProcess() {}

    /** Tells a child that this process is its parent. */
    static void announce(ProcessBuilder child) {
        child.environment().put(VARIABLE, Long.toString(ProcessHandle.current().pid()));
    }

    /** Does something once the parent is gone, in whatever way it ended; does nothing in a process that is no child. */
    public static void onEnd(Runnable action) {
        String announced = System.getenv(VARIABLE);
        if (announced == null) {
            return;
        }
        ProcessHandle.current()
                .parent()
                .filter(parent -> announced.equals(Long.toString(parent.pid())))
                .ifPresentOrElse(parent -> parent.onExit().thenRunAsync(action), action);
    }
}
