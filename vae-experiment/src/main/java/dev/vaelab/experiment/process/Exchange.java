package dev.vaelab.experiment.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** What a process is told on its standard input, and what becomes of its standard output. */
interface Exchange {
    /** The process has begun; nothing of its output is read before. */
    void begin(Process process) throws IOException;

    /** Takes its output, to its end. */
    void readAll(InputStream output) throws IOException;

    /** For how long it has had something to do; zero if it may be silent, for want of work. */
    Duration busy();

    /** Its whole output, once it has ended, where that is kept. */
    String output();
}
