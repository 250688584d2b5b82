// The report of one experiment on several engines.

const data = JSON.parse(byId("data").textContent);
const engineLooks = Object.fromEntries(data.backends.map((backend, index) => [backend, look(index)]));
const failedRuns = data.runs.filter(run => run.failure);
const severalSeeds = data.seeds.length > 1;
const severalPairs = data.pairs.length > 1;
const finishedCurves = data.curves.filter(curve => curve.runs > 0);
// Without validation images there are no such figures, and no curves of them.
const validated = data.runs.every(run => run.epochs.every(epoch => epoch.validation));

showTitle();
showVerdicts();
showFailures();
showFigures();
showPublished();
showEstimates(data.estimates.map(({ engine, seed, ...estimates }) =>
  ({ name: element("span", {}, engineName(engine), ` seed ${seed}`), ...estimates })), "Run");
showCurves();
showPictures();
showLatents();
showSpeed();
showParity();
showRuns();
showVersions();
showConfiguration();
listSections();

function showTitle() {
  document.title = `${data.config.name} on ${data.backends.join(", ")}: comparison`;
  byId("name").textContent = data.config.name;
  byId("subtitle").textContent =
    `${data.backends.join(", ")}; ${severalSeeds ? "seeds" : "seed"} ${data.seeds.join(", ")}; ${data.config.training.epochs} epochs`;
}

function engineName(backend) {
  const swatch = element("span", { class: "swatch", "aria-hidden": "true" });
  swatch.style.background = `var(${engineLooks[backend].colour})`;
  return element("span", {}, swatch, backend);
}

function showVerdicts() {
  const cards = [...data.pairs.map(resultCard), ...data.parity.map(parityCard)];
  byId("pair-verdicts").hidden = !severalPairs;
  byId("verdict-words").hidden = !severalPairs;
  if (!severalPairs) {
    byId("verdicts").append(...cards);
    return;
  }
  byId("verdicts").append(resultsCard(), ...data.parity.length > 0 ? [paritiesCard()] : []);
  byId("pair-verdicts").append(table("Verdicts on each pair",
    [{ title: "Engines" }, { title: "Result of training", kind: "prose" }, ...data.parity.length > 0 ? [{ title: "Parity" }] : []],
    data.pairs.map(pair => [nameOfPair(pair.difference), toned(pair.verdict.headline, { equivalent: "good", different: "bad" }[pair.verdict.outcome]),
      ...data.parity.length > 0 ? [parityWord(pair.difference)] : []])));
  byId("verdict-words").append(element("div", { class: "cards" }, ...cards));
}

function nameOfPair({ first, second }) {
  return `${second} against ${first}`;
}

function toned(text, tone) {
  return tone ? element("span", { class: `${tone}-text` }, text) : text;
}

function parityWord({ first, second }) {
  const parity = data.parity.find(one => one.first === first && one.second === second);
  if (!parity?.summary) {
    return "No certificate";
  }
  return parity.summary.passed ? toned("Passed", "good") : toned("Failed", "bad");
}

function resultCard(pair) {
  const tones = { equivalent: "card good", different: "card bad", undecided: "card", unknown: "card" };
  return card(tones[pair.verdict.outcome], `${nameOfPair(pair.difference)}, result of training`, pair.verdict.headline, pair.verdict.explanation);
}

function shareOfPairs(count) {
  return count === data.pairs.length ? `all ${count} pairs` : `${count} of ${data.pairs.length} pairs`;
}

/** Three engines and more: what the results of all pairs come to. */
function resultsCard() {
  const count = outcome => data.pairs.filter(pair => pair.verdict.outcome === outcome).length;
  const margin = data.pairs[0].difference.margin;
  const equivalent = count("equivalent");
  return card(count("different") > 0 ? "card bad" : equivalent === data.pairs.length ? "card good" : "card",
    "All engines, result of training", `Equivalent within ${margin} nats: ${shareOfPairs(equivalent)}`,
    "Each pair is judged for itself: two engines that are equivalent to a third may still be more than the margin apart.");
}

function paritiesCard() {
  const passed = data.parity.filter(parity => parity.summary?.passed).length;
  const failed = data.parity.filter(parity => parity.summary && !parity.summary.passed).length;
  const missing = data.pairs.length - passed - failed;
  return card(failed > 0 ? "card bad" : missing === 0 ? "card good" : "card",
    "All engines, step by step", failed > 0 ? `Parity failed: ${shareOfPairs(failed)}` : `Parity passed: ${shareOfPairs(passed)}`,
    missing === 0 ? "Every pair has a certificate of its own." : `${missing} of ${data.pairs.length} pairs ${missing === 1 ? "has" : "have"} no certificate.`);
}

