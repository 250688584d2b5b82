package dev.vaelab.spark.cluster;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a standalone master, or of several of which one leads: {@code spark://HOST:PORT,HOST:PORT}. */
final class MasterAddress {
    private static final Pattern LOCAL = Pattern.compile("local(\\[([1-9]\\d*|\\*)(, *[1-9]\\d*)?])?");
    private static final Pattern OTHER = Pattern.compile("yarn|k8s://.+|local-cluster\\[.+]");
    private static final Pattern ONE = Pattern.compile("([^:,/\\s]+|\\[[0-9a-fA-F:.]+]):(\\d{1,5})");
    private static final String SCHEME = "spark://";
    private static final int PATIENCE_MILLISECONDS = 5000;
    private static final int MOST_PORT = 65535;

    private MasterAddress() {}

    /**
     * Goes on only if it is the address of something that answers, as far as that can be told fast: Spark itself tries for a minute, and
     * then says no more than that it gave up.
     *
     * @throws InvalidInputException if it is none, or nobody answers there
     */
    static void require(String master) {
        if (LOCAL.matcher(master).matches() || OTHER.matcher(master).matches()) {
            return;
        }
        List<InetSocketAddress> all = parse(master);
        List<String> failures = new ArrayList<>();
        for (InetSocketAddress address : all) {
            try (Socket socket = new Socket()) {
                if (address.isUnresolved()) {
                    throw new IOException("no such host");
                }
                socket.connect(address, PATIENCE_MILLISECONDS);
                return;
            } catch (IOException e) {
                failures.add(address.getHostString() + ":" + address.getPort() + " (" + e.getMessage() + ")");
            }
        }
        throw new InvalidInputException(new Problem(
                "--master " + master,
                "nobody at " + String.join(", ", failures),
                "the address of a standalone master that runs",
                "its page shows it, on port 8080 as a rule"));
    }

    private static List<InetSocketAddress> parse(String master) {
        List<InetSocketAddress> all = new ArrayList<>();
        if (master.startsWith(SCHEME)) {
            for (String one : master.substring(SCHEME.length()).split(",", -1)) {
                Matcher parts = ONE.matcher(one);
                if (!parts.matches() || Integer.parseInt(parts.group(2)) > MOST_PORT) {
                    all.clear();
                    break;
                }
                all.add(new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))));
            }
        }
        if (all.isEmpty()) {
            throw new InvalidInputException(Problem.of(
                    "--master",
                    master,
                    "local[N], local[*], spark://HOST:PORT, or yarn or k8s://... with spark-submit"));
        }
        return all;
    }
}
