package dev.vaelab.training.probe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vaelab.api.random.Purpose;
import dev.vaelab.api.random.RandomStreams;
import dev.vaelab.training.neighbours.Points;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A vote of nearest neighbours")
final class NeighbourVoteTest {
    @Test
    @DisplayName("is for the label that most of them have")
    void majority() {
        NeighbourVote vote = new NeighbourVote(line(0), 3);
        vote.add(line(1, 2, 3, 4, 5), new int[] {8, 5, 5, 8, 8});
        assertArrayEquals(new int[] {5}, vote.labels());
    }

    @Test
    @DisplayName("is for the nearer one of two labels that as many have")
    void tie() {
        NeighbourVote vote = new NeighbourVote(line(0, 10), 4);
        vote.add(line(4, 1, 9, 6), new int[] {2, 7, 2, 7});
        assertArrayEquals(new int[] {7, 2}, vote.labels());
    }

    @Test
    @DisplayName("does not depend on the pieces in which the references come, and is that of sorting all distances")
    void pieces() {
        Points queries = new Points(3, new RandomStreams(1).gaussian(3 * 40, Purpose.GENERATION));
        float[] references = new RandomStreams(2).gaussian(3 * 100, Purpose.GENERATION);
        int[] labels = IntStream.range(0, 100).map(row -> row * 7 % 5).toArray();
        int[] expected = IntStream.range(0, 40)
                .map(query -> bySorting(queries, query, references, labels, 6))
                .toArray();
        for (int piece : new int[] {1, 4, 33, 100}) {
            NeighbourVote vote = new NeighbourVote(queries, 6);
            for (int from = 0; from < 100; from += piece) {
                int to = Math.min(100, from + piece);
                vote.add(
                        new Points(3, Arrays.copyOfRange(references, 3 * from, 3 * to)),
                        Arrays.copyOfRange(labels, from, to));
            }
            assertArrayEquals(expected, vote.labels(), "pieces of " + piece);
        }
    }

    @Test
    @DisplayName("needs as many references as vote")
    void tooFew() {
        NeighbourVote vote = new NeighbourVote(line(0), 3);
        vote.add(line(1, 2), new int[] {0, 1});
        assertThrows(IllegalStateException.class, vote::labels);
        assertThrows(IllegalArgumentException.class, () -> new NeighbourVote(line(0), 0));
    }

    private static int bySorting(Points queries, int query, float[] references, int[] labels, int k) {
        int[] order = IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparing(row -> distance(queries, query, references, row)))
                .limit(k)
                .mapToInt(row -> labels[row])
                .toArray();
        long most = Arrays.stream(order)
                .mapToLong(label -> count(order, label))
                .max()
                .orElseThrow();
        return Arrays.stream(order)
                .filter(label -> count(order, label) == most)
                .findFirst()
                .orElseThrow();
    }

    private static long count(int[] labels, int label) {
        return Arrays.stream(labels).filter(other -> other == label).count();
    }

    private static double distance(Points queries, int query, float[] references, int row) {
        double sum = 0;
        for (int dimension = 0; dimension < 3; dimension++) {
            double difference = queries.values()[3 * query + dimension] - references[3 * row + dimension];
            sum += difference * difference;
        }
        return sum;
    }

    private static Points line(float... coordinates) {
        return new Points(1, coordinates);
    }
}
