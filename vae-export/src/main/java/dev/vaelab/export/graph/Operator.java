package dev.vaelab.export.graph;

/** What likelihoods compute with, value by value; operands broadcast as NumPy's do. */
public enum Operator {
    /** left + right. */
    ADD,
    /** left - right. */
    SUBTRACT,
    /** left * right. */
    MULTIPLY,
    /** left / right. */
    DIVIDE,
    /** 1 where left &gt; right, else 0. */
    GREATER,
    /** The second where the first is not 0, else the third. */
    SELECT,
    /** e^x. */
    EXP,
    /** e^x - 1, exact for small x. */
    EXPM1,
    /** Natural logarithm. */
    LOG,
    /** log(1 + x), exact for small x. */
    LOG1P,
    /** Square root. */
    SQRT,
    /** Hyperbolic tangent. */
    TANH,
    /** 1 / (1 + e^-x). */
    SIGMOID,
    /** log(1 + e^x). */
    SOFTPLUS,
    /** max(x, 0). */
    RELU
}
