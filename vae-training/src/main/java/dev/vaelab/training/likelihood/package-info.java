/** log p(x) of images, estimated by importance sampling with the posterior that the encoder gives (Burda et al. 2016). */
package dev.vaelab.training.likelihood;
