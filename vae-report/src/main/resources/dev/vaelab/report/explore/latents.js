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

const place = { latents: [], watchers: [] };

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
    showDecoded(await ask("api/decode", { latents }));
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
