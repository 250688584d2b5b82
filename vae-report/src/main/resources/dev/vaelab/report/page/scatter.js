// Points of a plane, drawn by uPlot and coloured by label: what is under the pointer, or chosen with the arrow keys, shows
// its image.

const MARKER = 2.6;
const REACH = 16;
const MARGIN = 20;
const THUMBNAIL_SIDE = 84;
const LABEL_COLOURS = 10;
const LABEL_FONT = "700 16px system-ui, sans-serif";
/** What two names need beside each other and in height, for both to be read. */
const LABEL_GAP = 5;
const LABEL_HEIGHT = 17;
/** Signs of a name in the plot; the legend has all of it. */
const LABEL_LENGTH = 16;
/** What the axes take of the height and of the width, with their names and numbers. */
const HORIZONTAL_AXIS = { size: 26, labelSize: 18 };
const VERTICAL_AXIS = { size: 40, labelSize: 20 };
const scatters = [];

/**
 * A figure with a scatter plot; both axes have one scale, so that distances are true.
 *
 * title, unit, note: texts; axes: the names of the horizontal and the vertical one; points: {x, y, label, image}; thumbnails:
 * null, or {source, width, height, columns} of one picture that holds the images of the points in their order; names: what
 * the labels stand for, the name of label 0 first, as far as it is known.
 */
function scatter(options) {
  const tip = element("div", { class: "tip", role: "status" });
  tip.hidden = true;
  const plane = element("div", { class: "plane" }, tip);
  const legend = element("ul", { class: "legend labels" });
  const figure = element("figure", {
    class: "chart wide scatter", tabindex: "0", role: "group",
    "aria-label": `${options.title}, scatter plot; arrow keys go from point to point, Escape leaves them`,
  },
    element("figcaption", {}, options.title, element("span", { class: "unit" }, ` (${options.unit})`)),
    plane, element("div", { class: "side" }, element("p", { class: "note" }, options.note), legend));
  const labels = [...new Set(options.points.map(point => point.label))].sort((a, b) => a - b);
  const state = { ...options, plane, tip, labels, hidden: new Set(), chosen: null, sheet: null, plot: null };
  // A chart can be measured only once it stands in the page.
  const draw = () => {
    state.plot = new uPlot(scatterOptions(state), scatterData(state), plane);
    new ResizeObserver(() => fit(state)).observe(plane);
    legend.append(...labels.map((label, index) => element("li", {}, labelButton(state, label, index + 1))));
    if (options.thumbnails) {
      state.sheet = new Image();
      state.sheet.src = options.thumbnails.source;
    }
    for (const type of ["pointermove", "pointerdown"]) {
      plane.addEventListener(type, event => choose(state, pointUnder(state, event)));
    }
    plane.addEventListener("pointerleave", () => choose(state, null));
    figure.addEventListener("keydown", event => moveChoice(state, event));
    figure.addEventListener("blur", () => choose(state, null));
    scatters.push(state);
  };
  return { figure, draw };
}

/** A curve for each label, which has gaps where the points of others are. */
function scatterData({ points, labels }) {
  const ordered = [...points].sort((a, b) => a.x - b.x);
  return [ordered.map(point => point.x),
    ...labels.map(label => ordered.map(point => (point.label === label ? point.y : null)))];
}

function scatterOptions(state) {
  const axis = {
    stroke: () => colour("--muted"), font: AXIS_FONT, labelFont: AXIS_FONT, labelGap: 0,
    grid: { stroke: () => colour("--line"), width: 1 }, ticks: { show: false }, space: 60,
    values: (_, ticks) => ticks.map(tickName),
  };
  return {
    ...sizeOf(state), padding: [8, 8, 0, 0], legend: { show: false }, cursor: { show: false },
    scales: {
      x: { time: false, range: () => extents(state).x },
      y: { range: () => extents(state).y },
    },
    axes: [
      { ...axis, ...HORIZONTAL_AXIS, label: state.axes[0] },
      { ...axis, ...VERTICAL_AXIS, label: state.axes[1] },
    ],
    series: [{}, ...state.labels.map((_, index) => ({
      fill: () => `${colour(labelColour(index))}cc`, width: 0, points: { show: false },
      paths: (plot, series) => ({ fill: markers(plot, series, labelShape(index)), stroke: null, clip: null, band: null, gaps: null, flags: 0 }),
    }))],
    hooks: { drawAxes: [drawOrigin], draw: [() => drawOverPoints(state)] },
  };
}

