package dev.vaelab.data;

import dev.vaelab.api.Problem;
import dev.vaelab.api.experiment.DatasetConfig;
import java.util.ArrayList;
import java.util.List;

/** The keys of experiment files that only some kinds of data sets take. */
final class KeysOfOtherKinds {
    private KeysOfOtherKinds() {}

    /**
     * A problem for each key that the experiment names although its kind of data set has images of one form.
     *
     * @param kind the kind, for messages
     */
    static List<Problem> refusePictureKeys(DatasetConfig config, String kind) {
        List<Problem> problems = new ArrayList<>();
        String reason = ", since " + kind + " takes its images as they are";
        refuse("size", config.size(), reason, ImageFolderProvider.NAME, problems);
        refuse("color", config.color(), reason, ImageFolderProvider.NAME, problems);
        return problems;
    }

    /**
     * A problem if the experiment names a split although its kind of data set has one only.
     *
     * @param kind the kind, for messages
     */
    static List<Problem> refuseSplit(DatasetConfig config, String kind) {
        List<Problem> problems = new ArrayList<>();
        refuse("split", config.split(), ", since " + kind + " is one data set", EmnistProvider.NAME, problems);
        return problems;
    }

    private static void refuse(String key, Object value, String reason, String kindWithKey, List<Problem> problems) {
        if (value != null) {
            problems.add(new Problem(
                    "dataset." + key,
                    value.toString(),
                    "no " + key + reason,
                    "remove the key, which is for the data set " + kindWithKey));
        }
    }
}
