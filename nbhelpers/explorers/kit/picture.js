// The front end of Picture: the image with its words, errors in place, the state as text.
// It also gives every slider around it a name, and sends numbers that are typed beside a slider to the kernel as they are:
// the stock slider has no accessible name, and rounds what is typed to its step.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function setAttribute(element, name, value) {
  if (element && element.getAttribute(name) !== value) element.setAttribute(name, value);
}

// Calls `show` now and whenever one of the traits changes, until the view is gone.
function follow(model, traits, show, signal) {
  for (const trait of traits) {
    model.on(`change:${trait}`, show);
    signal.addEventListener("abort", () => model.off(`change:${trait}`, show));
  }
  show();
}

// --- the picture and its words ---------------------------------------------------------------------------------------

function addPicture(model, el, signal) {
  const image = make("img", { class: "nbh-image", draggable: "false" });
  const words = make("figcaption", { class: "nbh-words" });
  el.append(make("figure", { class: "nbh-figure" }, listening(model, image, signal), words));
  let url = null;
  const showImage = () => {
    const last = url;
    url = URL.createObjectURL(new Blob([model.get("png")], { type: "image/png" }));
    image.src = url;
    if (last) URL.revokeObjectURL(last);
  };
  follow(model, ["width", "height"], () => setSize(image, model.get("width"), model.get("height")), signal);
  follow(model, ["alt"], () => { image.alt = model.get("alt"); }, signal);
  follow(model, ["words"], () => { words.textContent = model.get("words"); }, signal);
  // What changes many times a second is not read aloud; what is seen when it stops can be.
  follow(model, ["playing"], () => { words.setAttribute("aria-live", model.get("playing") ? "off" : "polite"); }, signal);
  follow(model, ["png"], showImage, signal);
  signal.addEventListener("abort", () => URL.revokeObjectURL(url));
  return image;
}

// The place is kept before there are pixels in it, so that the page does not jump.
function setSize(image, width, height) {
  image.style.width = `${width}px`;
  image.style.aspectRatio = `${width} / ${height}`;
}

function addAlert(model, el, signal) {
  const alert = make("div", { class: "nbh-alert", role: "alert" });
  el.append(alert);
  follow(model, ["error"], () => { alert.textContent = model.get("error"); }, signal);
}

// --- what is done in the picture -------------------------------------------------------------------------------------

// The image, in a box that takes clicks and keys where the explorer has something to do with them.
function listening(model, image, signal) {
  const isDeaf = !model.get("clickable") && !model.get("key_names").length && !model.get("drag_box").length;
  if (isDeaf) return image;
  const stage = make("div", { class: "nbh-stage" }, image);
  if (model.get("drag_box").length) takeDrags(model, image, signal); // before clicks, to keep them from following a drag
  if (model.get("clickable")) takeClicks(model, image, signal);
  if (model.get("key_names").length) takeKeys(model, stage, signal);
  return stage;
}

// Where it happened, in CSS pixels of the picture's full size.
function placeOf(event, model, image) {
  const box = image.getBoundingClientRect();
  const scale = model.get("width") / box.width;
  return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
}

function takeClicks(model, image, signal) {
  image.classList.add("nbh-clickable");
  image.addEventListener("click", (event) => {
    const [x, y] = placeOf(event, model, image);
    model.send({ kind: "click", x, y });
  }, { signal });
}

const LEAST_DRAG = 4; // CSS pixels; what moves less is a click
const LONGEST_WAIT = 200; // milliseconds; a line that changes nothing is not answered

