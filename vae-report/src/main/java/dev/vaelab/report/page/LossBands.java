package dev.vaelab.report.page;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@link LossCurves} of one split, over the runs of several seeds, in nats per image.
 *
 * @param figures by the same names
 */
public record LossBands(@JsonValue Map<String, SeedBand> figures) {
    static LossBands of(List<LossCurves> runs) {
        Map<String, SeedBand> figures = new LinkedHashMap<>();
        if (!runs.isEmpty()) {
            runs.get(0)
                    .figures()
                    .keySet()
                    .forEach(name -> figures.put(
                            name,
                            SeedBand.of(runs.stream()
                                    .map(run -> run.figures().get(name))
                                    .toList())));
        }
        return new LossBands(figures);
    }
}
