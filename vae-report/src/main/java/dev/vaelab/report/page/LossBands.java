package dev.vaelab.report.page;

/**
 * The loss of one split over the epochs, and its two terms, in nats per image.
 *
 * @param loss what training minimizes
 * @param reconstruction its one term
 * @param kl its other term, without beta
 */
public record LossBands(SeedBand loss, SeedBand reconstruction, SeedBand kl) {}
