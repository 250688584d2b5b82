package dev.vaelab.experiment.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names for the folders of runs, which tell their settings: {@code backend=dl4j,model.latent=2,seed=1}. */
final class RunNames {
    /** Leaves room for what files beside the folder add to its name: file systems take 255 bytes. */
    private static final int LONGEST = 150;

    private RunNames() {}

    /**
     * One name for each run; the same settings in the same order always get the same names.
     *
     * @param settings of each run
     */
    static List<String> of(List<Map<String, Object>> settings) {
        List<String> names = new ArrayList<>();
        // Some file systems take capital and small letters for the same.
        Set<String> taken = new HashSet<>();
        Map<String, Integer> attempts = new HashMap<>();
        for (Map<String, Object> ofRun : settings) {
            String name = name(ofRun);
            String free = name;
            while (!taken.add(free.toLowerCase(Locale.ROOT))) {
                // Where the last one of this name stopped: thousands of them would else try thousands of names each.
                free = name + "-" + attempts.merge(name.toLowerCase(Locale.ROOT), 2, (last, first) -> last + 1);
            }
            names.add(free);
        }
        return names;
    }

    private static String name(Map<String, Object> settings) {
        String name = settings.entrySet().stream()
                .map(setting -> safe(setting.getKey()) + "=" + safe(SettingText.of(setting.getValue())))
                .collect(Collectors.joining(","));
        if (name.isEmpty()) {
            return "run";
        }
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    /** Letters, digits and a few signs mean nothing else to any file system or shell; lists lose their brackets. */
    private static String safe(String text) {
        return text.replaceAll("[\\[\\]]", "").replaceAll("[^A-Za-z0-9._+-]+", "-");
    }
}
