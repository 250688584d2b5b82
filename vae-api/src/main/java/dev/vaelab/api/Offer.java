package dev.vaelab.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A service provider that can be had under a name.
 *
 * @param name by which files and commands choose it
 * @param origin for messages: its class and the jar that it comes from, or the folder that it would come from
 * @param place the jar or the folder alone
 * @param provider gives it, the same one each time; what is only looked for then may be missing or damaged, which is an {@link
 *     InvalidInputException}
 * @param <P> the service
 */
public record Offer<P>(String name, String origin, String place, Supplier<P> provider) {
    private static final String UNKNOWN = "an unknown place";

    /** Rejects nulls. */
    public Offer {
        Objects.requireNonNull(name);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(place);
        Objects.requireNonNull(provider);
    }

    /** Of a provider that is there. */
    public static <P> Offer<P> of(String name, P provider) {
        return new Offer<>(name, origin(provider.getClass()), path(place(provider.getClass())), () -> provider);
    }

    /** For example {@code com.example.MyBackend in file:/plugins/mine.jar}. */
    static String origin(Class<?> provider) {
        String place = place(provider);
        return provider.getName() + (place.isEmpty() ? "" : " in " + place);
    }

    private static String path(String url) {
        if (url.isEmpty()) {
            return UNKNOWN;
        }
        return url.startsWith("file:") ? Path.of(URI.create(url)).toString() : url;
    }

    private static String place(Class<?> provider) {
        var source = provider.getProtectionDomain().getCodeSource();
        return source == null ? "" : source.getLocation().toString();
    }
}
