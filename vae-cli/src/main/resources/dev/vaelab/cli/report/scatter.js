// Points of a plane, coloured by label: what is under the pointer, or chosen with the arrow keys, shows its image.

const MARKER = 2.6;
const REACH = 16;
const MARGIN = 34;
const THUMBNAIL_SIDE = 84;
const LABEL_COLOURS = 10;
const scatters = [];

/**
 * A figure with a scatter plot; both axes have one scale, so that distances are true.
 *
 * title, unit, note: texts; points: {x, y, label, image}; thumbnails: null, or {source, width, height,
 * columns} of one picture that holds the images of the points in their order.
 */
function scatter(options) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const tip = element("div", { class: "tip", role: "status" });
  tip.hidden = true;
  const plot = element("div", { class: "plane" }, canvas, tip);
  const legend = element("ul", { class: "legend labels" });
  const figure = element("figure", {
    class: "chart wide scatter", tabindex: "0", role: "group",
    "aria-label": `${options.title}, scatter plot; arrow keys go from point to point, Escape leaves them`,
  },
    element("figcaption", {}, options.title, element("span", { class: "unit" }, ` (${options.unit})`)),
    plot, element("div", { class: "side" }, element("p", { class: "note" }, options.note), legend));
  const labels = [...new Set(options.points.map(point => point.label))].sort((a, b) => a - b);
  const state = { ...options, canvas, tip, labels, hidden: new Set(), chosen: null, sheet: null };
  const draw = () => {
    labels.forEach(label => legend.append(element("li", {}, labelButton(state, label))));
    if (options.thumbnails) {
      state.sheet = new Image();
      state.sheet.src = options.thumbnails.source;
    }
    new ResizeObserver(() => drawScatter(state)).observe(plot);
    drawScatter(state);
    plot.addEventListener("pointermove", event => choose(state, pointAt(state, event.offsetX, event.offsetY)));
    plot.addEventListener("pointerdown", event => choose(state, pointAt(state, event.offsetX, event.offsetY)));
    plot.addEventListener("pointerleave", () => choose(state, null));
    figure.addEventListener("keydown", event => moveChoice(state, event));
    figure.addEventListener("blur", () => choose(state, null));
    scatters.push(state);
  };
  return { figure, draw };
}

/** Colours repeat after ten labels, then with another shape. */
function labelLook(state, label) {
  const index = state.labels.indexOf(label);
  return { colour: `--label-${index % LABEL_COLOURS}`, shape: Math.floor(index / LABEL_COLOURS) % 3 };
}

function labelButton(state, label) {
  const swatch = element("canvas", { width: "24", height: "24", class: "marker", "data-label": String(label), "aria-hidden": "true" });
  const count = state.points.filter(point => point.label === label).length;
  const button = element("button", { type: "button", "aria-pressed": "true" }, swatch, `label ${label}`,
    element("span", { class: "unit" }, fixed(count, 0)));
  button.addEventListener("click", () => {
    const show = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(show));
    state.hidden[show ? "delete" : "add"](label);
    choose(state, null);
    drawScatter(state);
  });
  return button;
}

function drawScatter(state) {
  const { canvas, points } = state;
  const width = canvas.parentElement.clientWidth;
  const height = canvas.parentElement.clientHeight;
  if (Math.min(width, height) <= 2 * MARGIN) {
    return;
  }
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  state.view = viewOf(points, width, height);
  const pen = canvas.getContext("2d");
  pen.scale(devicePixelRatio, devicePixelRatio);
  drawAxes(pen, state, width, height);
  const colours = new Map(state.labels.map(label => [label, colour(labelLook(state, label).colour)]));
  pen.globalAlpha = 0.8;
  for (const point of points.filter(one => !state.hidden.has(one.label))) {
    pen.fillStyle = colours.get(point.label);
    marker(pen, ...placeOf(state, point), MARKER, labelLook(state, point.label).shape);
  }
  pen.globalAlpha = 1;
  state.labels.filter(label => !state.hidden.has(label)).forEach(label => nameLabel(pen, state, label));
  if (state.chosen) {
    ring(pen, ...placeOf(state, state.chosen));
  }
  canvas.closest("figure").querySelectorAll("canvas.marker").forEach(swatch => {
    const ink = swatch.getContext("2d");
    const label = Number(swatch.dataset.label);
    ink.clearRect(0, 0, 24, 24);
    ink.fillStyle = colours.get(label);
    marker(ink, 12, 12, 9, labelLook(state, label).shape);
  });
}

/** One scale for both axes, the points in the middle. */
function viewOf(points, width, height) {
  const [left, right] = extent(points.map(point => point.x));
  const [bottom, top] = extent(points.map(point => point.y));
  const scale = Math.min((width - 2 * MARGIN) / (right - left), (height - 2 * MARGIN) / (top - bottom));
  return { scale, x: width / 2 - scale * (left + right) / 2, y: height / 2 + scale * (bottom + top) / 2 };
}

function extent(values) {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return high > low ? [low, high] : [low - 1, high + 1];
}

/** Where a point is, in pixels of the plot. */
function placeOf({ view }, point) {
  return [view.x + view.scale * point.x, view.y - view.scale * point.y];
}

