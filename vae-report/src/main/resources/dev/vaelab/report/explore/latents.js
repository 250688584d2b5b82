"use strict";

// Where in the latent space the page is, and how the program is asked what lies there.

/** Asks the program; an Error holds a sentence for a person. */
async function ask(path, body) {
  const order = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let response;
  let answer;
  try {
    response = await fetch(path, body === undefined ? {} : order);
    answer = await response.json();
  } catch {
    throw new Error("The program does not answer. Is vae explore still running?");
  }
  if (!response.ok) {
    throw new Error(answer.error);
  }
  return answer;
}

/**
 * Makes a function that does work for the newest of the values it is called with: while one is in work, all that come but
 * the last are dropped. So whatever follows a dragging hand never lags behind it by more than one answer.
 */
function latestWins(work) {
  let working = false;
  let waiting = [];
  return async value => {
    waiting = [value];
    if (working) {
      return;
    }
    working = true;
    while (waiting.length > 0) {
      await work(waiting.pop());
    }
    working = false;
  };
}

let labelNames = [];

function prepareLabelNames(run) {
  labelNames = run.classNames;
}

/** The label is null if the model knows none. */
const place = { latents: [], label: null, watchers: [] };

/** Lets a person choose the label with which a conditional model decodes. */
function prepareLabelChoice(run) {
  byId("label-choice").hidden = run.labels === 0;
  if (run.labels === 0) {
    return;
  }
  const choice = byId("label");
  choice.append(...Array.from({ length: run.labels }, (_, label) =>
    element("option", { value: label }, shortLabelName(labelNames, label))));
  choice.addEventListener("change", () => {
    chooseLabel(Number(choice.value));
    byId("decoded").setAttribute("aria-busy", "true");
    // A copy: what is decoded now is another image than before.
    place.latents = [...place.latents];
    decode(place.latents);
  });
  chooseLabel(0);
}

/** Decodes with this label from the next move on; without effect if the model knows none. */
function chooseLabel(label) {
  if (!byId("label-choice").hidden) {
    place.label = label;
    byId("label").value = String(label);
  }
}

/** Tells a function of every move: it is given the latents, and who moved. */
function watchLatents(watcher) {
  place.watchers.push(watcher);
}

/** Goes to a place; the source says in words how we got there, the mover is who need not be told. */
function moveTo(latents, source, mover) {
  place.latents = latents;
  byId("source").textContent = source;
  byId("decoded").setAttribute("aria-busy", "true");
  place.watchers.forEach(watcher => watcher(latents, mover));
  decode(latents);
}

const decode = latestWins(async latents => {
  const asked = performance.now();
  try {
    showDecoded(await ask("api/decode", place.label === null ? { latents } : { latents, label: place.label }));
    byId("latency").textContent = `Decoded in ${fixed(performance.now() - asked, 0)} ms, there and back`;
    showFailure(null);
  } catch (failure) {
    showFailure(failure);
  }
  if (latents === place.latents) {
    byId("decoded").setAttribute("aria-busy", "false");
  }
});

function showFailure(failure) {
  byId("failure").hidden = failure === null;
  byId("failure").textContent = failure === null ? "" : failure.message;
}
