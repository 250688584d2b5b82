package dev.vaelab.spark;

import dev.vaelab.spark.task.Program;
import dev.vaelab.spark.task.TaskFailure;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The driver: loads the command line beside Spark, and gives it the arguments.
 *
 * <p>Its distribution is where the system property {@link Program#HOME} says, which the launcher sets, or the environment variable
 * {@code VAELAB_HOME}, or else where the configuration of Spark has that of the workers.
 */
public final class SparkMain {
    private static final int WRONG = 2;

    private SparkMain() {}

    /** Runs one command and ends the process; see {@code vae spark --help}. */
    public static void main(String[] arguments) {
        Optional<String> home = Optional.ofNullable(System.getProperty(Program.HOME))
                .or(() -> Optional.ofNullable(System.getenv("VAELAB_HOME")))
                .or(() -> Optional.ofNullable(System.getProperty("spark.vaelab.home")));
        if (home.isEmpty()) {
            refuse(
                    "found no distribution of vaelab, expected the path of one: spark-submit --conf spark.vaelab.home=DIR");
        }
        try {
            System.setProperty(Program.HOME, home.get());
            Program program = Program.of("this machine", Path.of(home.get()).toAbsolutePath());
            Thread.currentThread().setContextClassLoader(program.loader());
            program.loader()
                    .loadClass("dev.vaelab.cli.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) withCommand(arguments));
        } catch (TaskFailure e) {
            refuse(e.getMessage());
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            refuse("the distribution in " + home.get() + " does not fit this jar (" + e
                    + "); take both of one version");
        }
    }

    /** For spark-submit, the command spark goes without saying. */
    private static String[] withCommand(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("spark")) {
            return arguments;
        }
        String[] all = new String[arguments.length + 1];
        all[0] = "spark";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }

    private static void refuse(String message) {
        System.err.println("error: " + message);
        System.exit(WRONG);
    }
}
