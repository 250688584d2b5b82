// The report of one run.

const data = JSON.parse(byId("data").textContent);
const epochs = data.epochs;
// The processes that trained the run, the first one first.
const legs = [...(data.provenance.earlier ?? []), data.provenance];
// Without validation images the last epoch is the result, and none is better than another.
const validated = epochs.every(epoch => epoch.validation);
const best = validated ? epochs.filter(epoch => epoch.best).at(-1) : undefined;
const TRAINING = { label: "training", ...look(1) };
const VALIDATION = { label: "validation", ...look(0) };

showTitle();
showResult();
showEstimates([{
  name: data.config.name, likelihoods: data.likelihoods, decompositions: data.decompositions, probes: data.probes,
  fidelities: data.fidelities, qualities: data.qualities, separations: data.separations
}], "Experiment");
showLoss();
showPictures();
showProgress();
showLatent();
showSpeed();
showProvenance();
const { published, ...settings } = data.config;
byId("settings").append(configuration(settings));
listSections();

function showTitle() {
  document.title = `${data.config.name} on ${data.config.backend}: run report`;
  byId("name").textContent = data.config.name;
  const engines = [...new Set(legs.map(({ backend, engine }) => `${backend} (${engine.name} ${engine.version})`))];
  byId("subtitle").textContent = `${engines.length > 1 ? "Engines" : "Engine"} ${engines.join(", then ")}, `
    + `seed ${data.config.seed}, started ${minute(legs[0].started)} UTC`
    + (legs.length > 1 ? `, resumed ${legs.length === 2 ? "once" : `${legs.length - 1} times`}` : "");
}

