// Estimates by sampling, with a table for each kind of them: figures of other images, of another likelihood, by another number of
// samples or by other features stand in no column together.

/** Of each kind of estimates: what it is called, what it says, under which conditions it holds, and its table. */
const ESTIMATES = [
  {
    kind: "likelihoods",
    title: "log p(x) under",
    says: "By importance sampling with the posterior of the encoder (Burda, Grosse and Salakhutdinov, 2016): a lower bound of log p(x) that "
      + "is tight for many samples K; higher is better. Bits per dimension are there for black and white pixels under a probability, and "
      + "for pixels of 256 values under a density (with no noise added to them); lower is better.",
    table: likelihoodTable
  },
  {
    kind: "decompositions",
    title: "Where the KL goes, under",
    says: "The KL term is the mutual information of image and latents and the KL of the aggregate posterior to the prior, which is the "
      + "total correlation and what each dimension costs by itself (Hoffman and Johnson, 2016; Chen et al., 2018). The mutual "
      + "information of N images is at most log N; near that, the other parts are too large.",
    table: decompositionTable
  },
  {
    kind: "probes",
    title: "Labels told from latents, under",
    says: "By classifiers that learn from the posterior means of N training images: a linear probe (logistic regression of standardized "
      + "means) and the vote of the nearest means. Beside them is what always telling the most frequent label comes to.",
    table: probeTable
  },
  {
    kind: "fidelities",
    title: "Labels told from images made of them, under",
    says: "Images that the model makes of labels are taken for what their nearest training images are, in the space of pixels. Beside "
      + "them is what that vote makes of real images.",
    table: fidelityTable
  },
  {
    kind: "qualities",
    title: "How near samples are to images:",
    says: "A Fréchet distance of features, which is less for nearer samples, and by nearest neighbours the share of samples that are "
      + "near an image (precision) and of images that are near a sample (recall, coverage).",
    conditions: figures => figures.conditions,
    table: qualityTable
  },
  {
    kind: "separations",
    title: "Images of another data set told apart, under",
    says: "By scores of single images, of which a large one is to say that an image is unusual: AUROC is the probability that it is "
      + "larger for an image of the other data set than for one as the model was trained on (0.5 tells nothing, less takes unusual "
      + "images for usual). Likelihood alone is known to fail (Nalisnick et al., 2019): simple images are likely under any model. What "
      + "the complexity is subtracted from is to allow for that (Serrà et al., 2020), if −log p(x) is the length of a code as the complexity "
      + "is; it is not for grey pixels under a Bernoulli likelihood. In brackets is the 95 % interval over images.",
    conditions: figures => figures.conditions,
    table: separationTable
  }
];

/**
 * Shows estimates, or hides their section. They are {name, likelihoods, decompositions, probes, fidelities, qualities, separations}, a
 * name being a text or an element.
 */
function showEstimates(estimates, nameTitle) {
  const tables = ESTIMATES.flatMap(({ kind, title, says, conditions = figures => figures.stamp.conditions, table }) => {
    const figures = estimates.flatMap(one => one[kind].map(figures => ({ name: one.name, figures })));
    return perCondition(figures, conditions).flatMap((group, index) => [
      element("h3", {}, `${title} ${conditions(group[0].figures)}`),
      ...(index === 0 ? [element("p", { class: "lead" }, says)] : []),
      table(group, nameTitle)]);
  });
  byId("estimates").hidden = tables.length === 0;
  byId("estimate-tables").append(...tables);
}

