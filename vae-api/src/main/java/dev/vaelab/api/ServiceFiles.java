package dev.vaelab.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files {@code META-INF/services/SERVICE} of a class path.
 *
 * <p>{@link java.util.ServiceLoader} takes a class that two of them name for one provider, from whichever jar comes first.
 * That is how an old version of a jar beside a new one stays unnoticed.
 */
final class ServiceFiles {
    private static final String FOLDER = "META-INF/services/";

    private ServiceFiles() {}

    /** The places of every provider class that more than one file names: jars or folders, as URLs. */
    static Map<String, List<String>> repeated(Class<?> service, ClassLoader loader) {
        Map<String, List<String>> places = new TreeMap<>();
        String name = FOLDER + service.getName();
        try {
            for (URL file : Collections.list(loader.getResources(name))) {
                providers(file)
                        .forEach(provider -> places.computeIfAbsent(provider, unused -> new ArrayList<>())
                                .add(place(file, name)));
            }
        } catch (IOException e) {
            // ServiceLoader reads the same files, and reports the one that cannot be read.
            return Map.of();
        }
        places.values().removeIf(found -> found.size() < 2);
        return places;
    }

    private static List<String> providers(URL file) throws IOException {
        try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8));
                Stream<String> lines = reader.lines()) {
            return lines.map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    /** For example {@code file:/plugins/engine.jar} for {@code jar:file:/plugins/engine.jar!/META-INF/services/S}. */
    private static String place(URL file, String name) {
        return file.toString().replaceFirst("^jar:", "").replaceFirst("!?/" + name + "$", "");
    }
}
