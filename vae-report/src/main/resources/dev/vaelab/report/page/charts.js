// Charts over epochs, steps or values, drawn by uPlot: colours that follow the page's, a legend that shows the values under the
// cursor and switches curves on and off, and arrow keys for those who use no mouse.

const DASHES = [[], [8, 6], [2, 3], [10, 4, 2, 4], [14, 5], [4, 2]];
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];
const AXIS_FONT = "12px system-ui, sans-serif";
const drawn = [];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The colour and dash of the curve with this number: dashes, so that colour is never the only difference; 36 of them differ. */
function look(index) {
  return { colour: `--series-${index % 6 + 1}`, dash: DASHES[(index + Math.floor(index / 6)) % DASHES.length] };
}

/**
 * A figure with a chart of curves.
 *
 * title, unit, note, wide: texts and size; xName: "epoch" or "step"; format: how values are written;
 * curves: {label, values, lowest, highest, colour, dash, area}, where lowest and highest are the edges of a band, if there is one, and
 * area asks for steps that are filled; x, xText: where the values stand, if not at 1, 2 and so on, and how that is written;
 * bars, points: whether values are drawn as bars, or as points without a line; logarithmic, fromZero: what the vertical axis is like; verticals, horizontals: {at, label} of lines that mark something.
 */
function chart(options) {
  const plot = element("div", { class: "plot" });
  const legend = element("ul", { class: "legend" });
  const figure = element("figure", {
    class: options.wide ? "chart wide" : "chart", tabindex: "0", role: "group",
    "aria-label": `${options.title}, chart; left and right arrow keys read its values`,
  },
    element("figcaption", {}, options.title, element("span", { class: "unit" }, ` (${options.unit})`)),
    plot, legend, options.note ? element("p", { class: "note" }, options.note) : null);
  // A chart can be measured only once it stands in the page.
  const draw = () => {
    const made = new uPlot(uplotOptions(options, plot, legend), uplotData(options), plot);
    new ResizeObserver(() => made.setSize({ width: plot.clientWidth, height: plot.clientHeight })).observe(plot);
    figure.addEventListener("keydown", event => moveCursor(made, event));
    drawn.push(made);
  };
  return { figure, draw };
}

/** Puts charts into a place and draws them. */
function showCharts(place, charts) {
  place.append(...charts.map(made => made.figure));
  charts.forEach(made => made.draw());
}

function uplotData(options) {
  const length = Math.max(...options.curves.map(curve => curve.values.length));
  const columns = [options.x ?? Array.from({ length }, (_, index) => index + 1)];
  for (const curve of options.curves) {
    for (const values of curve.highest ? [curve.values, curve.highest, curve.lowest] : [curve.values]) {
      columns.push(values.map(value => plottable(value, options.logarithmic)));
    }
  }
  return columns;
}

/** What is not a number, and on a logarithmic axis zero, is a gap. */
function plottable(value, logarithmic) {
  const number = Number(value);
  return value === null || !Number.isFinite(number) || (logarithmic && number <= 0) ? null : number;
}

function uplotOptions(options, plot, legend) {
  const series = [{}];
  const bands = [];
  const entries = [];
  for (const curve of options.curves) {
    entries.push({ curve, index: series.length, count: curve.highest ? 3 : 1 });
    series.push(options.bars ? barSeries(curve) : lineSeries(curve, options.points));
    if (curve.highest) {
      bands.push({ series: [series.length, series.length + 1], fill: () => `${colour(curve.colour)}26` });
      const edge = { stroke: () => `${colour(curve.colour)}80`, width: 1, dash: curve.dash, points: { show: false } };
      series.push({ ...edge }, { ...edge });
    }
  }
  const readout = makeLegend(legend, options, entries);
  const axis = {
    stroke: () => colour("--muted"), font: AXIS_FONT,
    grid: { stroke: () => colour("--line"), width: 1 }, ticks: { show: false },
  };
  return {
    width: plot.clientWidth, height: plot.clientHeight, padding: [14, 14, 0, 0], legend: { show: false },
    cursor: { y: false, points: { size: 8 } },
    scales: {
      x: { time: false, range: (_, low, high) => (options.bars || low === high ? [low - 0.6, high + 0.6] : [low, high]) },
      y: options.logarithmic ? { distr: 3 } : { range: (_, low, high) => verticalRange(options, low, high) },
    },
    axes: [
      {
        ...axis, ...options.x ? {} : { incrs: WHOLE_STEPS }, space: 40, size: 26, label: options.xName, labelSize: 20, labelFont: AXIS_FONT, labelGap: 0,
        values: (_, ticks) => ticks.map(tick => (options.x ? tickText(tick, {}) : Number.isInteger(tick) ? String(tick) : "")),
      },
      { ...axis, grid: options.logarithmic ? { ...axis.grid, filter: decades } : axis.grid, size: axisWidth, values: (_, ticks) => ticks.map(tick => tickText(tick, options)) },
    ],
    series, bands,
    hooks: {
      ready: [readout], setCursor: [readout],
      draw: [made => {
        (options.verticals || []).forEach(line => drawVertical(made, line, entries));
        (options.horizontals || []).forEach(line => drawHorizontal(made, line));
      }],
    },
  };
}