function card(kind, about, headline, explanation) {
  return element("article", { class: kind },
    element("p", { class: "about" }, about), element("h3", {}, headline), element("p", {}, explanation));
}

function parityCard(parity) {
  const about = `${nameOfPair(parity)}, step by step`;
  if (!parity.summary) {
    return card("card", about, "No parity certificate", capitalized(parity.failure));
  }
  const { passed, steps, partsAt } = parity.summary;
  return passed
    ? card("card good", about, "Parity passed", `Over ${steps} training steps all that was compared agrees within its tolerance.`)
    : card("card bad", about, "Parity failed", parting(partsAt, parity.summary));
}

function parting(difference, { aspects, steps }) {
  const aspect = aspects.find(one => one.judgement.aspect === difference.aspect);
  return `The engines part at step ${difference.step} of ${steps}, in ${difference.tensor} (${aspect.description}): `
    + `${scientific(difference.size)}, where ${scientific(aspect.tolerance)} is allowed${aspect.everyStep ? "" : " in the median"}.`;
}

function showFailures() {
  byId("failures").hidden = failedRuns.length === 0;
  byId("failed-runs").append(table("Failed runs",
    [{ title: "Engine" }, { title: "Seed", kind: "number" }, { title: "Epochs done", kind: "number" }, { title: "Reason", kind: "prose" }],
    failedRuns.map(run => [engineName(run.backend), String(run.seed), String(run.epochs.length), run.failure])));
}

/** A mean with its interval below it. */
function estimate(sample, decimals) {
  if (!sample) {
    return NOTHING;
  }
  const mean = fixed(sample.mean, decimals);
  return sample.low === undefined ? mean : withRemark(mean, `${fixed(sample.low, decimals)} to ${fixed(sample.high, decimals)}`);
}

function withRemark(figure, remark) {
  return element("span", {}, figure, element("span", { class: "remark" }, remark));
}

function showFigures() {
  const added = [...new Set(data.engines.flatMap(engine => Object.keys(engine.added ?? {})))];
  const figure = title => ({ title, unit: severalSeeds ? "nats, 95% interval" : "nats per image", kind: "number" });
  byId("engines").append(table("Test figures by engine",
    [{ title: "Engine" }, figure("Total"), figure("Reconstruction"), figure("KL"), ...added.map(figure), ...validated ? [figure("Validation loss")] : [], { title: "Finished runs", kind: "number" }],
    data.engines.map(engine => [
      engineName(engine.backend), estimate(engine.total, 2), estimate(engine.reconstruction, 2), estimate(engine.kl, 2),
      ...added.map(term => estimate(engine.added?.[term], 2)),
      ...validated ? [estimate(engine.validationLoss, 2)] : [], `${engine.succeeded} of ${engine.succeeded + engine.failed}`,
    ])));
  byId("differences").append(table("Paired differences",
    [{ title: "Engines" }, figure("Total"), figure("Reconstruction"), figure("KL"), ...added.map(figure), { title: "Seeds", kind: "number" }, { title: "Verdict", kind: "prose" }],
    data.pairs.map(({ difference, verdict }) => [
      `${difference.second} − ${difference.first}`, estimate(difference.total, 3), estimate(difference.reconstruction, 3),
      estimate(difference.kl, 3), ...added.map(term => estimate(difference.added?.[term], 3)), String(difference.total ? difference.total.count : 0), verdict.headline,
    ])));
}

function showPublished() {
  byId("published").hidden = data.published.length === 0;
  showCharts(byId("published-charts"), data.published.map(publishedChart));
  byId("published-tables").append(...data.published.map(publishedTable));
}

function decimalsOf({ metric }) {
  return metric === "active-units" ? 0 : 2;
}

/** A point for each run; without any there is the line of the paper alone. */
function publishedChart({ figure, place, stamp, unit, measured, missing }) {
  const format = value => fixed(value, decimalsOf(figure));
  const engines = data.backends.filter(backend => measured.some(one => one.backend === backend));
  const valueOf = (backend, seed) => measured.find(one => one.backend === backend && one.seed === seed)?.value ?? null;
  return chart({
    title: capitalized(stamp), unit, xName: "seed, in the order above", format, points: true, note: [`Line: ${place}.`, missing ? `${capitalized(missing)}.` : ""].join(" "),
    curves: engines.length === 0
      ? [{ label: "no run", ...look(0), values: [null] }]
      : engines.map(backend => ({ label: backend, ...engineLooks[backend], values: data.seeds.map(seed => valueOf(backend, seed)) })),
    horizontals: [{ at: figure.value, label: `published ${format(figure.value)}` }],
  });
}

