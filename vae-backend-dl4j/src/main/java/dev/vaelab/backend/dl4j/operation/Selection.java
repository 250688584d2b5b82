package dev.vaelab.backend.dl4j.operation;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One array's value where a mask is not 0, else another's: the engine's operations for it are a thousand times slower. */
public final class Selection {
    private Selection() {}

    /**
     * Selects.
     *
     * @param mask of the shape of the result, or a single value
     * @param chosen likewise
     * @param other likewise
     * @param result receives the values
     * @return the result
     */
    public static INDArray apply(INDArray mask, INDArray chosen, INDArray other, INDArray result) {
        FloatBuffer choices = Arrays.floats(mask);
        FloatBuffer ifChosen = Arrays.floats(chosen);
        FloatBuffer ifNot = Arrays.floats(other);
        FloatBuffer results = Arrays.floats(result);
        int choiceStep = step(mask);
        int chosenStep = step(chosen);
        int otherStep = step(other);
        for (int index = 0; index < results.limit(); index++) {
            boolean choice = choices.get(index * choiceStep) != 0;
            results.put(index, choice ? ifChosen.get(index * chosenStep) : ifNot.get(index * otherStep));
        }
        return result;
    }

    private static int step(INDArray array) {
        return array.length() == 1 ? 0 : 1;
    }
}
