package dev.vaelab.report.page;

import dev.vaelab.experiment.comparison.ComparedRun;
import dev.vaelab.experiment.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pictures of one run of an engine.
 *
 * @param backend the engine's name
 * @param seed the run's
 * @param pictures in the order in which they are shown
 */
public record EnginePictures(String backend, long seed, List<Picture> pictures) {
    /** The pictures of an engine's first run that came to its end; all runs would make the page heavy. */
    static Optional<EnginePictures> of(String backend, List<ComparedRun> runs) {
        return runs.stream()
                .filter(run -> run.backend().equals(backend) && run.succeeded())
                .findFirst()
                .map(run -> new EnginePictures(backend, run.seed(), Picture.of(new RunFolder(Path.of(run.folder())))));
    }
}