/** A time without seconds. */
function minute(time) {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

function showResult() {
  const planned = data.config.training.epochs;
  if (data.result) {
    const weights = validated ? "The weights with the lowest validation loss" : "The weights of the last epoch, as there are no validation images";
    byId("status").textContent = `${weights}, on the test images. Figures are means in nats per image.`;
    byId("figures").append(
      tile("Test total", nats(data.result.test.total), "nats per image"),
      tile("Reconstruction", nats(data.result.test.reconstruction), "nats per image"),
      tile("KL divergence", nats(data.result.test.kl), "nats per image"),
      ...addedTerms(data.result.test).map(term => tile(termTitle(term), nats(data.result.test[term]), "nats per image")),
      validated
        ? tile("Best epoch", String(data.result.bestEpoch), `of ${planned}, validation loss ${nats(data.result.bestValidationLoss)}`)
        : tile("Epochs", String(data.result.epochs), `of ${planned}`));
    return;
  }
  byId("status").textContent = `Not finished: ${epochs.length} of ${planned} epochs are done.`;
  if (epochs.length > 0) {
    const shown = best ? best.validation : epochs.at(-1).training;
    byId("figures").append(
      tile(best ? "Validation total" : "Training total", nats(shown.total), "nats per image"),
      tile("Reconstruction", nats(shown.reconstruction), "nats per image"),
      tile("KL divergence", nats(shown.kl), "nats per image"),
      ...addedTerms(shown).map(term => tile(termTitle(term), nats(shown[term]), "nats per image")),
      ...best ? [tile("Best epoch", String(best.epoch), `of ${epochs.length} so far`)] : []);
  }
}

function showLoss() {
  if (epochs.length === 0) {
    byId("loss").hidden = true;
    return;
  }
  byId("loss-lead").textContent = "Mean over the images of an epoch, in nats per image; lower is better. "
    + `${validated ? "Validation is measured after the epoch, training" : "Training is measured"} while the weights still change.`;
  showCharts(byId("loss-charts"), [
    lossChart(`Loss: ${lossFormula(data.config.loss)}`, true, epoch => epoch.training.loss, epoch => epoch.validationLoss),
    ...terms().map(term => lossChart(termTitle(term), false, epoch => epoch.training[term], epoch => epoch.validation?.[term])),
  ]);
  byId("epochs").append(epochTable());
}

function lossChart(title, wide, training, validation) {
  return chart({
    title, wide, unit: "nats per image", xName: "epoch", format: nats,
    curves: [...validated ? [{ ...VALIDATION, values: epochs.map(validation) }] : [], { ...TRAINING, values: epochs.map(training) }],
    verticals: best ? [{ at: best.epoch, label: `best epoch ${best.epoch}` }] : [],
  });
}

function terms() {
  return ["reconstruction", "kl", ...addedTerms(epochs[0].training)];
}

function epochTable() {
  const columns = [...terms(), "total"];
  const figure = title => ({ title, unit: "nats per image", kind: "number" });
  const rows = epochs.map(epoch => {
    const cells = [
      String(epoch.epoch),
      ...columns.map(column => nats(epoch.training[column])),
      ...validated ? columns.map(column => nats(epoch.validation[column])) : [],
      fixed(epoch.trainingSeconds, 1), fixed(epoch.imagesPerSecond, 0), megabytes(epoch.residentBytes),
    ];
    return best && epoch.epoch === best.epoch ? Object.assign(cells, { kind: "best" }) : cells;
  });
  return table("Every epoch", [
    { title: "Epoch", kind: "number" },
    ...(validated ? ["Training", "Validation"] : ["Training"]).flatMap(split => columns.map(column => figure(`${split} ${shortTermTitle(column)}`))),
    { title: "Training", unit: "seconds", kind: "number" }, { title: "Speed", unit: "images/s", kind: "number" },
    { title: "Memory", unit: "MB", kind: "number" },
  ], rows);
}

function showPictures() {
  byId("pictures").hidden = data.pictures.length === 0;
  byId("gallery").append(...data.pictures.map(picture =>
    pictureFigure(picture, capitalized(picture.name.replaceAll("-", " ")), picture.caption)));
}

/** Some of the epochs, if there are many. */
function showProgress() {
  byId("progress").hidden = data.samples.length === 0;
  byId("progress-lead").textContent = "The images of the same latents, drawn from the prior once: what a latent stands for comes "
    + "about while the model learns. They are the first of the samples above, which are those of the "
    + (validated ? "best epoch." : "last epoch.");
  byId("strip").append(...data.samples.map(({ epoch, source }) => element("figure", {},
    element("img", { src: source, alt: `Samples after epoch ${epoch}` }),
    element("figcaption", {}, `epoch ${epoch}${best && best.epoch === epoch ? ", best" : ""}`))));
}

function showLatent() {
  byId("latent").hidden = !data.latent && !data.map;
  byId("map").hidden = !data.map;
  byId("usage").hidden = !data.latent;
  if (data.map) {
    showCharts(byId("map"), [latentMap(data.map)]);
  }
  if (data.latent) {
    showUsage();
  }
}

function latentMap({ points: map, thumbnails }) {
  const shown = map.points.length === map.testImages
    ? `All ${fixed(map.testImages, 0)} test images.`
    : `${fixed(map.points.length, 0)} of ${fixed(map.testImages, 0)} test images, chosen at random.`;
  const standing = data.classNames.length > 0
    ? "Names stand in the middle of the images of their class."
    : "Numbers stand in the middle of their label’s images.";
  const share = map.explained?.map(one => fixed(100 * one, 0));
  return scatter({
    title: "Map of the test images",
    unit: map.explained ? "first two principal components of the posterior means" : "posterior means",
    note: map.explained
      ? `${shown} The axes hold ${share[0]} % and ${share[1]} % of the variance of the means: images that lie apart here lie `
        + `apart in the latent space, others may do so too. ${standing}`
      : `${shown} ${standing}`,
    axes: map.explained
      ? share.map((one, index) => `principal component ${index + 1}, ${one} % of the variance`)
      : ["dimension 1", "dimension 2"],
    points: map.points, names: data.classNames,
    thumbnails: thumbnails ? { source: thumbnails, ...map.thumbnails } : null,
  });
}

function showUsage() {
  const { activeUnits, dimensions, images } = data.latent;
  byId("active-units").append(element("strong", {}, `${activeUnits} of ${dimensions.length} dimensions are active`),
    ` over ${fixed(images, 0)} test images.`);
  showCharts(byId("latent-charts"), [
    perDimension("KL to N(0, I) per dimension", "nats, mean over the images", dimension => dimension.kl),
    perDimension("Variance of the posterior means", "over the images", dimension => dimension.varianceOfMeans),
  ]);
  byId("dimensions").append(table("Every dimension",
    [{ title: "Dimension", kind: "number" }, { title: "KL", unit: "nats", kind: "number" },
      { title: "Variance of the means", kind: "number" }, { title: "Active" }],
    dimensions.map((dimension, index) => [String(index + 1), fixed(dimension.kl, 4),
      scientific(dimension.varianceOfMeans), dimension.active ? "yes" : "no"])));
}

function perDimension(title, unit, figure) {
  return chart({
    title, unit, xName: "dimension", format: value => fixed(value, 3), fromZero: true, bars: true,
    curves: [{ label: title, ...look(0), values: data.latent.dimensions.map(figure) }],
  });
}

function showSpeed() {
  if (epochs.length === 0) {
    byId("speed").hidden = true;
    return;
  }
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.trainingSeconds + epoch.validationSeconds, 0);
  byId("speed-figures").append(
    tile(validated ? "Training and validation" : "Training", fixed(seconds, 1), "seconds"),
    tile("Start to first step", fixed(legs[0].secondsToFirstStep, 1), "seconds"),
    tile("Peak memory", megabytes(largest(legs.map(leg => leg.memory.peak))), "MB"));
  const charts = [perEpoch("Training speed", "images per second", epoch => epoch.imagesPerSecond)];
  if (epochs.some(epoch => epoch.residentBytes !== null)) {
    charts.push(perEpoch("Resident memory", "MB", epoch => (epoch.residentBytes === null ? null : epoch.residentBytes / 1e6)));
  }
  showCharts(byId("speed-charts"), charts);
}

