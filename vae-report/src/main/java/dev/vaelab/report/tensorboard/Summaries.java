package dev.vaelab.report.tensorboard;

import com.google.protobuf.ByteString;
import dev.vaelab.report.picture.ImageGrid;
import java.util.DoubleSummaryStatistics;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;

/** The kinds of values that TensorBoard shows. */
final class Summaries {
    private static final int BUCKETS = 60;
    private static final int RGB = 3;

    private Summaries() {}

    /** A number. */
    static Summary.Value scalar(String tag, double value) {
        return Summary.Value.newBuilder()
                .setTag(tag)
                .setSimpleValue((float) value)
                .build();
    }

    /** A picture. */
    static Summary.Value picture(String tag, ImageGrid grid) {
        return Summary.Value.newBuilder()
                .setTag(tag)
                .setImage(Summary.Image.newBuilder()
                        .setWidth(grid.picture().getWidth())
                        .setHeight(grid.picture().getHeight())
                        .setColorspace(RGB)
                        .setEncodedImageString(ByteString.copyFrom(grid.png())))
                .build();
    }

    /**
     * How values are distributed, in buckets of equal width from the smallest to the largest.
     *
     * @param values finite numbers, at least one
     */
    static Summary.Value histogram(String tag, float[] values) {
        DoubleSummaryStatistics summary = new DoubleSummaryStatistics();
        double squares = 0;
        for (float value : values) {
            summary.accept(value);
            squares += (double) value * value;
        }
        double width = (summary.getMax() - summary.getMin()) / BUCKETS;
        double[] counts = new double[BUCKETS];
        for (float value : values) {
            int bucket = width > 0 ? (int) ((value - summary.getMin()) / width) : 0;
            counts[Math.min(BUCKETS - 1, bucket)]++;
        }
        HistogramProto.Builder histogram = HistogramProto.newBuilder()
                .setMin(summary.getMin())
                .setMax(summary.getMax())
                .setNum(summary.getCount())
                .setSum(summary.getSum())
                .setSumSquares(squares);
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            histogram.addBucketLimit(
                    bucket == BUCKETS - 1 ? summary.getMax() : summary.getMin() + (bucket + 1) * width);
            histogram.addBucket(counts[bucket]);
        }
        return Summary.Value.newBuilder().setTag(tag).setHisto(histogram).build();
    }
}
