"use strict";

// A plane of the latent space with the test images in it, to walk through by hand or by arrow keys.

const LABEL_COLOURS = 10;
const KEY_STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

let plane;
let pointsLayer;
let chosenLabel = null;
let position = [0, 0];

function prepareMap(run) {
  plane = run.map;
  byId("map-section").hidden = plane === null;
  if (plane === null) {
    return;
  }
  byId("map-lead").textContent = `The posterior means of ${fixed(run.mappedImages, 0)} test images`
    + (run.dimensions.length === 2 ? "." : ", in the plane in which they are spread most. Moving in the map sets all dimensions.");
  byId("horizontal").textContent = `${plane.axes[0]} →`;
  byId("vertical").textContent = `${plane.axes[1]} →`;
  prepareTicks();
  prepareLabels();

  const map = byId("map");
  map.addEventListener("pointerdown", event => {
    map.setPointerCapture(event.pointerId);
    goToPointer(event);
  });
  map.addEventListener("pointermove", event => {
    if (map.hasPointerCapture(event.pointerId)) {
      goToPointer(event);
    }
  });
  map.addEventListener("keydown", goByKey);
  watchLatents((latents, mover) => {
    if (mover !== map) {
      position = coordinatesOf(latents);
      showPosition();
    }
  });
  new ResizeObserver(redrawMap).observe(map);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawMap);
}

/** Numbers along both axes, at round distances: the same on both, since the map is as wide as it is high. */
function prepareTicks() {
  const places = tickPlaces(plane.extent);
  const decimals = Math.max(0, -Math.floor(Math.log10(places.step)));
  for (const value of places.values) {
    const share = 100 * (value / plane.extent + 1) / 2;
    const horizontal = element("span", { class: "tick horizontal", "aria-hidden": "true" }, fixed(value, decimals));
    horizontal.style.left = `${share}%`;
    const vertical = element("span", { class: "tick vertical", "aria-hidden": "true" }, fixed(value, decimals));
    vertical.style.bottom = `${share}%`;
    byId("map").append(horizontal, ...value === 0 ? [] : [vertical]);
  }
}

/** Round numbers between the edges, two to four on each side of the middle: 1, 2 or 5 times a power of ten apart. */
function tickPlaces(extent) {
  // At the edges there is no room for a number.
  const outermost = 0.92 * extent;
  const power = 10 ** Math.floor(Math.log10(outermost / 2));
  const step = [5, 2, 1].map(factor => factor * power).find(candidate => candidate <= outermost / 2);
  const most = Math.floor(outermost / step);
  return { step, values: Array.from({ length: 2 * most + 1 }, (_, index) => (index - most) * step) };
}

function prepareLabels() {
  const labels = [...new Set(plane.labels)].sort((one, other) => one - other);
  byId("labels").append(...labels.map(label => {
    const swatch = element("span", { class: `swatch label-${label % LABEL_COLOURS}` });
    const button = element("button", { type: "button", "aria-pressed": "false" }, swatch, shortLabelName(labelNames, label));
    button.addEventListener("click", () => {
      chosenLabel = chosenLabel === label ? null : label;
      for (const other of byId("labels").querySelectorAll("button")) {
        other.setAttribute("aria-pressed", String(other === button && chosenLabel !== null));
      }
      redrawMap();
    });
    return element("li", {}, button);
  }));
}

/** Where latents lie in the plane, seen along the directions that lead out of it. */
function coordinatesOf(latents) {
  return plane.directions.map(direction =>
    direction.reduce((sum, entry, index) => sum + entry * (latents[index] - plane.origin[index]), 0));
}

function latentsAt([x, y]) {
  return plane.origin.map((start, index) => start + x * plane.directions[0][index] + y * plane.directions[1][index]);
}

function goToPointer(event) {
  const box = byId("map").querySelector("canvas").getBoundingClientRect();
  go([2 * (event.clientX - box.left) / box.width - 1, 1 - 2 * (event.clientY - box.top) / box.height]
    .map(share => share * plane.extent));
}

function goByKey(event) {
  const step = KEY_STEPS[event.key];
  if (step === undefined && event.key !== "Home") {
    return;
  }
  event.preventDefault();
  const size = plane.extent / (event.shiftKey ? 10 : 50);
  go(step === undefined ? [0, 0] : position.map((coordinate, axis) => coordinate + size * step[axis]));
}

function go(coordinates) {
  position = coordinates.map(coordinate => Math.min(plane.extent, Math.max(-plane.extent, coordinate)));
  showPosition();
  moveTo(latentsAt(position), "A point of the map.", byId("map"));
}

function showPosition() {
  byId("map-position").textContent = `At ${fixed(position[0], 2)}, ${fixed(position[1], 2)}`;
  drawMap();
}

/** Points are drawn once and copied with every move: there are thousands of them. */
function redrawMap() {
  const canvas = byId("map").querySelector("canvas");
  const size = Math.round(canvas.clientWidth * devicePixelRatio);
  if (size === 0) {
    return;
  }
  canvas.width = size;
  canvas.height = size;
  pointsLayer = new OffscreenCanvas(size, size);
  const context = pointsLayer.getContext("2d");
  drawAxes(context, size);
  const colours = Array.from({ length: LABEL_COLOURS }, (_, label) => colourOf(`--label-${label}`));
  plane.points.forEach((point, index) => {
    const label = plane.labels[index];
    const [x, y] = toPixels(point, size);
    context.globalAlpha = chosenLabel === null ? 0.7 : label === chosenLabel ? 0.95 : 0.1;
    context.fillStyle = colours[label % LABEL_COLOURS];
    context.beginPath();
    context.arc(x, y, 2.1 * devicePixelRatio, 0, 2 * Math.PI);
    context.fill();
  });
  drawMap();
}

function drawAxes(context, size) {
  context.strokeStyle = colourOf("--line");
  context.lineWidth = devicePixelRatio;
  context.beginPath();
  context.moveTo(size / 2, 0);
  context.lineTo(size / 2, size);
  context.moveTo(0, size / 2);
  context.lineTo(size, size / 2);
  const tick = 4 * devicePixelRatio;
  for (const value of tickPlaces(plane.extent).values) {
    const [along] = toPixels([value, 0], size);
    context.moveTo(along, size / 2 - tick);
    context.lineTo(along, size / 2 + tick);
    context.moveTo(size / 2 - tick, along);
    context.lineTo(size / 2 + tick, along);
  }
  context.stroke();
}

function drawMap() {
  if (!pointsLayer) {
    return;
  }
  const canvas = byId("map").querySelector("canvas");
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(pointsLayer, 0, 0);
  const [x, y] = toPixels(position, canvas.width);
  for (const [colour, width] of [["--surface", 6], ["--ink", 2.5]]) {
    context.strokeStyle = colourOf(colour);
    context.lineWidth = width * devicePixelRatio;
    context.beginPath();
    context.arc(x, y, 9 * devicePixelRatio, 0, 2 * Math.PI);
    context.stroke();
  }
}

function toPixels([x, y], size) {
  return [(x / plane.extent + 1) / 2 * size, (1 - y / plane.extent) / 2 * size];
}

function colourOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
