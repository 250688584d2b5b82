package dev.vaelab.experiments;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * That public signatures of classes name types of some packages only; and that whoever follows types of this project from signature to
 * signature never comes to one of Guice, of Jackson or of an engine.
 */
final class PublicSignatures extends ArchCondition<JavaClass> {
    private static final List<String> NEVER = List.of(
            "com.google.inject.",
            "jakarta.inject.",
            "tools.jackson.",
            "com.fasterxml.jackson.",
            "org.nd4j.",
            "org.deeplearning4j.",
            "org.bytedeco.",
            "ai.djl.",
            "org.tensorflow.",
            "dev.vaelab.experiment.wiring.",
            "dev.vaelab.experiment.file.");

    private final List<String> packages;

    /** @param packages as ArchUnit writes them, with everything below: {@code java..} */
    PublicSignatures(String... packages) {
        super("name in public signatures only types of " + String.join(", ", packages) + ", and lead to none of "
                + NEVER);
        this.packages =
                Arrays.stream(packages).map(name -> name.replace("..", ".")).toList();
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaClass named : namedBy(type)) {
            if (packages.stream().noneMatch(named.getName()::startsWith) && !named.isPrimitive()) {
                events.add(SimpleConditionEvent.violated(type, type.getName() + " names " + named.getName()));
            }
        }
        Set<JavaClass> seen = new HashSet<>(Set.of(type));
        Deque<JavaClass> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            JavaClass next = open.remove();
            for (JavaClass named : namedBy(next)) {
                if (NEVER.stream().anyMatch(named.getName()::startsWith)) {
                    events.add(SimpleConditionEvent.violated(
                            type, type.getName() + " leads to " + named.getName() + " by " + next.getName()));
                } else if (named.getName().startsWith("dev.vaelab.") && seen.add(named)) {
                    open.add(named);
                }
            }
        }
    }

    /** Types of public methods, constructors and fields, of what they declare to throw, and of what the class extends. */
    private static Set<JavaClass> namedBy(JavaClass type) {
        Set<JavaClass> named = new LinkedHashSet<>();
        Stream.concat(type.getMethods().stream(), type.getConstructors().stream())
                .filter(PublicSignatures::isPublic)
                .forEach(unit -> {
                    add(named, unit.getReturnType());
                    unit.getParameterTypes().forEach(parameter -> add(named, parameter));
                    named.addAll(unit.getExceptionTypes());
                });
        type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                .forEach(field -> add(named, field.getType()));
        type.getRawSuperclass().ifPresent(named::add);
        named.addAll(type.getRawInterfaces());
        return named;
    }

    private static boolean isPublic(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static void add(Set<JavaClass> named, JavaType type) {
        type.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .forEach(named::add);
    }
}
