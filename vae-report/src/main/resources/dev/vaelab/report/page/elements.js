"use strict";

// What every report is made of: numbers as text, elements, tables. Texts of the data become text nodes and nothing else,
// so that a name cannot be taken for markup.

const NOTHING = "–";

/** A number with so many decimals; "NaN" is how JSON has to write what is not a number. */
function fixed(value, decimals) {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  const number = Number(value);
  if (!Number.isFinite(number)) {
    return "not a number";
  }
  return number
    .toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace("-", "−");
}

function nats(value) {
  return fixed(value, 2);
}

function megabytes(bytes) {
  return bytes === null || bytes === undefined ? NOTHING : fixed(bytes / 1e6, 0);
}

/** Two digits of a number of any size, for example 0.45 or 3.2 × 10⁻⁷. Null is how JSON has a number that is not finite. */
function scientific(value) {
  const number = value === null ? NaN : Number(value);
  if (!Number.isFinite(number)) {
    return "not a number";
  }
  if (number === 0 || (number >= 0.01 && number < 100)) {
    return String(Number(number.toPrecision(2)));
  }
  const [mantissa, exponent] = number.toExponential(1).split("e");
  return `${mantissa.replace(/\.0$/, "")}\u00a0×\u00a010${superscript(Number(exponent))}`;
}

function superscript(exponent) {
  return String(exponent).replace(/./g, sign => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]));
}

function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a label stands for, in a sentence; names has that of label 0 first, as far as it is known. */
function labelName(names, label) {
  const name = shortLabelName(names, label);
  return name === String(label) ? `label ${label}` : name;
}

/** What a label stands for, or its number. */
function shortLabelName(names, label) {
  return names[label] ?? String(label);
}

function byId(id) {
  return document.getElementById(id);
}

/** Makes an element; children are elements or texts, and what is null is left out. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/**
 * A table whose first column names the rows.
 *
 * Columns are {title, unit, kind}, where a kind is "number", or "prose" for sentences; rows are lists of cells, a cell
 * being a text or an element; a row may carry a class as its property "kind".
 */
function table(label, columns, rows) {
  const attributes = columns.map(column => (column.kind ? { class: column.kind } : {}));
  const head = columns.map((column, index) => element("th", { scope: "col", ...attributes[index] },
    column.title, column.unit ? element("span", { class: "unit" }, column.unit) : null));
  const body = rows.map(cells => element("tr", cells.kind ? { class: cells.kind } : {}, ...cells.map((cell, index) =>
    index === 0
      ? element("th", { scope: "row", ...attributes[index] }, cell)
      : element("td", attributes[index], cell))));
  return scrollable(label, element("table", { "aria-label": label },
    element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)));
}

/** A table of names and values; values that are null are left out. */
function pairs(caption, entries) {
  return scrollable(caption, element("table", { class: "pairs" },
    element("caption", {}, caption),
    element("tbody", {}, ...entries
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => element("tr", {},
        element("th", { scope: "row" }, name), element("td", {}, value instanceof Node ? value : String(value)))))));
}

/** Wide tables scroll by themselves, by keyboard too, and leave the page as wide as the window. */
function scrollable(label, content) {
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, content);
}

function tile(name, value, unit) {
  return element("div", {}, element("dt", {}, name),
    element("dd", {}, value, unit ? " " : null, unit ? element("span", { class: "unit" }, unit) : null));
}

/** The keys of a tree and its leaves, keys joined by dots as --set takes them. */
function leaves(tree, prefix = "") {
  return Object.entries(tree).flatMap(([key, value]) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? leaves(value, `${prefix}${key}.`)
      : [[prefix + key, Array.isArray(value) ? `[${value.join(", ")}]` : value]]);
}

function code(text) {
  return element("span", { class: "code" }, text);
}

function configuration(config) {
  return settingsTable(leaves(config));
}

function settingsTable(settings) {
  return pairs("Settings", settings.map(([key, value]) => [code(key), value === null ? null : code(String(value))]));
}

function pictureFigure(picture, heading, caption) {
  return element("figure", {},
    element("figcaption", {}, element("strong", {}, heading), element("span", {}, caption)),
    element("img", { src: picture.source, alt: `${heading}. ${caption}` }));
}

/** Links to the sections that have something to show. */
function listSections() {
  byId("contents").append(...[...document.querySelectorAll("main > section:not([hidden])")].map(section =>
    element("a", { href: `#${section.id}` }, section.querySelector("h2").textContent)));
}

/** The terms that a loss gives beside those of the ELBO. */
function addedTerms(figures) {
  return Object.keys(figures).filter(name => !["reconstruction", "kl", "total", "loss"].includes(name));
}

/** At the begin of a title. Names of added terms are written as files have them. */
function termTitle(name) {
  return { loss: "Loss", reconstruction: "Reconstruction", kl: "KL divergence" }[name] ?? name;
}

/** Within a title. */
function innerTermTitle(name) {
  return name === "kl" ? "KL divergence" : name;
}

/** Within a title where there is little room. */
function shortTermTitle(name) {
  return name === "kl" ? "KL" : name;
}

/** What training minimizes, in a few words. */
function lossFormula({ name, beta }) {
  const formula = beta === 1 ? "reconstruction + KL" : `reconstruction + ${beta} × KL`;
  return name === undefined || name === "elbo" ? formula : beta === 1 ? name : `${name}, beta ${beta}`;
}
