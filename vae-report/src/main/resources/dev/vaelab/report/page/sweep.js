// The report of one experiment with different settings.

const data = JSON.parse(byId("data").textContent);
const runs = data.groups.flatMap(group => group.runs);
const severalGroups = data.groups.length > 1;
const byLoss = data.metric === "loss";

showTitle();
showBest();
showFailures();
showRuns();
showCurves();
showPictures();
showConfiguration();
listSections();

function showTitle() {
  const count = status => runs.filter(run => run.status === status).length;
  const failed = count("failed");
  const stopped = count("stopped");
  const open = count("unfinished");
  document.title = `${data.name}: sweep`;
  byId("name").textContent = data.name;
  byId("subtitle").textContent = `${data.keys.join(", ") || "one setting"}; ${count("finished")} of ${runs.length} runs finished`
    + (stopped ? `, ${stopped} stopped at a rung` : "") + (failed ? `, ${failed} failed` : "") + (open ? `, ${open} still to do` : "");
}

/** What tells a run from others: its values of the sweep's keys, or of some of them. */
function settingsText(run, keys = data.keys) {
  return keys.filter(key => key in run.settings).map(key => `${key} = ${settingText(run.settings[key])}`).join(", ") || run.name;
}

/** A key that may go on in a new line after each dot. */
function breakable(key) {
  return key.replaceAll(".", ".\u200b");
}

function settingText(value) {
  return value === undefined ? NOTHING : Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}

function showBest() {
  const best = data.groups.flatMap(group => group.runs.filter(run => run.best));
  byId("best").hidden = best.length === 0;
  byId("best-lead").textContent = severalGroups
    ? `The lowest validation ${data.metric} of each objective. Figures of different objectives measure different things and cannot be ranked.`
    : `The lowest validation ${data.metric}.`;
  best.forEach(run => byId("best-runs").append(
    element("h3", {}, severalGroups ? `${settingsText(run)} (${run.objective})` : settingsText(run)),
    element("dl", { class: "tiles" },
      ...(byLoss ? [] : [tile(`Validation ${data.metric}`, nats(run.score), "nats per image")]),
      tile("Validation loss", nats(run.result.bestValidationLoss), `nats per image, epoch ${run.result.bestEpoch} of ${run.result.epochs}`),
      tile("Test total", nats(run.result.test.total), "nats per image"),
      tile("Test reconstruction", nats(run.result.test.reconstruction), "nats per image"),
      tile("Test KL", nats(run.result.test.kl), "nats per image"),
      ...addedTerms(run.result.test).map(term => tile(`Test ${term}`, nats(run.result.test[term]), "nats per image")))));
}

function showFailures() {
  const failed = runs.filter(run => run.status === "failed");
  byId("failures").hidden = failed.length === 0;
  failed.forEach(run => byId("failed-runs").append(element("h3", {}, settingsText(run)), element("p", {}, capitalized(run.failure))));
}

function showRuns() {
  byId("runs-lead").textContent = "The best first. " + stoppingText() + "Validation loss is that of the best epoch; total, reconstruction and KL are those of its weights on the test images. "
    + (runs.some(run => run.result && !isRanked(run)) ? "Runs without validation images are not ranked. " : "")
    + "A dimension of the latent space is active if the variance of its posterior mean over the test images is above 0.01 (Burda, Grosse and Salakhutdinov, 2016).";
  data.groups.forEach(group => byId("run-tables").append(
    ...(severalGroups ? [element("h3", {}, group.objective)] : []), runTable(group)));
}

function stoppingText() {
  if (!data.stopping) {
    return "";
  }
  const rule = { asha: "asynchronous successive halving (Li et al., 2020)", halving: "successive halving (Jamieson and Talwalkar, 2016)" }[data.stopping];
  return `After epoch ${data.rungs.slice(0, -1).join(", ")} runs were compared by their best validation ${data.metric} so far, and only the best went on: ${rule}. `;
}

/** Without validation images no run is better than another. */
function isRanked(run) {
  return (byLoss ? run.result?.bestValidationLoss : run.score) !== undefined;
}

