package dev.vaelab.training.part;

import dev.vaelab.api.model.Likelihood;
import dev.vaelab.api.model.PartTensors;
import dev.vaelab.api.tensor.Operand;

/**
 * Independent continuous Bernoulli pixels, a density on [0,1]: log p = sum of log C + pixel * logit - softplus(logit), with the
 * normalizing constant C of the parameter sigmoid(logit).
 *
 * <p>Source: G. Loaiza-Ganem and J. P. Cunningham, <em>The continuous Bernoulli: fixing a pervasive error in variational
 * autoencoders</em>, 2019, equations 6 to 8. In terms of the logit l, C = l / tanh(l / 2) and the mean is 1 / (1 - e^-l) - 1 / l;
 * near l = 0, where both are 0/0, their Taylor series take over.
 */
public record ContinuousBernoulli() implements Likelihood {
    /** Below it the series are more exact in float32 than the formulas. */
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
    public <X> Operand<X> logDensity(Operand<X> images, Operand<X> logits, PartTensors<X> own) {
        Operand<X> small = small(logits);
        // The formula must not see what it divides by zero for: derivatives go through both sides of a choice.
        Operand<X> safe = small.select(logits.number(1), logits);
        Operand<X> formula = safe.over(safe.times(0.5).tanh()).log();
        Operand<X> square = small.select(logits, logits.number(0)).squared();
        // log(l / tanh(l / 2)) = log 2 + l^2 / 12 - 7 l^4 / 1440 + 31 l^6 / 90720 - ...
        Operand<X> series = square.times(square.times(square.times(31.0 / 90720).plus(-7.0 / 1440))
                        .plus(1.0 / 12))
                .plus(Math.log(2));
        Operand<X> logConstant = small.select(series, formula);
        return images.bernoulliLogDensity(logits).plus(logConstant.sum(1, 2, 3));
    }

    @Override
    public <X> Operand<X> mean(Operand<X> logits, PartTensors<X> own) {
        Operand<X> small = small(logits);
        Operand<X> safe = small.select(logits.number(1), logits);
        Operand<X> formula = safe.negated().expm1().negated();
        formula = formula.number(1).over(formula).minus(formula.number(1).over(safe));
        // 1/2 + l / 12 - l^3 / 720 + l^5 / 30240 - ...
        Operand<X> within = small.select(logits, logits.number(0));
        Operand<X> square = within.squared();
        Operand<X> series = within.times(
                        square.times(square.times(1.0 / 30240).plus(-1.0 / 720)).plus(1.0 / 12))
                .plus(0.5);
        return small.select(series, formula);
    }

    private static <X> Operand<X> small(Operand<X> logits) {
        return logits.number(SMALL * SMALL).greater(logits.squared());
    }
}