// A line is told corner by corner, as fast as it is answered; what comes meanwhile is told together.
function takeDrags(model, image, signal) {
  let start = null; // while the button is held down
  let line = null; // the corners that have not been told, after the last one that has; null outside the box
  let hasMoved = false;
  let isWaiting = false;
  let timer = null;
  const tell = () => {
    if (!line || isWaiting || line.length < 2) return;
    isWaiting = true;
    timer = setTimeout(goOn, LONGEST_WAIT);
    model.send({ kind: "drag", points: line });
    line = line.slice(-1);
  };
  const goOn = () => {
    clearTimeout(timer);
    isWaiting = false;
    tell();
  };
  const isInside = ([x, y]) => {
    const [left, top, width, height] = model.get("drag_box");
    return x >= left && x < left + width && y >= top && y < top + height;
  };
  const on = (type, act, options = {}) => image.addEventListener(type, act, { signal, ...options });
  on("pointerdown", (event) => {
    start = placeOf(event, model, image);
    hasMoved = false;
    line = event.button === 0 && isInside(start) ? [start] : null;
    if (line) image.setPointerCapture(event.pointerId);
  });
  on("pointermove", (event) => {
    if (!start) return;
    const place = placeOf(event, model, image);
    hasMoved = hasMoved || Math.hypot(place[0] - start[0], place[1] - start[1]) >= LEAST_DRAG;
    if (line && hasMoved) line.push(place);
    tell();
  });
  on("pointerup", () => {
    isWaiting = false;
    tell();
    start = line = null;
  });
  on("pointercancel", () => { start = line = null; });
  on("click", (event) => { if (hasMoved) event.stopImmediatePropagation(); });
  on("touchmove", (event) => { if (line) event.preventDefault(); }, { passive: false }); // else it would scroll the page
  follow(model, ["png", "error"], goOn, signal);
  signal.addEventListener("abort", () => clearTimeout(timer));
}

function takeKeys(model, stage, signal) {
  const name = model.get("keys_help") || "picture that takes keys";
  for (const [attribute, value] of [["tabindex", "0"], ["role", "application"], ["aria-label", name], ["title", name]]) {
    stage.setAttribute(attribute, value);
  }
  let isWaiting = false; // a key that is held down repeats as fast as it is answered
  follow(model, ["png", "error"], () => { isWaiting = false; }, signal);
  stage.addEventListener("keydown", (event) => {
    const isOther = event.ctrlKey || event.altKey || event.metaKey || !model.get("key_names").includes(event.key);
    if (isOther || event.target !== stage) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat && isWaiting) return;
    isWaiting = true;
    model.send({ kind: "key", key: event.key });
  }, { signal });
}

// While it plays the kernel is told of a beat, an interval after it has answered the last one, and never before.
// Frames do not count: a slider that is moved while it plays brings frames of its own.
function keepBeat({ model }) {
  let timer = null;
  const wait = () => {
    clearTimeout(timer);
    if (model.get("playing")) timer = setTimeout(() => model.send({ kind: "beat" }), model.get("interval"));
  };
  model.on("change:playing change:beats", wait);
  return () => { clearTimeout(timer); model.off("change:playing change:beats", wait); };
}

// --- the state as text -----------------------------------------------------------------------------------------------

function addState(model, el, signal) {
  const input = make("input", { type: "text", class: "nbh-state", spellcheck: "false", autocomplete: "off" });
  const label = make("label", {}, "State: copy it, or put another in its place and press Enter", input);
  el.append(make("details", { class: "nbh-details" }, make("summary", {}, "Keep or restore this state"), label));
  let isEdited = false;
  const show = () => { if (!isEdited) input.value = model.get("state_text"); };
  const leave = () => { isEdited = false; show(); };
  input.addEventListener("focus", () => input.select());
  input.addEventListener("input", () => { isEdited = true; });
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") leave();
    if (event.key !== "Enter") return;
    isEdited = false;
    model.send({ kind: "state", text: input.value });
  });
  follow(model, ["state_text"], show, signal);
}

// --- sharpness -------------------------------------------------------------------------------------------------------

// A pixel of the picture is to be a pixel of the screen, whatever the screen, the zoom and the width of the page.
function followRatio(model, image, signal) {
  const report = () => {
    const ratio = (window.devicePixelRatio * image.clientWidth) / model.get("width");
    if (!ratio || Math.abs(ratio - model.get("ratio")) < 1e-3) return;
    model.set("ratio", ratio);
    model.save_changes();
  };
  let timer = null;
  const reportSoon = () => { // once, when zooming or the dragging of a window border has come to rest
    clearTimeout(timer);
    timer = setTimeout(report, 100);
  };
  const watchScreen = () => {
    const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener("change", () => { reportSoon(); watchScreen(); }, { once: true, signal });
  };
  const observer = new ResizeObserver(reportSoon);
  try {
    observer.observe(image, { box: "device-pixel-content-box" }); // told of zoom as well
  } catch {
    observer.observe(image); // Safari
  }
  window.addEventListener("resize", reportSoon, { signal });
  watchScreen();
  signal.addEventListener("abort", () => { clearTimeout(timer); observer.disconnect(); });
}

