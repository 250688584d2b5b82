package dev.vaelab.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Service providers of one kind, by name: the one place where names are looked up and alternatives listed.
 *
 * @param <P> the service
 */
public final class NamedProviders<P> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final String kind;
    private final Map<String, P> providers;

    private NamedProviders(String kind, Map<String, P> providers) {
        this.kind = kind;
        this.providers = Collections.unmodifiableMap(providers);
    }

    /**
     * Collects the providers of a class path.
     *
     * @param kind what they are, for messages: {@code backend}
     * @param service what they implement
     * @param loader of the class path
     * @param name how one is called
     * @throws InvalidInputException if two have one name, one is there twice, or one cannot be loaded or does not say a name that
     *     a person can write
     */
    public static <P> NamedProviders<P> load(
            String kind, Class<P> service, ClassLoader loader, Function<P, String> name) {
        Map<String, P> providers = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        ServiceFiles.repeated(service, loader)
                .forEach((provider, places) -> problems.add(repeated(kind, provider, places)));
        Iterator<P> iterator = ServiceLoader.load(service, loader).iterator();
        // A provider that cannot be loaded is thrown by hasNext or next; the loader goes on behind it when asked again.
        while (true) {
            try {
                if (!iterator.hasNext()) {
                    break;
                }
                P provider = iterator.next();
                String called = name(kind, provider, name);
                P other = providers.putIfAbsent(called, provider);
                if (other != null) {
                    problems.add(nameTaken(kind, called, other, provider));
                }
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            } catch (ServiceConfigurationError | LinkageError e) {
                problems.add(notLoaded(kind, e));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new NamedProviders<>(kind, providers);
    }

    /** The name that a provider says, if it is one. */
    private static <P> String name(String kind, P provider, Function<P, String> name) {
        String called;
        try {
            called = name.apply(provider);
        } catch (RuntimeException e) {
            throw new InvalidInputException(misnamed(kind, provider, "a failure when asked for its name: " + e));
        }
        if (called == null || !NAME.matcher(called).matches()) {
            throw new InvalidInputException(
                    misnamed(kind, provider, called == null ? "no name" : "the name \"" + called + "\""));
        }
        return called;
    }

    private static Problem misnamed(String kind, Object provider, String found) {
        return new Problem(
                kind + " " + origin(provider),
                found,
                "a name of lower-case letters, digits and hyphens that begins with a letter",
                "mend its jar or take it off the class path");
    }

    /** The names, sorted. */
    public Set<String> names() {
        return providers.keySet();
    }

    /** All providers, sorted by name. */
    public Collection<P> all() {
        return providers.values();
    }

    /**
     * The provider of a name.
     *
     * @param place where the name stands, for the message
     * @throws InvalidInputException if there is none; it lists those that there are
     */
    public P require(String name, String place) {
        P provider = providers.get(name);
        if (provider == null) {
            throw new InvalidInputException(new Problem(
                    place,
                    kind + " \"" + name + "\"",
                    "one of " + String.join(", ", names()),
                    "a " + kind + " of another name needs its jar on the class path"));
        }
        return provider;
    }

    private static Problem repeated(String kind, String provider, List<String> places) {
        return new Problem(
                kind + " " + provider,
                "it in " + String.join(" and in ", places),
                "it once",
                "take all but one of them off the class path");
    }

    private static Problem nameTaken(String kind, String name, Object first, Object second) {
        return new Problem(
                kind + " " + name,
                "two providers of this name, " + origin(first) + " and " + origin(second),
                "one",
                "take one of the jars off the class path");
    }

    /** The failure names the class or the jar; its cause, what was wrong with it. */
    private static Problem notLoaded(String kind, Error failure) {
        String what = failure instanceof ServiceConfigurationError ? failure.getMessage() : failure.toString();
        String cause = failure.getCause() == null ? "" : ": " + failure.getCause();
        return new Problem(
                kind + " on the class path",
                "a provider that cannot be loaded (" + what + cause + ")",
                "",
                "mend its jar or take it off the class path");
    }

    private static String origin(Object provider) {
        var source = provider.getClass().getProtectionDomain().getCodeSource();
        return provider.getClass().getName() + (source == null ? "" : " in " + source.getLocation());
    }
}
