// The report of a model's scores of two data sets.

const data = JSON.parse(byId("data").textContent);
const { figures } = data;
const { stamp, against, usual, unusual } = figures;
// Two data sets of one name are told apart by their place.
const USUAL = { label: usual, ...look(0) };
const UNUSUAL = { label: usual === unusual ? `${unusual} (other)` : unusual, ...look(1) };
/** Figures that stand alone: what people try first, and what is to do better. */
const SHOWN_ALONE = figures.scores.some(({ score }) => score === "likelihoodRatio")
  ? ["negativeElbo", "negativeLogLikelihood", "likelihoodRatio"] : ["negativeElbo", "reconstruction", "negativeElboRatio"];

showTitle();
showFigures();
showDistributions();
showCurves();
showImages();
showComputation();
byId("settings").append(configuration(data.config));
listSections();

function showTitle() {
  document.title = `${data.config.name}: ${unusual} told from ${usual}`;
  byId("name").textContent = `${unusual} told from ${usual}`;
  byId("subtitle").textContent = `By the model ${data.config.name}, engine ${stamp.backend}, seed ${stamp.seed}`;
}

function showFigures() {
  const percent = fixed(100 * figures.confidence, 0);
  byId("question").append(
    `Can the model tell which images are unusual? ${capitalized(stamp.split)} images of `, element("strong", {}, usual),
    ` (${fixed(stamp.images, 0)}) are the usual ones, those of `, element("strong", {}, unusual), ` (${fixed(against.images, 0)}) the `
    + "unusual ones. Of every score, a larger value says that an image is more unusual.");
  byId("tiles").append(...figures.scores.filter(({ score }) => SHOWN_ALONE.includes(score)).map(({ score, separation: { auroc } }) =>
    tile(`AUROC by ${innerTitle(score)}`, fixed(auroc.value, 4), `${fixed(auroc.low, 4)} to ${fixed(auroc.high, 4)}`)));
  byId("figures").append(table(`How well each score tells ${unusual} from ${usual}`, separationColumns(figures),
    figures.scores.map(separationCells)));
  byId("chance").textContent = `it is ${fixed(against.images / (against.images + stamp.images), 2)} for a score that tells nothing here.`;
  byId("interval").textContent = `${percent} % confidence interval over images, by the percentiles of ${fixed(figures.resamples, 0)} `
    + "stratified bootstrap resamples; what another training run would give is not in it.";
  byId("no-code").hidden = figures.codeLength;
  byId("no-code-why").textContent = `Under the likelihood ${stamp.measure.reconstruction}, −log p(x) of these pixels is the length of no `
    + "code: they are grey and it is a probability of black and white ones, or they are black and white and it is a density.";
}

function innerTitle(score) {
  const { title } = SCORES[score];
  return title === "KL" ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

function showDistributions() {
  showCharts(byId("histograms"), data.scores.map(({ score, histogram }) => {
    const { title, unit } = SCORES[score];
    const bins = histogram.usual.length;
    const width = (histogram.high - histogram.low) / bins;
    const share = (counts, images) => counts.map(count => 100 * count / images);
    return chart({
      title, unit: "% of each data set", xName: `${unit} per image`, format: value => `${fixed(value, 2)} %`, fromZero: true,
      x: Array.from({ length: bins }, (_, bin) => histogram.low + (bin + 0.5) * width), xText: value => `${fixed(value, 1)} ${unit}`,
      curves: [{ ...USUAL, area: true, values: share(histogram.usual, stamp.images) },
        { ...UNUSUAL, area: true, values: share(histogram.unusual, against.images) }],
    });
  }));
}

function showCurves() {
  const points = data.scores[0].roc.length;
  const rates = Array.from({ length: points }, (_, point) => 100 * point / (points - 1));
  showCharts(byId("roc"), [chart({
    title: "Receiver operating characteristic", wide: true, unit: "% of the unusual images that are found",
    xName: "% of the usual images taken for unusual", format: value => `${fixed(value, 1)} %`, fromZero: true,
    x: rates, xText: value => `${fixed(value, 0)} %`,
    curves: [...data.scores.map(({ score, roc }, index) => ({ label: SCORES[score].title, ...look(index), values: roc.map(rate => 100 * rate) })),
      { label: "tells nothing", colour: "--muted", dash: [2, 4], values: rates }],
  })]);
}

function showImages() {
  byId("galleries").append(...data.scores.flatMap(({ score, usual: ofUsual, unusual: ofUnusual, overlooked }) => [
    element("h3", {}, `By ${innerTitle(score)}`),
    element("div", { class: "gallery narrow" }, ...[ofUsual, ofUnusual, overlooked].map(picture =>
      pictureFigure(picture, capitalized(picture.name), picture.caption)))]));
}

function showComputation() {
  byId("scores").append(
    table("What each score is", [{ title: "Score" }, { title: "Unit" }, { title: "What it is", kind: "prose" }],
      figures.scores.map(({ score }) => [SCORES[score].title, `${SCORES[score].unit} per image`, SCORES[score].says])),
    element("p", { class: "lead after" }, "The two terms of the ELBO are those that evaluate prints, for one image each, by the same noise. Noise and "
      + "resamples come from the seed and are the same on every engine. Under a density, −log p(x) is lower than the code length of 8-bit pixels by a "
      + "constant that is the same for all images of one shape, and matters to no figure here."
      + (stamp.measure.condition ? " The model is given the label of each image, that of the other data set, too, which stands for something else there." : "")));
  byId("origins").append(images("Usual images", usual, stamp), images("Unusual images", unusual, against), pairs("Computation", [
    ["Likelihood of the pixels", stamp.measure.reconstruction],
    ["Binarization", stamp.measure.binarization],
    ["Latents per image for log p(x)", stamp.samples === 0 ? "not estimated; --samples K estimates it" : fixed(stamp.samples, 0)],
    ["Complexity", figures.complexity],
    ["Resamples", fixed(figures.resamples, 0)],
    ["Seed", stamp.seed],
    ["Engine", stamp.backend],
    ["Weights", code(data.weights)],
    ["Fingerprint of the weights", code(stamp.weights)],
  ]));
}

function images(caption, name, { dataset, data: checksum, split, images: count, pixels }) {
  return pairs(caption, [["Data set", name], ["Kind", dataset], ["Split", split], ["Images", fixed(count, 0)],
    ["Fingerprint of the data", code(checksum)], ["Fingerprint of the pixels", code(pixels)]]);
}