function publishedTable({ figure, place, stamp, unit, measured, missing }) {
  const rows = measured.map(({ backend, seed, value }) =>
    [engineName(backend), `seed ${seed}`, fixed(value, decimalsOf(figure)), fixed(value - figure.value, decimalsOf(figure))]);
  return table(capitalized(stamp),
    [{ title: "Source" }, { title: "Where", kind: "prose" }, { title: capitalized(figure.metric.replaceAll("-", " ")), unit, kind: "number" },
      { title: "Minus published", unit, kind: "number" }],
    [["published", place, fixed(figure.value, decimalsOf(figure)), NOTHING],
      ...rows.length > 0 ? rows : [["these runs", missing, NOTHING, NOTHING]]]);
}

function showCurves() {
  if (finishedCurves.length === 0) {
    byId("curves").hidden = true;
    return;
  }
  byId("curves-lead").textContent =
    `In nats per image; lower is better. ${validated ? "Validation is measured after the epoch, training" : "Training is measured"} while the weights still change. ${bandNote()}`;
  showCharts(byId("curve-charts"), [...lossCharts("validation"), ...lossCharts("training"),
    ...differenceCharts(data.pairs.filter(pair => pair.validation.mean.length > 0))]);
  byId("epochs").append(curveTable());
}

function bandNote() {
  return severalSeeds ? "Lines are means over the seeds, bands reach from the lowest to the highest seed." : "There is one seed.";
}

function lossCharts(split) {
  return Object.keys(finishedCurves[0][split]).map(figure => engineChart(
    `${capitalized(split)} ${figure === "loss" ? `loss: ${lossFormula(data.config.loss)}` : innerTermTitle(figure)}`, "nats per image", curve => curve[split][figure], { wide: figure === "loss", format: nats }));
}

/** A chart over epochs with a curve for each engine. */
function engineChart(title, unit, bandOfCurve, options) {
  return chart({
    title, unit, xName: "epoch", ...options,
    curves: finishedCurves.map(curve => engineCurve(curve.backend, bandOfCurve(curve), curve.runs)),
  });
}

function engineCurve(backend, band, runs) {
  return { label: backend, ...engineLooks[backend], ...bandOf(band, runs) };
}

function bandOf(band, runs) {
  return { values: band.mean, ...(runs > 1 ? { lowest: band.lowest, highest: band.highest } : {}) };
}

/** All pairs in one chart: they share the margin, and with it the scale. */
function differenceCharts(pairs) {
  if (pairs.length === 0) {
    return [];
  }
  const { margin, first, second } = pairs[0].difference;
  return [chart({
    title: severalPairs ? "Validation loss of each pair, second engine minus first" : `Validation loss of ${second} minus ${first}`,
    wide: true, unit: "nats per image", xName: "epoch", format: value => fixed(value, 3),
    note: `Paired by seed. Between the dashed lines the engines are closer than the margin of ${margin} nats.`,
    curves: pairs.map(({ difference, validation }, index) => ({
      label: severalPairs ? `${difference.second} − ${difference.first}` : "mean difference",
      // The colours of the engines are taken.
      ...look(severalPairs ? data.backends.length + index : 0), ...bandOf(validation, difference.total.count),
    })),
    horizontals: [{ at: margin, label: `+${margin}` }, { at: 0, label: "" }, { at: -margin, label: `−${margin}` }],
  })];
}

function curveTable() {
  const split = validated ? "validation" : "training";
  const epochs = Math.max(...finishedCurves.map(curve => curve[split].loss.mean.length));
  return table(`${capitalized(split)} by epoch and engine, means over the seeds`,
    [{ title: "Epoch", kind: "number" }, ...finishedCurves.flatMap(curve =>
      Object.keys(curve[split]).map(figure => ({ title: `${curve.backend} ${shortTermTitle(figure)}`, unit: "nats per image", kind: "number" })))],
    Array.from({ length: epochs }, (_, index) => [String(index + 1), ...finishedCurves.flatMap(curve =>
      Object.values(curve[split]).map(band => nats(band.mean[index])))]));
}

