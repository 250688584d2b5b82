package dev.vaelab.api;

/**
 * A run that was right as asked failed while it ran: the loss became NaN, a disk filled up.
 *
 * <p>The message is one sentence for a person; the command line prints it and ends with exit code 1.
 */
public final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure without another exception behind it. */
    public RunFailedException(String message) {
        super(message);
    }

    /** A failure with its cause, which goes to the log and not to the person. */
    public RunFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