function perCondition(estimates, conditions) {
  const groups = new Map();
  for (const one of estimates) {
    const key = conditions(one.figures);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function likelihoodTable(group, nameTitle) {
  const nat = title => ({ title, unit: "nats per image", kind: "number" });
  return table(`log p(x) under ${group[0].figures.stamp.conditions}`,
    [{ title: nameTitle }, nat("log p(x)"), { title: "Bits", unit: "per dimension", kind: "number" }, nat("Standard error over images"), nat("Over samples"), nat("ELBO of the same latents"),
      { title: "Effective samples", unit: `of ${group[0].figures.stamp.samples}`, kind: "number" }, { title: "Computed on" }],
    group.map(({ name, figures }) => [name, nats(figures.logLikelihood), fixed(figures.bitsPerDimension, 4), fixed(figures.standardError, 3), fixed(figures.samplingError, 4),
      nats(figures.elbo), fixed(figures.effectiveSamples, 1), figures.stamp.backend]));
}

function decompositionTable(group, nameTitle) {
  const nat = title => ({ title, unit: "nats per image", kind: "number" });
  return table(`Where the KL goes, under ${group[0].figures.stamp.conditions}`,
    [{ title: nameTitle }, nat("KL"), nat("Mutual information"), nat("KL of the aggregate posterior"), nat("Total correlation"),
      nat("Dimension by dimension"), { title: "Active units", kind: "number" }],
    group.map(({ name, figures: { parts, activeUnits, latent } }) => [name, withError(parts.kl),
      element("span", {}, withError(parts.mutualInformation), element("span", { class: "remark" }, `at most ${nats(parts.mostInformation)}`)),
      withError(parts.aggregateKl), withError(parts.totalCorrelation), withError(parts.dimensionwiseKl), `${activeUnits} of ${latent}`]));
}

/** Below the samples are images in their place, once for each split that they are from. */
function qualityTable(group, nameTitle) {
  const share = title => ({ title, kind: "number" });
  const cells = quality => [fixed(quality.frechetDistance, 3), fixed(quality.precision, 3), fixed(quality.recall, 3),
    fixed(quality.density, 3), fixed(quality.coverage, 3)];
  const floors = new Map(group.filter(({ figures }) => figures.floor).map(({ figures }) => [figures.floor.split, figures.floor.quality]));
  return table(`How near samples are to images: ${group[0].figures.conditions}`,
    [{ title: nameTitle }, { title: "Prior" }, { title: "Fréchet distance", kind: "number" }, share("Precision"), share("Recall"),
      share("Density"), share("Coverage")],
    [...group.map(({ name, figures }) => [name, sourceLabel(figures.source), ...cells(figures.quality)]),
      ...[...floors].map(([split, quality]) => [`${split} images in the place of samples`, NOTHING, ...cells(quality)])]);
}

function sourceLabel({ prior, mixture }) {
  return mixture ? `${prior} of ${mixture.components} (latents: ${mixture.latents})` : prior;
}

function probeTable(group, nameTitle) {
  const share = title => ({ title, unit: "accuracy", kind: "number" });
  return table(`Labels told from latents, under ${group[0].figures.stamp.conditions}`,
    [{ title: nameTitle }, share("Linear probe"), share("Nearest neighbours"), { title: "Neighbours that vote", kind: "number" },
      share("Most frequent label")],
    group.map(({ name, figures: { accuracies } }) => [name, accuracy(accuracies.linear), accuracy(accuracies.neighbours),
      `${accuracies.k}`, accuracy(accuracies.mostFrequent)]));
}

function fidelityTable(group, nameTitle) {
  const share = title => ({ title, unit: "accuracy", kind: "number" });
  return table(`Labels told from images made of them, under ${group[0].figures.stamp.conditions}`,
    [{ title: nameTitle }, share("Images made"), share("Real images"), { title: "Neighbours that vote", kind: "number" },
      { title: "By label" }],
    group.map(({ name, figures: { fidelity } }) => [name, accuracy(fidelity.generated), accuracy(fidelity.real), `${fidelity.k}`,
      fidelity.labels.map(({ label, accuracy: { value } }) => `${label}: ${fixed(value, 3)}`).join(", ")]));
}

/** Of each score that images are told apart by: what it is called, its unit, and in a sentence what it is. */
const SCORES = {
  negativeElbo: { title: "Negative ELBO", unit: "nats", says: "Reconstruction + KL, a bound of −log p(x) from above." },
  reconstruction: { title: "Reconstruction", unit: "nats", says: "−log p(x|z)." },
  kl: { title: "KL", unit: "nats", says: "How far the posterior of the image is from the prior." },
  negativeLogLikelihood: { title: "−log p(x)", unit: "nats", says: "By importance sampling." },
  complexity: { title: "Complexity", unit: "bits", says: "Length of the image as PNG compresses it: no model has a part in it. It is what a score has to surpass." },
  negativeElboRatio: { title: "Negative ELBO − complexity", unit: "bits", says: "The negative ELBO in bits less the complexity: S(x) of Serrà et al. (2020), with the bound in the place of −log p(x)." },
  likelihoodRatio: { title: "−log p(x) − complexity", unit: "bits", says: "S(x) = −log₂ p(x) − L(x) of Serrà et al. (2020), the logarithm of a likelihood ratio in which the compressor is the other model." }
};

/** A row for each score of each run. */
function separationTable(group, nameTitle) {
  return table(`Images of another data set told apart, under ${group[0].figures.conditions}`,
    [{ title: nameTitle }, ...separationColumns(group[0].figures)],
    group.flatMap(({ name, figures }) => figures.scores.map(score =>
      [name instanceof Node ? name.cloneNode(true) : name, ...separationCells(score)])));
}

function separationColumns({ usual, unusual }) {
  const share = title => ({ title, kind: "number" });
  return [{ title: "Score" }, share("AUROC"), share("AUPR"), share("FPR at 95 % TPR"), { title: "Mean", unit: usual, kind: "number" },
    { title: "Mean", unit: unusual, kind: "number" }];
}

function separationCells({ score, meanOfUsual, meanOfUnusual, separation: { auroc, aupr, fprAt95Tpr } }) {
  const { title, unit } = SCORES[score];
  return [title, ...[auroc, aupr, fprAt95Tpr].map(withInterval), `${nats(meanOfUsual)} ${unit}`, `${nats(meanOfUnusual)} ${unit}`];
}

function withInterval({ value, low, high }) {
  return element("span", {}, fixed(value, 4), element("span", { class: "remark" }, `[${fixed(low, 4)}, ${fixed(high, 4)}]`));
}

function accuracy({ value, standardError }) {
  return `${fixed(value, 4)} ± ${fixed(standardError, 4)}`;
}

function withError(estimate) {
  return estimate ? `${nats(estimate.value)} ± ${fixed(estimate.standardError, 2)}` : NOTHING;
}