function drawAxes(pen, state, width, height) {
  const { view } = state;
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].find(one => one * view.scale >= 60) || 1000;
  pen.font = AXIS_FONT;
  pen.fillStyle = colour("--muted");
  pen.lineWidth = 1;
  pen.textAlign = "center";
  for (let tick = Math.ceil(-view.x / view.scale / step); view.x + tick * step * view.scale < width - 8; tick++) {
    const x = Math.round(view.x + tick * step * view.scale) + 0.5;
    line(pen, tick === 0 ? "--muted" : "--line", [x, 0], [x, height - 18]);
    pen.fillText(tickName(tick * step), x, height - 5);
  }
  pen.textAlign = "left";
  for (let tick = Math.ceil((view.y - height + 26) / view.scale / step); view.y - tick * step * view.scale > 8; tick++) {
    const y = Math.round(view.y - tick * step * view.scale) + 0.5;
    line(pen, tick === 0 ? "--muted" : "--line", [0, y], [width, y]);
    pen.fillText(tickName(tick * step), 2, y - 3);
  }
}

function tickName(value) {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

function line(pen, name, from, to) {
  pen.strokeStyle = colour(name);
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
}

function marker(pen, x, y, size, shape) {
  pen.beginPath();
  if (shape === 0) {
    pen.arc(x, y, size, 0, 2 * Math.PI);
  } else if (shape === 1) {
    pen.rect(x - size, y - size, 2 * size, 2 * size);
  } else {
    pen.moveTo(x, y - size * 1.3);
    pen.lineTo(x + size * 1.2, y + size);
    pen.lineTo(x - size * 1.2, y + size);
  }
  pen.fill();
}

function ring(pen, x, y) {
  pen.strokeStyle = colour("--ink");
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(x, y, MARKER + 4, 0, 2 * Math.PI);
  pen.stroke();
}

/** The label in the middle of its points, so that colour is not the only way to tell. */
function nameLabel(pen, state, label) {
  const own = state.points.filter(point => point.label === label);
  const [x, y] = placeOf(state, { x: median(own.map(point => point.x)), y: median(own.map(point => point.y)) });
  pen.font = "700 16px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.strokeStyle = colour("--surface");
  pen.lineWidth = 5;
  pen.lineJoin = "round";
  pen.strokeText(String(label), x, y + 6);
  pen.fillStyle = colour("--ink");
  pen.fillText(String(label), x, y + 6);
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function distance([x, y], [otherX, otherY]) {
  return Math.hypot(x - otherX, y - otherY);
}

function nearest(state, place, candidates) {
  return candidates.reduce((best, point) => {
    const away = distance(place, placeOf(state, point));
    return away < best.away ? { point, away } : best;
  }, { point: null, away: Infinity });
}

function visible(state) {
  return state.points.filter(point => !state.hidden.has(point.label));
}

function pointAt(state, x, y) {
  const found = nearest(state, [x, y], visible(state));
  return found.away <= REACH ? found.point : null;
}

function moveChoice(state, event) {
  const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (event.key === "Escape") {
    choose(state, null);
  }
  if (!direction || event.target !== event.currentTarget) {
    return;
  }
  event.preventDefault();
  const middle = [state.canvas.clientWidth / 2, state.canvas.clientHeight / 2];
  const from = state.chosen ? placeOf(state, state.chosen) : middle;
  const ahead = visible(state).filter(point => {
    const [x, y] = placeOf(state, point);
    const forward = (x - from[0]) * direction[0] + (y - from[1]) * direction[1];
    const aside = Math.abs((x - from[0]) * direction[1]) + Math.abs((y - from[1]) * direction[0]);
    return !state.chosen || (forward > 0 && aside <= forward);
  });
  choose(state, nearest(state, from, ahead).point || state.chosen);
}

function choose(state, point) {
  if (point === state.chosen) {
    return;
  }
  state.chosen = point;
  drawScatter(state);
  state.tip.hidden = point === null;
  if (point !== null) {
    showTip(state, point);
  }
}

function showTip(state, point) {
  const place = [point.x, point.y].map(value => fixed(value, 2)).join(", ");
  state.tip.replaceChildren(...[
    thumbnail(state, point),
    element("div", {},
      element("strong", {}, `label ${point.label}`),
      element("span", {}, `test image ${fixed(point.image, 0)}`),
      element("span", {}, `at ${place}`)),
  ].filter(part => part !== null));
  const [x, y] = placeOf(state, point);
  const roomX = state.canvas.clientWidth - state.tip.offsetWidth - 4;
  const below = y + 14 + state.tip.offsetHeight <= state.canvas.clientHeight;
  state.tip.style.left = `${Math.max(4, Math.min(roomX, x + 14))}px`;
  state.tip.style.top = `${below ? y + 14 : Math.max(4, y - 14 - state.tip.offsetHeight)}px`;
}

function thumbnail(state, point) {
  if (!state.sheet || !state.sheet.complete) {
    return null;
  }
  const { width, height, columns } = state.thumbnails;
  const index = state.points.indexOf(point);
  const scale = THUMBNAIL_SIDE / Math.max(width, height);
  const canvas = element("canvas", { width: String(Math.round(width * scale)), height: String(Math.round(height * scale)) });
  const pen = canvas.getContext("2d");
  pen.imageSmoothingEnabled = false;
  pen.drawImage(state.sheet, index % columns * width, Math.floor(index / columns) * height, width, height,
    0, 0, canvas.width, canvas.height);
  return canvas;
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => scatters.forEach(drawScatter));
