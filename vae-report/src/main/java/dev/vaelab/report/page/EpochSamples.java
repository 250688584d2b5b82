package dev.vaelab.report.page;

import dev.vaelab.experiment.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The samples after one epoch, inside the page.
 *
 * @param epoch counted from 1
 * @param source the picture as a {@code data:} address
 */
public record EpochSamples(int epoch, String source) {
    /** Each is about 20 kB of the page. */
    private static final int MOST = 24;

    private static final Pattern NAME = Pattern.compile("samples-(\\d{3,9})\\.png");

    /** The samples of a run's epochs in their order; of many epochs some, at equal distances, the first and the last too. */
    static List<EpochSamples> of(RunFolder run) {
        List<Integer> epochs = Picture.files(run.epochImages()).stream()
                .map(Path::getFileName)
                .map(name -> NAME.matcher(name.toString()))
                .filter(Matcher::matches)
                .map(name -> Integer.valueOf(name.group(1)))
                .sorted()
                .toList();
        int shown = Math.min(MOST, epochs.size());
        return IntStream.range(0, shown)
                .mapToObj(index -> epochs.get(shown == 1 ? 0 : index * (epochs.size() - 1) / (shown - 1)))
                .map(epoch -> new EpochSamples(epoch, Picture.source(run.epochSamples(epoch))))
                .toList();
    }
}