function showPictures() {
  const shown = data.pictures.filter(engine => engine.pictures.length > 0);
  byId("pictures").hidden = shown.length === 0;
  byId("pictures-lead").textContent =
    "The first finished run of each engine. The same seed gives every engine the same test images and the same latents.";
  const names = [...new Set(shown.flatMap(engine => engine.pictures.map(picture => picture.name)))];
  for (const name of names) {
    const figures = shown.flatMap(engine => engine.pictures.filter(picture => picture.name === name).map(picture =>
      pictureFigure(picture, `${capitalized(name.replaceAll("-", " "))}, ${engine.backend}, seed ${engine.seed}`, picture.caption)));
    // Of three engines and more, pictures of one kind have rows of their own: those of the next kind do not begin in their midst.
    byId("gallery").append(...shown.length > 2 ? [element("div", { class: "gallery narrow" }, ...figures)] : figures);
  }
  byId("gallery").classList.toggle("rows", shown.length > 2);
}

function showSpeed() {
  byId("speed-table").append(table("Speed and memory by engine",
    [{ title: "Engine" }, { title: "Training speed", unit: "images/s", kind: "number" }, { title: "Training epoch", unit: "seconds", kind: "number" },
      { title: "Start-up", unit: "seconds", kind: "number" }, { title: "Peak memory", unit: "MB", kind: "number" }],
    data.engines.map(engine => [
      engineName(engine.backend), fixed(engine.imagesPerSecond, 0), fixed(engine.epochSeconds, 1),
      fixed(engine.startSeconds, 1), megabytes(engine.peakResidentBytes),
    ])));
  const whole = { fromZero: true, format: value => fixed(value, 0) };
  const charts = [
    ["Training speed", "images per second", curve => curve.imagesPerSecond],
    ["Resident memory", "MB", curve => curve.residentMegabytes],
  ].filter(([, , band]) => finishedCurves.some(curve => band(curve).mean.length > 0));
  byId("speed-charts").hidden = charts.length === 0;
  showCharts(byId("speed-charts"), charts.map(([title, unit, band]) => engineChart(title, unit, band, whole)));
}

/** Which dimension does what differs from seed to seed, so that they are lined up by their KL. */
function showLatents() {
  byId("latents").hidden = data.latents.length === 0;
  if (data.latents.length === 0) {
    return;
  }
  byId("active-units").append(table("Active units by engine",
    [{ title: "Engine" }, { title: "Dimensions", kind: "number" }, { title: severalSeeds ? "Active units, seed by seed" : "Active units" },
      { title: "Test images", kind: "number" }],
    data.latents.map(({ backend, dimensions, images, activeUnits }) => [engineName(backend), fixed(dimensions, 0),
      activeUnits.map(({ seed, count }) => (severalSeeds ? `${count} (seed ${seed})` : String(count))).join(", "), fixed(images, 0)])));
  showCharts(byId("latent-charts"), [chart({
    title: "KL to N(0, I) per dimension", unit: "nats, mean over the images", xName: "rank", wide: true, fromZero: true,
    format: value => fixed(value, 3),
    note: `Dimensions of each run from the largest KL to the smallest. ${bandNote()}`,
    curves: data.latents.map(({ backend, activeUnits, kl }) => engineCurve(backend, kl, activeUnits.length)),
  })]);
}

function showParity() {
  byId("parity").hidden = data.parity.length === 0;
  const certificates = data.parity.filter(parity => parity.summary);
  if (severalPairs && certificates.length > 0) {
    byId("certificates").append(parityTable(certificates));
  }
  data.parity.forEach(showCertificate);
}

/** What is judged of each pair; the certificates below have the rest. */
function parityTable(certificates) {
  const aspects = certificates[0].summary.aspects;
  return table("Parity of each pair",
    [{ title: "Engines" }, { title: "Passes" },
      ...aspects.map(({ description }) => ({ title: capitalized(description.split(",")[0]), unit: "share of its tolerance", kind: "number" }))],
    certificates.map(({ first, second, summary }) => [nameOfPair({ first, second }), yesOrNo(summary.passed),
      ...summary.aspects.map(({ judgement, tolerance }) => scientific(shareOf(judgement.judged, tolerance)))]));
}

/** Null, which is how JSON has a number that is not finite, is no share of anything. */
function shareOf(size, tolerance) {
  return size === null ? null : Number(size) / tolerance;
}

function yesOrNo(passed) {
  return passed ? toned("yes", "good") : toned("no", "bad");
}

