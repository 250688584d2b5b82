package dev.vaelab.experiment.history;

import dev.vaelab.api.experiment.ExperimentConfig;
import dev.vaelab.experiment.file.ExperimentKeys;
import dev.vaelab.experiment.run.MachineDescription;
import dev.vaelab.experiment.run.Provenance;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What decides the figures of a run, key by key. */
final class RunFacts {
    private final Map<Aspect, Map<String, String>> facts = new EnumMap<>(Aspect.class);

    private RunFacts() {
        for (Aspect aspect : Aspect.values()) {
            facts.put(aspect, new LinkedHashMap<>());
        }
    }

    /** The facts of a run; those of the latest process that trained it, if there were several. */
    static Map<Aspect, Map<String, String>> of(RecordedRun run) {
        RunFacts facts = new RunFacts();
        run.config().ifPresent(facts::add);
        run.provenance().ifPresent(facts::add);
        return facts.facts;
    }

    private void add(ExperimentConfig config) {
        ExperimentKeys.of(config).forEach((key, value) -> put(aspectOf(key), key, value));
    }

    private static Aspect aspectOf(String key) {
        return switch (key) {
            case "seed" -> Aspect.SEED;
            case "backend" -> Aspect.ENGINE;
            default -> Aspect.CONFIGURATION;
        };
    }

    private void add(Provenance provenance) {
        put(Aspect.ENGINE, "name", provenance.engine().name());
        // An engine tells of the settings that it heeds, too.
        Map<String, String> details = new LinkedHashMap<>(provenance.engine().details());
        details.keySet().removeAll(provenance.settings().keySet());
        details.forEach((key, value) -> put(Aspect.ENGINE, key, value));
        put(Aspect.VERSIONS, "program", provenance.program());
        put(Aspect.VERSIONS, "engine", provenance.engine().version());
        put(Aspect.VERSIONS, "java", provenance.machine().java());
        put(
                Aspect.THREADS,
                "of one operation",
                Integer.toString(provenance.engine().threads()));
        put(Aspect.DATA, "name", provenance.dataset());
        provenance.dataChecksums().forEach((file, checksum) -> put(Aspect.DATA, file, checksum));
        put(Aspect.MACHINE, "processor", provenance.machine().processor());
        put(Aspect.MACHINE, "processors", Integer.toString(provenance.machine().processors()));
        put(Aspect.MACHINE, "operating system", provenance.machine().operatingSystem());
        provenance.settings().forEach((name, value) -> {
            // Files of an earlier version have more.
            if (MachineDescription.isSetting(name)) {
                put(Aspect.SETTINGS, name, value);
            }
        });
        List<Provenance> legs = provenance.legs();
        if (legs.size() > 1) {
            put(
                    Aspect.RESUMES,
                    "trained by",
                    legs.stream().map(RunFacts::inWords).collect(Collectors.joining(", ")));
        }
    }

    private static String inWords(Provenance leg) {
        String place = "from epoch " + leg.from().epoch();
        return leg.backend() + " "
                + (leg.from().batches() == 0
                        ? place
                        : place + " after " + leg.from().batches() + " batches");
    }

    private void put(Aspect aspect, String key, String value) {
        if (value != null) {
            facts.get(aspect).put(key, value);
        }
    }
}