function sizeOf({ plane }) {
  return { width: plane.clientWidth, height: plane.clientHeight };
}

/** The plot again, as large as its place is now. */
function fit(state) {
  const { plot } = state;
  plot.batch(() => {
    plot.setSize(sizeOf(state));
    Object.entries(extents(state)).forEach(([axis, [min, max]]) => plot.setScale(axis, { min, max }));
  });
}

/** What the axes reach over: one scale for both, the points in the middle. */
function extents(state) {
  const size = sizeOf(state);
  const width = Math.max(1, size.width - VERTICAL_AXIS.size - VERTICAL_AXIS.labelSize - 8);
  const height = Math.max(1, size.height - HORIZONTAL_AXIS.size - HORIZONTAL_AXIS.labelSize - 8);
  const [left, right] = extent(state.points.map(point => point.x));
  const [bottom, top] = extent(state.points.map(point => point.y));
  const unit = Math.max((right - left) / Math.max(1, width - 2 * MARGIN), (top - bottom) / Math.max(1, height - 2 * MARGIN));
  const around = (middle, length) => [middle - unit * length / 2, middle + unit * length / 2];
  return { x: around((left + right) / 2, width), y: around((bottom + top) / 2, height) };
}

function extent(values) {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return high > low ? [low, high] : [low - 1, high + 1];
}

/** Colours repeat after ten labels, then with another shape. */
function labelColour(index) {
  return `--label-${index % LABEL_COLOURS}`;
}

function labelShape(index) {
  return Math.floor(index / LABEL_COLOURS) % 3;
}

/** The points of a label, in pixels of the screen. */
function markers(plot, series, shape) {
  const path = new Path2D();
  const [xs] = plot.data;
  plot.data[series].forEach((y, index) => {
    if (y !== null) {
      addMarker(path, plot.valToPos(xs[index], "x", true), plot.valToPos(y, "y", true), MARKER * devicePixelRatio, shape);
    }
  });
  return path;
}

function addMarker(path, x, y, size, shape) {
  if (shape === 0) {
    path.moveTo(x + size, y);
    path.arc(x, y, size, 0, 2 * Math.PI);
  } else if (shape === 1) {
    path.rect(x - size, y - size, 2 * size, 2 * size);
  } else {
    path.moveTo(x, y - size * 1.3);
    path.lineTo(x + size * 1.2, y + size);
    path.lineTo(x - size * 1.2, y + size);
    path.closePath();
  }
}

function labelButton(state, label, series) {
  const count = state.points.filter(point => point.label === label).length;
  const button = element("button", { type: "button", "aria-pressed": "true" }, swatch(series - 1), labelName(state.names, label),
    element("span", { class: "unit" }, fixed(count, 0)));
  button.addEventListener("click", () => {
    const show = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(show));
    state.hidden[show ? "delete" : "add"](label);
    choose(state, null);
    state.plot.setSeries(series, { show });
  });
  return button;
}

/** A marker beside the name of its label. */
function swatch(index) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  Object.entries({ width: "12", height: "12", viewBox: "-6 -6 12 12", "aria-hidden": "true" })
    .forEach(([name, value]) => svg.setAttribute(name, value));
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", ["M4.5 0A4.5 4.5 0 1 1 -4.5 0A4.5 4.5 0 1 1 4.5 0", "M-4-4h8v8h-8z", "M0-5l5 9h-10z"][labelShape(index)]);
  shape.style.fill = `var(${labelColour(index)})`;
  svg.append(shape);
  return svg;
}

