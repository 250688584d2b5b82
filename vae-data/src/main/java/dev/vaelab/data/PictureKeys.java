package dev.vaelab.data;

import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.DatasetConfig;
import java.util.ArrayList;
import java.util.List;

/** The keys of experiment files that only make sense where pictures are read. */
final class PictureKeys {
    private PictureKeys() {}

    /**
     * A problem for each of the keys that the experiment names although its kind of data set does not take them.
     *
     * @param kind the kind, for messages
     */
    static List<Problem> refuse(DatasetConfig config, String kind) {
        List<Problem> problems = new ArrayList<>();
        if (config.size() != null) {
            problems.add(refuse("size", config.size(), kind));
        }
        if (config.color() != null) {
            problems.add(refuse("color", config.color(), kind));
        }
        return problems;
    }

    private static Problem refuse(String key, Object value, String kind) {
        return new Problem(
                "dataset." + key,
                value.toString(),
                "no " + key + ", since " + kind + " takes its images as they are",
                "remove the key, which is for the data set " + ImageFolderProvider.NAME);
    }
}
