package dev.vaelab.experiment.cluster.images;

import dev.vaelab.api.model.Architecture;
import dev.vaelab.experiment.encoding.PosteriorFile;
import dev.vaelab.experiment.table.Column;
import dev.vaelab.training.PosteriorValues;
import java.io.IOException;
import java.util.List;

/** Writes the posteriors of images. */
public final class EncodeTask extends ImageTask {
    @Override
    List<Column> columns(Work work) {
        return PosteriorFile.columns(
                work.pool().experiment().get(Architecture.class).latent());
    }

    /** @return how many images there were */
    @Override
    Object run(Work work, Rows rows) throws IOException {
        int batchSize = work.config().training().batchSize();
        List<String> classNames = work.classNames();
        long[] count = new long[1];
        return work.pool().use(model -> {
            Unchecked.run(() -> work.source().forEach(work.chunk(), chunk -> {
                for (int from = 0; from < chunk.count(); from += batchSize) {
                    int start = from;
                    int many = Math.min(batchSize, chunk.count() - from);
                    float[] pixels = chunk.images().pixels(start, many);
                    int[] labels = chunk.images().labels(start, many);
                    PosteriorValues posteriors = model.call(engine -> PosteriorValues.of(engine, pixels, labels));
                    for (int image = 0; image < many; image++) {
                        rows.write(PosteriorFile.row(
                                chunk.indices()[from + image], labels[image], classNames, posteriors, image));
                    }
                }
                count[0] += chunk.count();
            }));
            return count[0];
        });
    }
}