function lineSeries(curve, pointsOnly) {
  return {
    stroke: () => colour(curve.colour), width: 2, dash: curve.dash,
    ...(curve.area ? { fill: () => `${colour(curve.colour)}40`, paths: uPlot.paths.stepped({ align: 0 }) } : {}),
    ...(pointsOnly ? { paths: () => null, points: { show: true, size: 9 } } : { points: { show: curve.values.length < 2, size: 7 } }),
  };
}

function barSeries(curve) {
  return {
    stroke: () => colour(curve.colour), fill: () => colour(curve.colour), paths: uPlot.paths.bars({ size: [0.7, 48] }),
    points: { show: false },
  };
}

function verticalRange(options, low, high) {
  const marks = (options.horizontals || []).map(line => line.at);
  const values = [low, high, ...marks, ...(options.fromZero ? [0] : [])].filter(Number.isFinite);
  return uPlot.rangeNum(Math.min(...values), Math.max(...values), 0.08, true);
}

/** Lines at powers of ten only. */
function decades(_, ticks) {
  return ticks.map(tick => (Number.isInteger(Math.log10(tick)) ? tick : null));
}

function axisWidth(made, texts) {
  return texts ? Math.max(...texts.map(text => (text || "").length)) * 7 + 16 : 50;
}

function tickText(tick, options) {
  if (tick === null) {
    return "";
  }
  return options.logarithmic ? `10${superscript(Math.round(Math.log10(tick)))}` : String(Number(tick.toPrecision(6))).replace("-", "−");
}

function makeLegend(list, options, entries) {
  const position = element("li", { class: "at" });
  const outputs = entries.map(entry => {
    const output = element("output");
    const button = element("button", { type: "button", "aria-pressed": "true" }, sample(entry.curve, options.bars), entry.curve.label);
    button.addEventListener("click", () => toggle(list.closest("figure"), entry, button));
    list.append(element("li", {}, button, output));
    return output;
  });
  list.append(position);
  return made => {
    const index = made.cursor.idx ?? made.data[0].length - 1;
    position.textContent = options.xText ? `at ${options.xText(made.data[0][index])}` : `at ${options.xName} ${made.data[0][index]}`;
    entries.forEach((entry, number) => {
      outputs[number].textContent = options.format(entry.curve.values[index]);
    });
  };
}

/** A piece of the curve, colour and dash, or of a bar; a drawing of its own because the legend is text beside the chart. */
function sample(curve, bar) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const width = bar ? "10" : "26";
  svg.setAttribute("width", width);
  svg.setAttribute("height", "10");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  const attributes = { x1: "0", x2: width, y1: "5", y2: "5", "stroke-width": bar ? "10" : "2.5", "stroke-dasharray": curve.dash.join(" ") };
  Object.entries(attributes).forEach(([name, value]) => line.setAttribute(name, value));
  line.style.stroke = `var(${curve.colour})`;
  svg.append(line);
  return svg;
}

function toggle(figure, entry, button) {
  const made = drawn.find(one => figure.contains(one.root));
  const show = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(show));
  for (let offset = 0; offset < entry.count; offset++) {
    made.setSeries(entry.index + offset, { show });
  }
}

function moveCursor(made, event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) {
    return;
  }
  event.preventDefault();
  const last = made.data[0].length - 1;
  const from = made.cursor.idx ?? (step > 0 ? -1 : last + 1);
  const index = Math.min(last, Math.max(0, from + step));
  made.setCursor({ left: made.valToPos(made.data[0][index], "x"), top: 0 });
}

/** Its label stands where the curves are not: at the foot if they run through the upper half, else at the head. */
function drawVertical(made, line, entries) {
  const x = made.valToPos(line.at, "x", true);
  const { top, height, left, width } = made.bbox;
  const highest = Math.min(...entries.map(({ index }) => made.valToPos(made.data[index][line.at - 1], "y", true)));
  const label = highest < top + height / 4 ? top + height - 8 * devicePixelRatio : top + 12 * devicePixelRatio;
  strokeMark(made, [x, top], [x, top + height]);
  const rightHalf = x > left + width / 2;
  writeMark(made, line.label, x + (rightHalf ? -6 : 6) * devicePixelRatio, label, rightHalf ? "right" : "left");
}

function drawHorizontal(made, line) {
  const y = made.valToPos(line.at, "y", true);
  const { left, width } = made.bbox;
  strokeMark(made, [left, y], [left + width, y]);
  writeMark(made, line.label, left + width - 4 * devicePixelRatio, y - 5 * devicePixelRatio, "right");
}

function strokeMark({ ctx }, from, to) {
  ctx.save();
  ctx.strokeStyle = colour("--muted");
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
  ctx.restore();
}

function writeMark({ ctx }, text, x, y, align) {
  ctx.save();
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = align;
  // A rim in the colour of the ground keeps the text readable where it stands on a curve.
  ctx.strokeStyle = colour("--surface");
  ctx.lineWidth = 4 * devicePixelRatio;
  ctx.lineJoin = "round";
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour("--muted");
  ctx.fillText(text, x, y);
  ctx.restore();
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn.forEach(made => made.redraw()));
