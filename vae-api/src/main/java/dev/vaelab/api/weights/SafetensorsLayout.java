package dev.vaelab.api.weights;

import dev.vaelab.api.InvalidInputException;
import dev.vaelab.api.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checks that what the header of a safetensors file says about its tensors can be true: dtypes that can be read, sizes
 * that follow from shapes, values that lie one after the other from the header to the end of the file.
 */
final class SafetensorsLayout {
    /** The longest array that every JVM can make. */
    private static final int MAXIMUM_VALUES = Integer.MAX_VALUE - 8;

    private final String place;
    private final List<Problem> problems = new ArrayList<>();

    private SafetensorsLayout(String place) {
        this.place = place;
    }

    /**
     * Checks all tensors.
     *
     * @param place the file, for messages
     * @param dataLength bytes of the file after the header
     * @throws InvalidInputException with every tensor that is wrong in itself; if none is, with every one that lies in the
     *     wrong place, and a file that is too short or too long
     */
    static void requireSound(String place, List<SafetensorsHeader.Entry> entries, long dataLength) {
        SafetensorsLayout layout = new SafetensorsLayout(place);
        entries.forEach(layout::checkSize);
        if (layout.problems.isEmpty()) {
            layout.checkOrder(entries, dataLength);
        }
        if (!layout.problems.isEmpty()) {
            throw new InvalidInputException(layout.problems);
        }
    }

    private void checkSize(SafetensorsHeader.Entry entry) {
        int valueSize = entry.isBatchCount()
                ? Long.BYTES
                : ElementType.named(entry.dtype()).map(ElementType::size).orElse(0);
        if (valueSize == 0) {
            report(entry, "dtype " + entry.dtype(), "F32, F64, F16 or BF16");
            return;
        }
        long values = values(entry.shape());
        if (values > MAXIMUM_VALUES) {
            report(entry, "shape " + entry.shape(), "at most " + MAXIMUM_VALUES + " values");
            return;
        }
        long needed = values * valueSize;
        if (entry.end() - entry.begin() != needed) {
            report(
                    entry,
                    "data_offsets " + entry.offsets(),
                    needed + " bytes for " + entry.dtype() + " of shape " + entry.shape());
        }
    }

    private void checkOrder(List<SafetensorsHeader.Entry> entries, long dataLength) {
        List<SafetensorsHeader.Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(SafetensorsHeader.Entry::begin)
                .thenComparingLong(SafetensorsHeader.Entry::end));
        long end = 0;
        for (SafetensorsHeader.Entry entry : sorted) {
            if (entry.begin() != end) {
                report(
                        entry,
                        "data_offsets " + entry.offsets(),
                        "a begin at " + end + ", where the values before it end");
            }
            end = Math.max(end, entry.end());
        }
        if (end != dataLength) {
            problems.add(new Problem(
                    place,
                    dataLength + " bytes of values",
                    end + " by its header",
                    end > dataLength ? "the file is truncated" : "the file has bytes left over"));
        }
    }

    private void report(SafetensorsHeader.Entry entry, String found, String expected) {
        problems.add(Problem.of(place + ": tensor " + entry.name(), found, expected));
    }

    /** The number of values; {@link Long#MAX_VALUE} if it, or a size in it, is too large for any array. */
    private static long values(List<Long> shape) {
        long values = 1;
        for (long size : shape) {
            if (size > MAXIMUM_VALUES || values > MAXIMUM_VALUES) {
                return Long.MAX_VALUE;
            }
            values *= size;
        }
        return values;
    }
}
