/**
 * The aggregate posterior q(z) = 1/N sum of q(z|x) over the images of a split, and the parts into which it takes the KL term of the
 * ELBO (Hoffman and Johnson 2016; Chen et al. 2018).
 */
package dev.vaelab.training.aggregate;