function runTable({ objective, runs: ranked, curves }) {
  const figure = title => ({ title, unit: "nats per image", kind: "number" });
  const added = [...new Set(ranked.flatMap(run => run.result ? addedTerms(run.result.test) : []))];
  return table(severalGroups ? `Runs, ${objective}` : "Runs",
    [
      { title: "Rank", kind: "number" }, ...data.keys.map(key => ({ title: breakable(key) })),
      ...(data.stopping ? [{ title: "Rung", kind: "number" }, { title: "Epochs", kind: "number" }] : []),
      ...(byLoss ? [] : [figure(`Validation ${data.metric}`)]), figure("Validation loss"), figure("Test total"),
      figure("Reconstruction"), figure("KL"), ...added.map(figure), { title: "Active units", kind: "number" }, { title: "Speed", unit: "images/s", kind: "number" },
      { title: "Threads", kind: "number" }, { title: "Run" },
    ],
    ranked.map((run, index) => Object.assign([
      isRanked(run) ? `${run.best ? "★ " : ""}${index + 1}` : NOTHING, ...data.keys.map(key => settingText(run.settings[key])),
      ...(data.stopping ? [`${run.rungs?.scores.length ?? 0} of ${data.rungs.length}`, String(run.result?.epochs ?? run.rungs?.epochs ?? 0)] : []),
      ...(byLoss ? [] : [nats(scoreOf(run))]), nats(run.result?.bestValidationLoss ?? (byLoss ? scoreOf(run) : undefined)), nats(run.result?.test.total), nats(run.result?.test.reconstruction),
      nats(run.result?.test.kl), ...added.map(term => nats(run.result?.test[term])), fixed(curves.find(curve => curve.run === run.name)?.activeUnits, 0), fixed(run.imagesPerSecond, 0), run.threads === undefined ? NOTHING : String(run.threads),
      runLink(run),
    ], run.best ? { kind: "best" } : {})));
}

/** The figure by which a run is ranked or, where it was stopped, was compared last. */
function scoreOf(run) {
  return run.score ?? run.rungs?.scores.at(-1);
}

/** Run folders lie beside this page. */
function runLink(run) {
  return {
    finished: () => element("a", { href: `${encodeURIComponent(run.name)}/report.html` }, "report"),
    failed: () => element("span", { class: "bad-text" }, "failed"),
    stopped: () => `stopped at rung ${run.rungs?.scores.length}`,
    unfinished: () => "not finished",
  }[run.status]();
}

function showCurves() {
  const groups = data.groups.filter(group => group.curves.some(curve => curve.training.loss.length > 0));
  byId("curves").hidden = groups.length === 0;
  groups.forEach(group => {
    const charts = element("div", { class: "charts" });
    byId("curve-charts").append(...(severalGroups ? [element("h3", {}, group.objective)] : []), charts);
    showCharts(charts, ["validation", "training"].flatMap(split => [
      ...Object.keys(Object.assign({}, ...group.curves.map(curve => curve[split]))).map(figure =>
        curveChart(`${capitalized(split)} ${innerTermTitle(figure)}`, figure === "loss", group, curve => curve[split][figure])),
    ]));
  });
}

/** Runs without validation images have no curve of them. */
function curveChart(title, wide, { runs: ranked, curves: all }, valuesOf) {
  const curves = all.filter(valuesOf);
  const trained = ranked.filter(run => run.result || run.status === "stopped").length;
  const differing = data.keys.filter(key => new Set(ranked.map(run => settingText(run.settings[key]))).size > 1);
  return chart({
    title, wide, unit: "nats per image", xName: "epoch", format: nats,
    note: curves.length < trained ? `The best ${curves.length} of ${trained} runs.` : null,
    curves: curves.map((curve, index) => ({
      label: settingsText(ranked.find(run => run.name === curve.run), differing), ...look(index), values: valuesOf(curve),
    })),
  });
}

function showPictures() {
  const shown = data.groups.filter(group => group.pictures.length > 0);
  byId("pictures").hidden = shown.length === 0;
  shown.forEach(group => group.pictures.forEach(picture => byId("gallery").append(pictureFigure(
    picture, `${capitalized(picture.name.replaceAll("-", " "))}${severalGroups ? `, ${group.objective}` : ""}`, picture.caption))));
}

function showConfiguration() {
  const { published, ...config } = data.config;
  const common = leaves(config).filter(([key]) => !data.keys.includes(key));
  byId("settings").append(settingsTable(common));
}