function perEpoch(title, unit, figure) {
  return chart({
    title, unit, xName: "epoch", format: value => fixed(value, 0), fromZero: true,
    curves: [{ label: title, ...look(0), values: epochs.map(figure) }],
  });
}

/** The largest of some numbers, of which some may be missing; null if all are. */
function largest(values) {
  return values.reduce((most, value) => (value ?? -Infinity) > (most ?? -Infinity) ? value : most, null);
}

/** Of a run that was resumed: who trained which epochs, and then of each process what there is to tell. */
function showProvenance() {
  if (legs.length > 1) {
    byId("legs").append(
      element("p", { class: "lead" }, `${legs.length} processes trained this run, one after the other.`),
      table("Who trained what",
        [{ title: "Began (UTC)" }, { title: "Engine" }, { title: "Trained" }, { title: "Threads", kind: "number" },
          { title: "Processor" }, { title: "Program" }],
        legs.map(({ started, backend, engine, machine, program }, index) => [minute(started),
          `${backend} (${engine.name} ${engine.version})`, data.trained[index], String(engine.threads), machine.processor, program])));
  }
  byId("origins").append(...origins(data.provenance));
  byId("earlier").append(...legs.slice(0, -1).map((leg, index) => element("details", {},
    element("summary", {}, `The process that trained ${data.trained[index]}`),
    element("div", { class: "columns" }, ...origins(leg)))));
  if (legs.length > 1) {
    byId("legs").append(element("p", { class: "lead after" }, "The latest process:"));
  }
}

function origins(leg) {
  const { engine, machine, memory } = leg;
  // What the engine says of a setting is what it goes by, and stands there.
  const otherSettings = Object.entries(leg.settings).filter(([name, value]) => engine.details[name] !== value);
  return [
    pairs("Engine", [
      ["Backend", leg.backend], ["Engine", engine.name], ["Version", engine.version],
      ["Threads of an operation", engine.threads], ...Object.entries(engine.details),
    ]),
    pairs("Machine", [
      ["Processor", machine.processor], ["Processors", machine.processors],
      ["Operating system", machine.operatingSystem], ["Java", machine.java],
      ["Memory after epoch 2", withUnit(memory.afterSecondEpoch)],
      ["Memory after the last epoch", withUnit(memory.afterLastEpoch)], ["Peak memory", withUnit(memory.peak)],
    ]),
    pairs("Data", [
      ["Data set", leg.dataset],
      ...Object.entries(leg.dataChecksums).map(([file, checksum]) => [`SHA-256 of ${file}`, code(checksum)]),
    ]),
    pairs("Program", [
      ["Version", leg.program], ["Seed", leg.seed], ["Started", leg.started],
      ...otherSettings.map(([name, value]) => [code(name), code(value)]),
    ]),
  ];
}

function withUnit(bytes) {
  return bytes === null || bytes === undefined ? null : `${megabytes(bytes)} MB`;
}
