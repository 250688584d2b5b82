"use strict";

// A slider for each latent dimension, those that tell most about an image first.

const SLIDER_END = 4;
const SLIDERS_AT_ONCE = 32;

function prepareSliders(run) {
  const active = run.dimensions.filter(dimension => dimension.active).length;
  byId("sliders-lead").textContent = run.mappedImages === 0
    ? "In their order: there are no test images that would show what each tells about an image."
    : `Sorted by KL divergence, in nats, over ${fixed(run.mappedImages, 0)} test images: what `
      + `a dimension tells about an image. ${active} of ${run.dimensions.length} ${active === 1 ? "is" : "are"} active.`;
  const rows = run.dimensions.map(dimension => slider(dimension));
  byId("sliders").append(...rows.slice(0, SLIDERS_AT_ONCE));
  const others = rows.slice(SLIDERS_AT_ONCE);
  const more = byId("more-sliders");
  more.hidden = others.length === 0;
  more.querySelector("summary").textContent = `${others.length} further dimensions`;
  more.querySelector("div").append(...others);
}

function slider({ index, kl, active }) {
  const id = `dimension-${index + 1}`;
  const input = element("input", {
    type: "range", id, min: -SLIDER_END, max: SLIDER_END, step: 0.05, value: 0,
    "aria-label": kl === null ? `Dimension ${index + 1}` : `Dimension ${index + 1}, KL ${fixed(kl, 2)} nats`,
  });
  const output = element("output", { for: id });
  const show = value => {
    input.setAttribute("aria-valuetext", fixed(value, 2));
    output.textContent = fixed(value, 2);
  };
  show(0);
  input.addEventListener("input", () => {
    const latents = [...place.latents];
    latents[index] = input.valueAsNumber;
    show(latents[index]);
    moveTo(latents, "Set with the sliders.", input);
  });
  watchLatents((latents, mover) => {
    if (mover !== input) {
      // A slider that has come to its end keeps there; the number beside it tells the truth.
      input.value = latents[index];
      show(latents[index]);
    }
  });
  return element("div", { class: active ? "slider" : "slider inactive" },
    element("label", { for: id }, String(index + 1),
      kl === null ? null : element("span", { class: "small" }, ` KL ${fixed(kl, 2)}`)),
    input, output);
}
