package dev.vaelab.training.part;

import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.model.PixelValues;
import dev.vaelab.api.tensor.Operand;
import java.util.Optional;

/**
 * Independent continuous Bernoulli pixels, a density on [0,1]: log p = sum of log C + pixel * logit - softplus(logit), with the
 * normalizing constant C of the parameter sigmoid(logit).
 *
 * <p>Source: G. Loaiza-Ganem and J. P. Cunningham, <em>The continuous Bernoulli: fixing a pervasive error in variational
 * autoencoders</em>, 2019, equations 6 to 8. In terms of the logit l, C = l / tanh(l / 2) and the mean is 1 / (1 - e^-l) - 1 / l;
 * near l = 0, where both are 0/0, their Taylor series take over.
 */
public record ContinuousBernoulli() implements Likelihood {
    /**
     * Below it the series are more exact in float32 than the formulas; in float64 what they leave out is less than 1e-11, in
     * derivatives, too.
     */
    private static final double SMALL = 0.3;

    @Override
    public String name() {
        return "continuous-bernoulli";
    }

    @Override
    public String description() {
        return "independent continuous Bernoulli pixels, a density on [0,1] (Loaiza-Ganem and Cunningham 2019)";
    }

    @Override
    public Optional<PixelValues> pixelValues() {
        return Optional.of(PixelValues.CONTINUOUS);
    }

    @Override
    public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
        Operand<X> small = small(logits);
        // The formula must not see what it divides by zero for: derivatives go through both sides of a choice.
        Operand<X> safe = small.select(logits.number(1), logits);
        Operand<X> formula = safe.over(safe.times(0.5).tanh()).log();
        Operand<X> square = small.select(logits, logits.number(0)).squared();
        // log(l / tanh(l / 2))
        // = log 2 + l^2 / 12 - 7 l^4 / 1440 + 31 l^6 / 90720 - 127 l^8 / 4838400 + 73 l^10 / 34214400 - ...
        Operand<X> series =
                polynomial(square, Math.log(2), 1.0 / 12, -7.0 / 1440, 31.0 / 90720, -127.0 / 4838400, 73.0 / 34214400);
        Operand<X> logConstant = small.select(series, formula);
        return images.bernoulliLogDensity(logits).plus(logConstant.sum(1, 2, 3));
    }

    @Override
    public <X> Operand<X> mean(Operand<X> logits, PartTensors<X> own) {
        Operand<X> small = small(logits);
        Operand<X> safe = small.select(logits.number(1), logits);
        Operand<X> formula = safe.negated().expm1().negated();
        formula = formula.number(1).over(formula).minus(formula.number(1).over(safe));
        // 1/2 + l / 12 - l^3 / 720 + l^5 / 30240 - l^7 / 1209600 + ...
        Operand<X> within = small.select(logits, logits.number(0));
        Operand<X> series = within.times(
                        polynomial(within.squared(), 1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600))
                .plus(0.5);
        return small.select(series, formula);
    }

    /** By Horner's rule; the coefficients begin with the constant one. */
    private static <X> Operand<X> polynomial(Operand<X> variable, double... coefficients) {
        int last = coefficients.length - 1;
        Operand<X> sum = variable.times(coefficients[last]).plus(coefficients[last - 1]);
        for (int power = last - 2; power >= 0; power--) {
            sum = sum.times(variable).plus(coefficients[power]);
        }
        return sum;
    }

    private static <X> Operand<X> small(Operand<X> logits) {
        return logits.number(SMALL * SMALL).greater(logits.squared());
    }
}
