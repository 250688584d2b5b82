package dev.vaelab.api.random;

/** What random numbers are for. Each purpose has streams of its own, so that a change to one leaves the others alone. */
public enum Purpose {
    /** Initial weights. */
    WEIGHTS,
    /** Which images are for training and which for validation. */
    SPLIT,
    /** Order of the training images, one stream an epoch. */
    SHUFFLE,
    /** Noise of the sampler in training, one stream for each epoch and batch. */
    TRAINING_NOISE,
    /** Noise of the sampler on the validation images: the same in every epoch, so that epochs can be compared. */
    VALIDATION_NOISE,
    /** Noise of the sampler on the test images. */
    TEST_NOISE,
    /** Noise of the sampler when the training images are evaluated. */
    TRAINING_EVALUATION_NOISE,
    /** Noise of the latents by which the likelihood is estimated, one stream for each split and image. */
    LIKELIHOOD_NOISE,
    /** Latents of the aggregate posterior, by which the parts of the KL term are estimated. */
    DECOMPOSITION,
    /** Latents of generated images. */
    GENERATION,
    /** Latents of the training images that a mixture is fitted to, and the centres that the fit starts from. */
    MIXTURE,
    /** Latents of the images by which the quality of samples is measured, and which images they are compared with. */
    SAMPLE_QUALITY,
    /** Initial weights of the classifier whose features samples are compared by, and the order of its training images. */
    FEATURES,
    /** Binarization of the training images, one stream for each epoch and batch. */
    TRAINING_BINARIZATION,
    /** Binarization that is drawn once, of the images that come for training, for training and validation. */
    BINARIZATION_OF_TRAINING,
    /** Binarization that is drawn once, of the images that come for validation. */
    BINARIZATION_OF_VALIDATION,
    /** Binarization that is drawn once, of the images that come for testing. */
    BINARIZATION_OF_TEST,
    /** Which test images an interpolation runs between. */
    INTERPOLATION,
    /** Which test images a map of the latent space shows. */
    LATENT_MAP,
    /** Which images, with repetitions, are scored in each resample of two data sets that are told apart. */
    SEPARATION,
    /** Values of a random search, one stream for each key and trial. */
    TRIAL,
    /** In which order successive halving begins the runs of a sweep. */
    TRIAL_ORDER
}
