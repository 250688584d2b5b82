package dev.vaelab.training.neighbours;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Nearest neighbours")
class NearestNeighboursTest {
    private static final RandomStreams STREAMS = new RandomStreams(7);

    @Test
    @DisplayName("are those that sorting all distances finds, over several blocks and chunks")
    void agreeWithSorting() {
        Points references = drawn(600, 5, 0);
        Points queries = drawn(70, 5, 1);
        Neighbours found = new NearestNeighbours(references).find(queries, 4);
        assertEquals(70, found.queries());
        for (int query = 0; query < 70; query++) {
            int one = query;
            int[] sorted = IntStream.range(0, 600)
                    .boxed()
                    .sorted(Comparator.comparingDouble(reference -> squared(queries, one, references, reference)))
                    .limit(4)
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int rank = 0; rank < 4; rank++) {
                assertEquals(sorted[rank], found.index(query, rank), "query " + query + ", rank " + rank);
                assertEquals(squared(queries, one, references, sorted[rank]), found.squaredDistance(query, rank), 1e-5);
            }
        }
    }

    @Test
    @DisplayName("of one of the references leave it out, and no twin of it")
    void othersLeaveOutThemselves() {
        Points points = new Points(1, new float[] {0, 3, 0, 4});
        Neighbours found = new NearestNeighbours(points).findOthers(2);
        assertArrayEquals(new int[] {2, 1, 3, 0, 0, 1, 1, 0}, found.indices());
        assertArrayEquals(new float[] {0, 9, 1, 9, 0, 9, 1, 16}, found.squaredDistances());
    }

    @Test
    @DisplayName("that are equally far come in the order of their indices")
    void tiesByIndex() {
        Points references = new Points(1, new float[] {1, -1, 2, -2, 1});
        assertArrayEquals(
                new int[] {0, 1, 4, 2},
                new NearestNeighbours(references)
                        .find(new Points(1, new float[] {0}), 4)
                        .indices());
    }

    @Test
    @DisplayName("are found at distances whose squares overflow")
    void overflow() {
        Neighbours found = new NearestNeighbours(new Points(1, new float[] {2e30f, 1e30f}))
                .find(new Points(1, new float[] {-1e30f}), 2);
        assertArrayEquals(new int[] {0, 1}, found.indices());
        assertEquals(Float.POSITIVE_INFINITY, found.squaredDistance(0, 1));
    }

    @Test
    @DisplayName("keep the digits of vectors that are near each other and far from zero")
    void noCancellation() {
        Neighbours found = new NearestNeighbours(new Points(1, new float[] {1000.25f, 1000.125f}))
                .find(new Points(1, new float[] {1000}), 1);
        assertArrayEquals(new int[] {1}, found.indices());
        assertEquals(0.015625f, found.squaredDistance(0, 0));
    }

    @Test
    @DisplayName("refuse numbers that have no distance, other lengths, and more neighbours than there are")
    void refusals() {
        assertEquals(
                "vector 1 has the value NaN in dimension 0, which has no distance to anything",
                assertThrows(IllegalArgumentException.class, () -> new Points(2, new float[] {0, 1, Float.NaN, 3}))
                        .getMessage());
        assertEquals(
                "3 values are no vectors of 2",
                assertThrows(IllegalArgumentException.class, () -> new Points(2, new float[3]))
                        .getMessage());
        NearestNeighbours search = new NearestNeighbours(new Points(2, new float[4]));
        assertEquals(
                "vectors of 1 have no distance to vectors of 2",
                assertThrows(IllegalArgumentException.class, () -> search.find(new Points(1, new float[1]), 1))
                        .getMessage());
        assertEquals(
                "there are no 2 nearest neighbours among 1",
                assertThrows(IllegalArgumentException.class, () -> search.findOthers(2))
                        .getMessage());
    }

    private static Points drawn(int count, int dimensions, int stream) {
        return new Points(dimensions, STREAMS.gaussian(count * dimensions, Purpose.GENERATION, stream));
    }

    private static double squared(Points left, int one, Points right, int other) {
        double sum = 0;
        for (int dimension = 0; dimension < left.dimensions(); dimension++) {
            double difference = left.values()[one * left.dimensions() + dimension]
                    - right.values()[other * right.dimensions() + dimension];
            sum += difference * difference;
        }
        return sum;
    }
}
