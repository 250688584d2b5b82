package dev.vaelab.api;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the service files of one class loader offer, and what is wrong with the rest of what they name.
 *
 * @param offers in the order of the files; two may have one name
 * @param problems of each provider that cannot be had
 * @param <P> the service
 */
public record ServiceProviders<P>(List<Offer<P>> offers, List<Problem> problems) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    /**
     * Where providers are looked for, in the words of messages.
     *
     * @param where for example {@code on the class path}
     * @param once what to do where one is there twice
     * @param mend what to do with one that does not work
     * @param diagnosis what a failure to load one says to a person
     */
    public record Place(String where, String once, String mend, Function<Throwable, String> diagnosis) {
        /** The class path of a program. */
        public static final Place CLASS_PATH = new Place(
                "on the class path",
                "take all but one of them off the class path",
                "mend its jar or take it off the class path",
                Place::plainly);

        /** The failure names the class or the jar; its cause, what was wrong with it. */
        public static String plainly(Throwable failure) {
            String what = failure instanceof ServiceConfigurationError ? failure.getMessage() : failure.toString();
            String cause = failure.getCause() == null ? "" : ": " + failure.getCause();
            return "a provider that cannot be loaded (" + what + cause + ")";
        }
    }

    /**
     * Makes the providers that the service files of a class loader name.
     *
     * @param kind what they are, for messages: {@code backend}
     * @param service what they implement
     * @param loader whose service files they are
     * @param place where that is, for messages
     * @param name how one is called
     */
    public static <P> ServiceProviders<P> read(
            String kind, Class<P> service, ClassLoader loader, Place place, Function<P, String> name) {
        List<Offer<P>> offers = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        ServiceFiles.repeated(service, loader)
                .forEach((provider, places) -> problems.add(new Problem(
                        kind + " " + provider, "it in " + String.join(" and in ", places), "it once", place.once())));
        Iterator<P> iterator = ServiceLoader.load(service, loader).iterator();
        // A provider that cannot be loaded is thrown by hasNext or next; the loader goes on behind it when asked again.
        while (true) {
            try {
                if (!iterator.hasNext()) {
                    break;
                }
                P provider = iterator.next();
                offers.add(Offer.of(name(kind, provider, place, name), provider));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            } catch (ServiceConfigurationError | LinkageError e) {
                problems.add(new Problem(
                        kind + " " + place.where(), place.diagnosis().apply(e), "", place.mend()));
            }
        }
        return new ServiceProviders<>(List.copyOf(offers), List.copyOf(problems));
    }

    /** Whether a name is one that a person can write everywhere. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The name that a provider says, if it is one. */
    private static <P> String name(String kind, P provider, Place place, Function<P, String> name) {
        String called;
        try {
            called = name.apply(provider);
        } catch (RuntimeException e) {
            throw misnamed(kind, provider, place, "a failure when asked for its name: " + e);
        }
        if (called == null || !isName(called)) {
            throw misnamed(kind, provider, place, called == null ? "no name" : "the name \"" + called + "\"");
        }
        return called;
    }

    private static InvalidInputException misnamed(String kind, Object provider, Place place, String found) {
        return new InvalidInputException(new Problem(
                kind + " " + Offer.origin(provider.getClass()),
                found,
                "a name of lower-case letters, digits and hyphens that begins with a letter",
                place.mend()));
    }
}
