package dev.vaelab.training.probe;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;

/**
 * A linear classifier of labels: how much a representation tells of them without further computation (G. Alain and Y. Bengio,
 * <em>Understanding intermediate layers using linear classifier probes</em>, 2016).
 *
 * <p>Logistic regression of each label against all others, with the squared length of the weights, but for the bias, as
 * regularization: the minimum over w and b of |w|^2 / 2 + C sum of log(1 + e^(-y (w x + b))), C = 1, solved by LIBLINEAR's trust-region
 * Newton method (R.-E. Fan et al., <em>LIBLINEAR: A library for large linear classification</em>, 2008), which draws nothing at random.
 * Features have mean 0 and variance 1 on the rows that are learned from.
 */
public final class LinearProbe {
    /** Weight C of the errors against the regularization. */
    public static final double COST = 1;

    /** Relative length of the gradient at which the solver stops: a tenth of its default. */
    private static final double PRECISION = 1e-3;

    private final Standardization standardization;
    private final Model model;

    private LinearProbe(Standardization standardization, Model model) {
        this.standardization = standardization;
        this.model = model;
    }

    /**
     * Learns to tell the labels of rows.
     *
     * @throws IllegalArgumentException if there is but one label, or a value is not a number
     */
    public static LinearProbe learn(LabelledFeatures training) {
        if (training.classes() < 2 || !training.finite()) {
            throw new IllegalArgumentException(
                    "a linear probe learns two labels or more from numbers, found " + training.classes());
        }
        // It is one switch of the whole library, which prints to standard output otherwise.
        Linear.disableDebugOutput();
        Standardization standardization = Standardization.of(training);
        Problem problem = new Problem();
        problem.l = training.count();
        problem.n = training.width() + 1;
        problem.bias = 1;
        problem.x = new Feature[training.count()][];
        problem.y = new double[training.count()];
        for (int row = 0; row < training.count(); row++) {
            problem.x[row] = features(standardization, training, row);
            problem.y[row] = training.labels()[row];
        }
        Parameter parameter = new Parameter(SolverType.L2R_LR, COST, PRECISION);
        parameter.setRegularizeBias(false);
        return new LinearProbe(standardization, Linear.train(problem, parameter));
    }

    /** How many labels of other rows of the same features it tells. */
    public Accuracy accuracy(LabelledFeatures rows) {
        int[] found = new int[rows.count()];
        for (int row = 0; row < found.length; row++) {
            found[row] = (int) Linear.predict(model, features(standardization, rows, row));
        }
        return Accuracy.of(rows.labels(), found);
    }

    /** Features are counted from 1; the last one is the bias. */
    private static Feature[] features(Standardization standardization, LabelledFeatures rows, int row) {
        Feature[] features = new Feature[rows.width() + 1];
        for (int feature = 0; feature < rows.width(); feature++) {
            features[feature] = new FeatureNode(feature + 1, standardization.of(rows, row, feature));
        }
        features[rows.width()] = new FeatureNode(rows.width() + 1, 1);
        return features;
    }
}
