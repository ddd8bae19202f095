// The front page's picture under a slider. Its frames were computed when the site was built; Python is not needed for it.
const figure = document.querySelector("figure.moving");
const [picture, slide] = [figure.querySelector("img"), figure.querySelector(".slide")];
const [slider, said] = [slide.querySelector("input"), slide.querySelector("output")];
const frames = JSON.parse(figure.dataset.frames);
const sources = frames.map((_, k) => `${figure.dataset.folder}${k}.webp`);
const alike = picture.alt;

slide.hidden = false;
slider.addEventListener("pointerenter", fetchAll, { once: true });
slider.addEventListener("focus", fetchAll, { once: true });
slider.addEventListener("input", () => {
  const { weight, prediction } = frames[slider.value];
  picture.src = sources[slider.value];
  said.textContent = `weight ${weight} → prediction ${prediction}`;
  picture.alt = alike.replace(/With the weight.*/, `With the weight ${weight} it predicts ${prediction}.`);
});

function fetchAll() {
  for (const source of sources) new Image().src = source;
}