// --- the sliders around it -------------------------------------------------------------------------------------------

// A view is attached to the page after it is rendered: the first size that is observed says that it is there.
function whenAttached(el, signal, act) {
  const observer = new ResizeObserver(() => {
    const box = el.closest(".nbh-explorer");
    if (!box) return;
    observer.disconnect();
    if (!signal.aborted) act(box);
  });
  observer.observe(el);
  signal.addEventListener("abort", () => observer.disconnect());
}

const labelOf = (slider) => slider.querySelector("label");
const readoutOf = (slider) => slider.querySelector(".widget-readout[contenteditable]");

function nameSlider(slider) {
  const label = labelOf(slider);
  const name = (label && (label.title || label.textContent)) || "slider";
  setAttribute(slider.querySelector(".noUi-handle"), "aria-label", name);
  setAttribute(readoutOf(slider), "role", "textbox");
  setAttribute(readoutOf(slider), "aria-label", `${name}; type a number`);
}

// The slider stands on the mark that is nearest to its number; beside it the number itself is to be read.
function showNumber(slider, numbers) {
  const { noUiSlider } = slider.querySelector(".noUi-target");
  const number = numbers[labelOf(slider)?.textContent];
  const readout = readoutOf(slider);
  if (typeof number !== "number" || !readout || !noUiSlider) return;
  const { step } = noUiSlider.options;
  const mark = slider.classList.contains("nbh-log") ? Math.log10(number) : number; // its scale is one of exponents
  const distance = Math.abs(mark - noUiSlider.get());
  if (distance < 1e-6 * step || distance > 0.501 * step) return; // on the mark, or the slider has moved on
  const text = String(Number(number.toPrecision(4))).replace("-", "−");
  if (readout.textContent !== text) readout.textContent = text;
}

function tendSliders(model, box, editing, signal) {
  const tend = () => {
    const numbers = JSON.parse(model.get("state_text") || "{}");
    for (const handle of box.querySelectorAll(".noUi-handle")) {
      const slider = handle.closest(".jupyter-widgets");
      nameSlider(slider);
      if (!editing.has(readoutOf(slider))) showNumber(slider, numbers);
    }
  };
  const observer = new MutationObserver(tend);
  observer.observe(box, { childList: true, subtree: true, attributes: true, attributeFilter: ["title"] });
  signal.addEventListener("abort", () => observer.disconnect());
  box.setAttribute("data-lm-suppress-shortcuts", "true"); // arrow keys belong to the sliders here, not to the notebook
  follow(model, ["state_text"], tend, signal);
}

function takeTypedNumbers(model, box, before, signal) {
  const isEdited = (event) => before.has(event.target);
  const leave = (readout) => {
    readout.textContent = before.get(readout);
    before.delete(readout);
  };
  const send = (readout) => {
    const name = labelOf(readout.closest(".jupyter-widgets")).textContent;
    model.send({ kind: "typed", name, text: readout.textContent });
    leave(readout);
  };
  const isReadout = (target) => target instanceof HTMLElement && target.matches(".widget-readout[contenteditable]");
  const on = (type, act) => {
    const listener = (event) => { if (isReadout(event.target)) act(event); };
    box.addEventListener(type, listener, { capture: true, signal });
  };
  on("beforeinput", (event) => { if (!isEdited(event)) before.set(event.target, event.target.textContent); });
  on("blur", (event) => {
    event.stopPropagation();
    if (isEdited(event)) send(event.target);
  });
  on("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (isEdited(event)) (event.key === "Enter" ? send : leave)(event.target);
  });
}

// ---------------------------------------------------------------------------------------------------------------------

function render({ model, el }) {
  const controller = new AbortController();
  const { signal } = controller;
  el.classList.add("nbh-picture");
  const image = addPicture(model, el, signal);
  addAlert(model, el, signal);
  addState(model, el, signal);
  el.style.minHeight = ""; // what the kernel reserved until now
  followRatio(model, image, signal);
  whenAttached(el, signal, (box) => {
    const editing = new WeakMap(); // numbers that are being typed, with what was there before
    tendSliders(model, box, editing, signal);
    takeTypedNumbers(model, box, editing, signal);
  });
  return () => controller.abort();
}

export default { initialize: keepBeat, render };
