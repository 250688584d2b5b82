"use strict";

// Opens the page: asks what there is to explore, and begins in the middle of the prior.

async function open() {
  const run = await ask("api/run");
  document.title = `${run.name}: latent space`;
  byId("name").textContent = run.name;
  byId("subtitle").textContent = `${run.engines.length > 1 ? "Engines" : "Engine"} ${new Intl.ListFormat("en-GB").format(run.engines)}, `
    + `seed ${run.seed}, best checkpoint of ${run.run}`;
  byId("no-images").hidden = run.testImages > 0;
  prepareLabelNames(run);
  prepareLabelChoice(run);
  preparePictures(run);
  prepareMap(run);
  prepareSliders(run);
  const middle = () => moveTo(new Array(run.dimensions.length).fill(0), "The mean of the prior: all dimensions are 0.", null);
  byId("reset").addEventListener("click", middle);
  let sample = 0;
  byId("sample").addEventListener("click", latestWins(async () => {
    try {
      const { index, latents } = await ask(`api/sample?index=${sample}`);
      sample = (sample + 1) % run.prior;
      moveTo(latents, `Sample ${index + 1} of the prior.`, null);
    } catch (failure) {
      showFailure(failure);
    }
  }));
  middle();
  await prepareBetween(run);
  byId("explorer").setAttribute("aria-busy", "false");
}

open().catch(showFailure);
