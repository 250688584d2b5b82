package dev.vaelab.experiments;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls whose result depends on the locale of the machine, as they do not name one. */
final class DependsOnTheLocale extends DescribedPredicate<JavaCall<?>> {
    static final DependsOnTheLocale INSTANCE = new DependsOnTheLocale();

    /** Methods that take a locale first where it does not depend on the machine. */
    private static final Map<String, Set<String>> WITHOUT_LOCALE = Map.of(
            "java.lang.String", Set.of("format", "formatted", "toLowerCase", "toUpperCase"),
            "java.io.PrintStream", Set.of("format", "printf"),
            "java.io.PrintWriter", Set.of("format", "printf"),
            "java.io.Console", Set.of("format", "printf"),
            "java.util.Formatter", Set.of("<init>"),
            "java.util.Scanner", Set.of("<init>"),
            "java.time.format.DateTimeFormatter",
                    Set.of("ofPattern", "ofLocalizedDate", "ofLocalizedTime", "ofLocalizedDateTime"),
            "java.text.MessageFormat", Set.of("format", "<init>"),
            "java.text.DecimalFormat", Set.of("<init>"),
            "java.text.SimpleDateFormat", Set.of("<init>"));

    private static final Set<String> OF_DEFAULT_LOCALE = Set.of(
            "getInstance", "getNumberInstance", "getIntegerInstance", "getPercentInstance", "getCompactNumberInstance");

    private DependsOnTheLocale() {
        super("depend on the locale of the machine");
    }

    @Override
    public boolean test(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        String method = call.getName();
        List<String> parameters = call.getTarget().getRawParameterTypes().stream()
                .map(type -> type.getName())
                .toList();
        boolean named =
                parameters.contains("java.util.Locale") || parameters.contains("java.text.DecimalFormatSymbols");
        boolean ofNumbers = owner.equals("java.text.NumberFormat") && OF_DEFAULT_LOCALE.contains(method);
        return !named
                && (ofNumbers || WITHOUT_LOCALE.getOrDefault(owner, Set.of()).contains(method));
    }
}
