"use strict";

// Two test images, and the straight line between their posterior means.

const ends = { from: null, to: null };
const testImages = new Map();

/** A test image with its posterior mean; each is asked for once. */
function testImage(index) {
  if (!testImages.has(index)) {
    const asked = ask(`api/image?index=${index}`);
    asked.catch(() => testImages.delete(index));
    testImages.set(index, asked);
  }
  return testImages.get(index);
}

async function prepareBetween(run) {
  byId("between").hidden = run.testImages === 0;
  if (run.testImages === 0) {
    return;
  }
  const last = run.examples.length - 1;
  await Promise.all([
    preparePicker("from", "First image", run, run.examples[0]),
    preparePicker("to", "Second image", run, run.examples[Math.min(1, last)]),
  ]);
  byId("way").addEventListener("input", goBetween);
  showWay();
}

async function preparePicker(end, title, run, first) {
  const picture = emptyPicture();
  const label = element("span", { class: "small" });
  const last = run.testImages - 1;
  const number = element("input", { type: "number", min: 0, max: last, step: 1, required: "" });
  const choose = latestWins(index => chooseEnd(end, index, { picture, label, number }));
  const chooseAndGo = async index => {
    await choose(index);
    goBetween();
  };
  number.addEventListener("change", () => {
    if (number.reportValidity()) {
      chooseAndGo(number.valueAsNumber);
    }
  });
  const random = element("button", { type: "button" }, "Random");
  random.addEventListener("click", () => chooseAndGo(Math.floor(Math.random() * run.testImages)));
  byId(end).append(
    element("legend", {}, title),
    element("div", { class: "chosen" }, picture,
      element("div", {}, element("label", {}, `Number, 0 to ${last}`, number), random, label)),
    element("div", { class: "examples" }, ...run.examples.map(index => example(index, chooseAndGo))));
  await choose(first);
}

function example(index, choose) {
  const picture = emptyPicture();
  const button = element("button", { type: "button", "aria-label": `Test image ${index}` }, picture);
  button.addEventListener("click", () => choose(index));
  testImage(index).then(image => {
    drawPixels(picture, image.pixels);
    button.setAttribute("aria-label", `Test image ${index}, ${labelName(labelNames, image.label)}`);
  }, showFailure);
  return button;
}

async function chooseEnd(end, index, { picture, label, number }) {
  try {
    const image = await testImage(index);
    ends[end] = image;
    number.value = index;
    const name = labelName(labelNames, image.label);
    label.textContent = name === `label ${image.label}` ? `Label ${image.label}` : name;
    describePicture(picture, `Test image ${index}, ${labelName(labelNames, image.label)}`);
    drawPixels(picture, image.pixels);
  } catch (failure) {
    showFailure(failure);
  }
}

function showWay() {
  byId("way").setAttribute("aria-valuetext", `${fixed(100 * byId("way").valueAsNumber, 0)} %`);
}

function goBetween() {
  const { from, to } = ends;
  if (from === null || to === null) {
    return;
  }
  const share = byId("way").valueAsNumber;
  showWay();
  // At both ends an image is decoded with its own label.
  chooseLabel(share < 0.5 ? from.label : to.label);
  moveTo(from.mean.map((start, index) => (1 - share) * start + share * to.mean[index]),
    `${fixed(100 * share, 0)} % of the way from test image ${from.index} to ${to.index}.`, byId("way"));
}
