package dev.vaelab.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Service providers of one kind, by name: the one place where names are looked up and alternatives listed.
 *
 * <p>A name that two providers have is nobody's: whoever asks for it is told of both, and all others are as good as before.
 *
 * @param <P> the service
 */
public final class NamedProviders<P> {
    private final String kind;
    private final Map<String, List<Offer<P>>> offers;
    private final String source;

    private NamedProviders(String kind, Map<String, List<Offer<P>>> offers, String source) {
        this.kind = kind;
        this.offers = Collections.unmodifiableMap(offers);
        this.source = source;
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
        ServiceProviders<P> found =
                ServiceProviders.read(kind, service, loader, ServiceProviders.Place.CLASS_PATH, name);
        NamedProviders<P> named = new NamedProviders<>(kind, byName(found.offers()), "needs its jar on the class path");
        List<Problem> problems = new ArrayList<>(found.problems());
        problems.addAll(named.conflicts("take one of the jars off the class path"));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return named;
    }

    /**
     * These and others.
     *
     * @param more the others, of which some may have the name of one of these
     * @param where what somebody can do who misses a name, to go on with {@code a backend of another name ...}
     */
    public NamedProviders<P> with(Collection<Offer<P>> more, String where) {
        List<Offer<P>> all = new ArrayList<>();
        offers.values().forEach(all::addAll);
        all.addAll(more);
        return new NamedProviders<>(kind, byName(all), where);
    }

    private static <P> Map<String, List<Offer<P>>> byName(List<Offer<P>> offers) {
        Map<String, List<Offer<P>>> byName = new TreeMap<>();
        offers.forEach(offer -> byName.computeIfAbsent(offer.name(), unused -> new ArrayList<>())
                .add(offer));
        return byName;
    }

    /** The names, sorted; those that two providers have among them. */
    public Set<String> names() {
        return offers.keySet();
    }

    /** All providers whose names are theirs alone, sorted by name. */
    public List<Offer<P>> offers() {
        return offers.values().stream()
                .filter(named -> named.size() == 1)
                .map(named -> named.get(0))
                .toList();
    }

    /** What is wrong with each name that more than one provider has. */
    public List<Problem> conflicts() {
        return conflicts("take one of them away");
    }

    private List<Problem> conflicts(String advice) {
        return offers.values().stream()
                .filter(named -> named.size() > 1)
                .map(named -> conflict(named, advice))
                .toList();
    }

    /**
     * The provider of a name.
     *
     * @param place where the name stands, for the message
     * @throws InvalidInputException if there is none, which lists those that there are; if there are two, which names both; or if
     *     what it would come from is missing or damaged
     */
    public P require(String name, String place) {
        List<Offer<P>> named = offers.get(name);
        if (named == null) {
            throw new InvalidInputException(
                    new Problem(place, kind + " \"" + name + "\"", "one of " + String.join(", ", names()), advice()));
        }
        if (named.size() > 1) {
            throw new InvalidInputException(conflict(named, "take one of them away"));
        }
        return named.get(0).provider().get();
    }

    /** What somebody can do who misses a name. */
    public String advice() {
        return "a " + kind + " of another name " + source;
    }

    private Problem conflict(List<Offer<P>> named, String advice) {
        String count = named.size() == 2 ? "two" : Integer.toString(named.size());
        List<String> origins = named.stream().map(Offer::origin).toList();
        return new Problem(
                kind + " " + named.get(0).name(),
                count + " providers of this name, " + String.join(" and ", origins),
                "one",
                advice);
    }
}
