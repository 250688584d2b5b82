"use strict";

// Images as the program sends them: unsigned bytes in base64, channel after channel.

/** More would be too small to see. */
const MOST_COLUMNS = 4;

let shape;
let decodedPictures;
let differencePictures;
let differenceSizes;

/** Makes places for what each engine decodes and for the difference of each pair of engines. */
function preparePictures(run) {
  shape = run.image;
  decodedPictures = run.engines.map(emptyPicture);
  differencePictures = run.pairs.map(emptyPicture);
  differenceSizes = run.pairs.map(() => element("strong", {}));
  const images = decodedPictures.map((picture, index) => pictureWithCaption(picture, run.engines[index]));
  const explanation = run.pairs.length === 0 ? [] : [element("p", { id: "difference" })];
  if (run.pairs.length < 2) {
    byId("pictures").append(...images, ...differencePictures.map(picture => pictureWithCaption(picture, "difference")), ...explanation);
  } else {
    const differences = differencePictures.map((picture, index) => differenceOfPair(picture, run.pairs[index], differenceSizes[index]));
    byId("pictures").append(rowOfPictures(images), element("p", { class: "small" }, "Differences of each pair"),
      rowOfPictures(differences), ...explanation);
    byId("pictures").style.setProperty("--columns", Math.min(MOST_COLUMNS, run.engines.length));
  }
  byId("pictures").classList.toggle("several", run.pairs.length === 1);
  byId("pictures").classList.toggle("many", run.pairs.length > 1);
}

function rowOfPictures(figures) {
  return element("div", { class: "row" }, ...figures);
}

function differenceOfPair(picture, { first, second }, size) {
  const figure = pictureWithCaption(picture, `${first}, ${second}`);
  describePicture(picture, `Difference of the images of ${first} and ${second}`);
  figure.querySelector("figcaption").append(size);
  return figure;
}

function emptyPicture() {
  return element("canvas", { width: shape.width, height: shape.height, class: "picture" });
}

/** Says to those who cannot see it what a picture shows. */
function describePicture(picture, text) {
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", text);
}

function pictureWithCaption(picture, caption) {
  describePicture(picture, `Decoded image: ${caption}`);
  return element("figure", {}, picture, element("figcaption", {}, caption));
}

function showDecoded({ images, differences }) {
  images.forEach((pixels, index) => drawPixels(decodedPictures[index], pixels));
  differences.forEach(({ pixels, largest }, index) => {
    drawPixels(differencePictures[index], pixels);
    differenceSizes[index].replaceChildren(scientific(largest));
  });
  if (differences.length === 1) {
    const [{ largest }] = differences;
    byId("difference").replaceChildren("Largest difference of a pixel: ",
      element("strong", {}, scientific(largest)), " (a black pixel is 0, a white one 1). ", howScaled(largest));
    byId("difference").dataset.largest = largest;
  } else if (differences.length > 1) {
    byId("difference").replaceChildren("With each pair is its largest difference of a pixel (a black pixel is 0, a white one 1). "
      + "Each difference is scaled to be seen: black is none, white is the largest one of its pair.");
    byId("difference").dataset.largest = Math.max(...differences.map(({ largest }) => largest ?? NaN));
  }
}

/** Every difference picture has a scale of its own, or nobody would see anything of a small one. */
function howScaled(largest) {
  return largest === 0
    ? "The difference is black: there is none."
    : `The difference is scaled to be seen: black is none, white is the largest one, ${scientific(largest)}.`;
}

function drawPixels(canvas, base64) {
  const levels = Uint8Array.from(atob(base64), sign => sign.charCodeAt(0));
  const plane = shape.width * shape.height;
  const image = new ImageData(shape.width, shape.height);
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      image.data[4 * pixel + colour] = levels[pixel + (shape.channels < 3 ? 0 : colour * plane)];
    }
    image.data[4 * pixel + 3] = 255;
  }
  // Set pixel by pixel, and small: nothing for a graphics processor.
  canvas.getContext("2d", { willReadFrequently: true }).putImageData(image, 0, 0);
}