function showCertificate(parity) {
  const place = element("div", {});
  byId("certificates").append(element("h3", {}, nameOfPair(parity)), place);
  if (!parity.summary) {
    place.append(element("p", { class: "lead" }, `No certificate: ${parity.failure}`));
    return;
  }
  const { aspects, farthestWeight, steps } = parity.summary;
  place.append(table(`Differences of ${parity.second} from ${parity.first}`,
    [{ title: "What is compared" }, { title: "Judged", kind: "number" }, { title: "Tolerance", kind: "number" },
      { title: "Passes" }, { title: "Largest", kind: "number" }, { title: "At step", kind: "number" }, { title: "In" }],
    aspects.map(({ description, everyStep, judgement, tolerance }) => [
      capitalized(description), withRemark(scientific(judgement.judged), everyStep ? "largest" : "median"), scientific(tolerance),
      yesOrNo(judgement.passed),
      scientific(judgement.largest.size), String(judgement.largest.step), code(judgement.largest.tensor),
    ])));
  if (farthestWeight) {
    place.append(element("p", { class: "lead after" },
      `After ${steps} steps with weights of their own, the two trainings lie farthest apart in ${farthestWeight.tensor}: `
      + `${scientific(farthestWeight.size)} of the largest entry of its layer. That is reported, not judged: `
      + "where a gradient is near rounding, the optimizer turns that rounding into whole steps."));
  }
  const charts = element("div", { class: "charts" });
  place.append(charts);
  showCharts(charts, [parityChart(aspects)]);
}

function parityChart(aspects) {
  return chart({
    title: "Largest difference at each step", wide: true, unit: "share of its tolerance", xName: "step",
    format: scientific, logarithmic: true,
    note: "Each point is the tensor that differs most at that step; steps without any difference have none. What is judged by the "
      + "median may be above the line now and then.",
    curves: aspects.map((aspect, index) => ({
      label: aspect.description, ...look(index), values: aspect.perStep.map(size => shareOf(size, aspect.tolerance)),
    })),
    horizontals: [{ at: 1, label: "tolerance" }],
  });
}

function showRuns() {
  byId("run-table").append(table("Runs",
    [{ title: "Engine" }, { title: "Seed", kind: "number" }, { title: "Test total", unit: "nats per image", kind: "number" },
      { title: validated ? "Best epoch" : "Epochs", kind: "number" }, { title: "Peak memory", unit: "MB", kind: "number" }, { title: "Run" }],
    data.runs.map(run => [
      engineName(run.backend), String(run.seed), nats(run.result?.test.total), run.result ? String(run.result.bestEpoch) : NOTHING,
      megabytes(run.provenance?.memory.peak), run.failure ? element("span", { class: "bad-text" }, "failed") : reportLink(run),
    ])));
}

/** Run folders lie beside this page. */
function reportLink(run) {
  const folder = run.folder.split(/[\\/]/).at(-1);
  return element("a", { href: `${encodeURIComponent(folder)}/report.html` }, "report");
}

function showVersions() {
  const engines = data.backends.map(backend => data.runs.filter(run => run.backend === backend && run.provenance).map(run => run.provenance));
  const property = (name, value) => [name, ...engines.map(runs => [...new Set(runs.map(value))].join("; ") || NOTHING)];
  // What an engine reports of a setting is what it goes by; the rest is as the process was told.
  const settingsOf = provenance => ({ ...provenance.settings, ...provenance.engine.details });
  const details = new Set(engines.flat().flatMap(provenance => Object.keys(provenance.engine.details)));
  const settings = new Set([...details, ...engines.flat().flatMap(provenance => Object.keys(provenance.settings))]);
  byId("versions").append(table("Versions and threads by engine",
    [{ title: "Property" }, ...data.backends.map(backend => ({ title: backend }))],
    [
      property("Engine", provenance => `${provenance.engine.name} ${provenance.engine.version}`),
      property("Threads", provenance => provenance.engine.threads),
      property("Processor", provenance => `${provenance.machine.processor}, ${provenance.machine.processors} available`),
      property("Operating system", provenance => provenance.machine.operatingSystem),
      property("Java", provenance => provenance.machine.java),
      property("Program", provenance => provenance.program),
      ...[...settings].map(name => property(name, provenance => settingsOf(provenance)[name] ?? NOTHING)),
    ]));
}

function showConfiguration() {
  const { backend, seed, published, ...rest } = data.config;
  byId("settings").append(configuration(rest));
}
