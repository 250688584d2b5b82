package dev.vaelab.report;

import dev.vaelab.experiment.wiring.RunContext;
import dev.vaelab.experiment.wiring.RunWatchers;
import dev.vaelab.report.mlflow.MlflowTracking;
import dev.vaelab.report.page.RunReportFile;
import dev.vaelab.report.picture.EpochPictures;
import dev.vaelab.report.picture.ModelPictures;
import dev.vaelab.report.tensorboard.TensorBoardEvents;
import dev.vaelab.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Those who show a training run while it goes on and when it is done: pictures, event files, the page. */
public final class RunReports implements RunWatchers {
    @Override
    public List<TrainingListener> of(RunContext run) {
        ModelPictures pictures = new ModelPictures(run.splits(), run.streams());
        List<TrainingListener> watchers = new ArrayList<>();
        watchers.add(new EpochPictures(run.run(), pictures, run.extras()));
        if (run.config().logging().tensorboard()) {
            watchers.add(
                    new TensorBoardEvents(run.run().tensorboard(), run.config(), run.splits(), pictures, run.extras()));
        }
        watchers.add(new RunIllustrations(run));
        // The page reads what the others have written.
        watchers.add(new RunReportFile(run.run(), run.extras()));
        if (run.config().logging().mlflow() != null) {
            // It keeps a copy of the page.
            watchers.add(new MlflowTracking(run));
        }
        return watchers;
    }
}
