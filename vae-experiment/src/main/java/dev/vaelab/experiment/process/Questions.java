package dev.vaelab.experiment.process;

import dev.vaelab.api.RunFailedException;
import dev.vaelab.api.files.FileFailures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The child's side of a {@link Conversation}. */
public final class Questions {
    /** What tells an answer from what libraries write to standard output. */
    private static final String MARK = "answer: ";

    private Questions() {}

    /**
     * Answers until there are no more questions.
     *
     * @param input one question a line
     * @param output where the answers go
     * @param answer gives the answer to a question, in one line
     * @throws RunFailedException if the questions cannot be read
     */
    public static void answerAll(InputStream input, PrintWriter output, UnaryOperator<String> answer) {
        BufferedReader questions = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        try {
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                // Begins with a line break: a library may have left a line without its end.
                output.print("\n" + MARK + answer.apply(question) + "\n");
                output.flush();
            }
        } catch (IOException e) {
            throw new RunFailedException("cannot read from standard input: " + FileFailures.reason(e), e);
        }
    }

    /** The answer in a line of output, if it is one. */
    static Optional<String> answerIn(String line) {
        return line.startsWith(MARK) ? Optional.of(line.substring(MARK.length())) : Optional.empty();
    }
}
