"use strict";

// Images as the program sends them: unsigned bytes in base64, channel after channel.

let shape;
let decodedPictures;
let differencePicture;

/** Makes places for what each engine decodes and, if there are two, for the difference. */
function preparePictures(run) {
  shape = run.image;
  decodedPictures = run.engines.map(engine => emptyPicture());
  const figures = decodedPictures.map((picture, index) => pictureWithCaption(picture, run.engines[index]));
  if (run.engines.length > 1) {
    differencePicture = emptyPicture();
    figures.push(pictureWithCaption(differencePicture, "difference"), element("p", { id: "difference" }));
  }
  byId("pictures").append(...figures);
  byId("pictures").classList.toggle("several", run.engines.length > 1);
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

function showDecoded({ images, difference }) {
  images.forEach((pixels, index) => drawPixels(decodedPictures[index], pixels));
  if (difference) {
    drawPixels(differencePicture, difference.pixels);
    byId("difference").replaceChildren("Largest difference of a pixel: ",
      element("strong", {}, scientific(difference.largest)), " (a black pixel is 0, a white one 1). ", howScaled(difference));
    byId("difference").dataset.largest = difference.largest;
  }
}

/** Every difference picture has a scale of its own, or nobody would see anything of a small one. */
function howScaled(difference) {
  return difference.largest === 0
    ? "The difference is black: there is none."
    : `The difference is scaled to be seen: black is none, white is the largest one, ${scientific(difference.largest)}.`;
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