function tickName(value) {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

/** Lines through 0, which stands for the prior's mean or for that of all images. */
function drawOrigin(plot) {
  const { left, top, width, height } = plot.bbox;
  const x = plot.valToPos(0, "x", true);
  const y = plot.valToPos(0, "y", true);
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = colour("--muted");
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  if (x >= left && x <= left + width) {
    ctx.moveTo(x, top);
    ctx.lineTo(x, top + height);
  }
  if (y >= top && y <= top + height) {
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
  }
  ctx.stroke();
  ctx.restore();
}

/** The names of the labels, and a ring around the chosen point. */
function drawOverPoints(state) {
  const { ctx } = state.plot;
  ctx.save();
  ctx.scale(devicePixelRatio, devicePixelRatio);
  namePlaces(state).forEach(({ name, place: [x, y] }) => writeName(ctx, name, x, y));
  if (state.chosen) {
    ring(ctx, ...placeOf(state, state.chosen));
  }
  ctx.restore();
}

/** Where a point is, in pixels of the plane. */
function placeOf({ plot }, point) {
  return [plot.over.offsetLeft + plot.valToPos(point.x, "x"), plot.over.offsetTop + plot.valToPos(point.y, "y")];
}

function ring(pen, x, y) {
  pen.strokeStyle = colour("--ink");
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(x, y, MARKER + 4, 0, 2 * Math.PI);
  pen.stroke();
}

/** Where the name of each label stands: in the middle of its points, so that colour is not the only way to tell, but on no other name. */
function namePlaces(state) {
  const { ctx } = state.plot;
  ctx.font = LABEL_FONT;
  const names = state.labels.filter(label => !state.hidden.has(label)).map(label => {
    const own = state.points.filter(point => point.label === label);
    const name = shortened(shortLabelName(state.names, label));
    return {
      name, width: ctx.measureText(name).width,
      place: placeOf(state, { x: median(own.map(point => point.x)), y: median(own.map(point => point.y)) }),
    };
  });
  for (let round = 0; round < 100; round++) {
    const moves = names.flatMap((one, index) => names.slice(index + 1).map(other => moveApart(one, other)));
    if (!moves.includes(true)) {
      break;
    }
  }
  return names;
}

/** Moves two places by a pixel each if a name would stand on the other, and says whether it did. */
function moveApart(one, other) {
  const room = [(one.width + other.width) / 2 + LABEL_GAP, LABEL_HEIGHT];
  const away = [one.place[0] - other.place[0], one.place[1] - other.place[1]];
  if (away.some((distance, axis) => Math.abs(distance) >= room[axis])) {
    return false;
  }
  // The way that is shorter.
  const axis = room[0] - Math.abs(away[0]) < room[1] - Math.abs(away[1]) ? 0 : 1;
  const step = away[axis] < 0 ? -1 : 1;
  one.place[axis] += step;
  other.place[axis] -= step;
  return true;
}

function shortened(name) {
  const signs = [...name];
  return signs.length <= LABEL_LENGTH ? name : `${signs.slice(0, LABEL_LENGTH - 1).join("")}…`;
}

/** With a rim in the colour of the ground, which keeps it readable where it stands on points. */
function writeName(pen, name, x, y) {
  pen.font = LABEL_FONT;
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.strokeStyle = colour("--surface");
  pen.lineWidth = 5;
  pen.lineJoin = "round";
  pen.strokeText(name, x, y + 6);
  pen.fillStyle = colour("--ink");
  pen.fillText(name, x, y + 6);
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

function pointUnder(state, { clientX, clientY }) {
  const corner = state.plane.getBoundingClientRect();
  return pointAt(state, clientX - corner.left, clientY - corner.top);
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
  const middle = [state.plane.clientWidth / 2, state.plane.clientHeight / 2];
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
  state.plot.redraw(false);
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
      element("strong", {}, labelName(state.names, point.label)),
      element("span", {}, `test image ${fixed(point.image, 0)}`),
      element("span", {}, `at ${place}`)),
  ].filter(part => part !== null));
  const [x, y] = placeOf(state, point);
  const roomX = state.plane.clientWidth - state.tip.offsetWidth - 4;
  const below = y + 14 + state.tip.offsetHeight <= state.plane.clientHeight;
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

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => scatters.forEach(state => state.plot.redraw()));
