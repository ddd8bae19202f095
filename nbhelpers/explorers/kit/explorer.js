// The front end of Explorer: native controls, the picture with its words, errors in place, the state as text.

const IN_FLIGHT = 2; // moves that are sent before the first of them is answered: with one, half of the frames are lost
const PATIENCE = 4000; // milliseconds until a silent kernel is spoken of
const NARROW = 560; // CSS pixels: one group of controls and one panel at a time
const LOW = 600; // CSS pixels of the window: as on a narrow page, unless there is room beside the picture
const WIDE = 900; // controls beside the picture
const LARGE = 2; // times as large are the letters for the last row, none of which has less than 12 pixels
const LARGE_PAGE = 2.2; // on a page that is not taken apart: none has less than 11

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Makes these the children, in this order. What stays where it is is not touched: it keeps the focus, and a drag goes on.
function arrange(parent, children) {
  for (const child of [...parent.children]) if (!children.includes(child)) child.remove();
  children.forEach((child, k) => { if (parent.children[k] !== child) parent.insertBefore(child, parent.children[k] || null); });
}

// Calls `show` now and whenever one of the traits changes, until the view is gone.
function follow(model, traits, show, signal) {
  for (const trait of traits) {
    model.on(`change:${trait}`, show);
    signal.addEventListener("abort", () => model.off(`change:${trait}`, show));
  }
  show();
}

// --- what is sent to the kernel --------------------------------------------------------------------------------------

const RUN_AGAIN = "The kernel does not answer. If it was started anew, run this cell again.";

// Tells the kernel something; false where it was started anew and knows nothing of this explorer.
function post(model, content) {
  try { model.send(content); } catch { return false; }
  return true;
}

// Of what is moved many times only the newest waits; it is sent when the kernel has answered, and so always the last.
function makeCourier(model, signal, say) {
  const from = Math.random().toString(36).slice(2);
  const waiting = new Map();
  let sent = 0;
  let answered = 0;
  let timer = null;
  const go = () => {
    clearTimeout(timer);
    while (sent - answered < IN_FLIGHT && waiting.size) {
      const [about, content] = waiting.entries().next().value;
      if (!post(model, { ...content, from, number: sent + 1 })) return say(RUN_AGAIN);
      waiting.delete(about);
      sent += 1;
    }
    say("");
    if (sent > answered) timer = setTimeout(() => say(RUN_AGAIN), PATIENCE);
  };
  const onAnswer = () => {
    const [who, number] = model.get("answered");
    if (who !== from) return;
    answered = number;
    go();
  };
  model.on("change:answered", onAnswer);
  signal.addEventListener("abort", () => { clearTimeout(timer); model.off("change:answered", onAnswer); });
  const send = (about, content) => { waiting.set(about, content); go(); };
  let others = 0;
  return {
    send, // the newest about something
    tell: (content) => send(`once ${others += 1}`, content), // each of them
    isIdle: () => sent === answered && !waiting.size,
    isAnswered: () => model.get("answered")[0] === from, // by what has come now, and not somebody else
  };
}

// --- controls --------------------------------------------------------------------------------------------------------

const minus = (text) => String(text).replace("-", "−");

// A number as it stands beside its slider: with the decimals of the step, or what tells it from the nearest mark.
function numberText(number, look) {
  if (look.kind.startsWith("whole")) return minus(number);
  const size = Math.abs(number);
  if (size && (size < 1e-3 || size >= 1e5)) return minus(Number(number.toPrecision(3)).toExponential().replace("e+", "e"));
  if (look.kind === "log") return minus(Number(number.toPrecision(3)));
  const decimals = Math.max(2, Math.ceil(-Math.log10(look.step) - 1e-9));
  const rounded = number.toFixed(decimals);
  return minus(Math.abs(rounded - number) < 1e-9 ? rounded : Number(number.toPrecision(4)));
}

// From numbers to places on the scale of a native range, and back.
const SCALES = {
  range: (look) => ({ ends: [look.min, look.max, look.step], place: (v) => v, value: (p) => p }),
  whole: (look) => ({ ends: [look.min, look.max, 1], place: (v) => v, value: (p) => p }),
  log: (look) => logScale(look, (v) => Number(v.toPrecision(2))),
  "whole log": (look) => logScale(look, Math.round),
  choice: (look) => ({ ends: [0, look.options.length - 1, 1], place: (v) => look.options.indexOf(v), value: (p) => look.options[p] }),
};

function logScale(look, rounded) {
  const within = (v) => Math.min(Math.max(v, look.min), look.max);
  return { ends: [Math.log10(look.min), Math.log10(look.max), look.step], place: Math.log10, value: (p) => within(rounded(10 ** p)) };
}

let ids = 0;

// A label, and a function that writes it: what is heard says more than what is seen.
function labelled(input) {
  input.id = `nbh-${ids += 1}`;
  const label = make("label", { for: input.id });
  const name = ({ description, tooltip }) => {
    label.textContent = description;
    label.title = tooltip;
    input.setAttribute("aria-label", tooltip.startsWith(description) ? tooltip : `${description}: ${tooltip}`);
  };
  return [label, name];
}

function makeSlider(look, name, courier) {
  const input = make("input", { type: "range" });
  const [label, rename] = labelled(input);
  const number = make("input", { type: "text", class: "nbh-number", autocomplete: "off", spellcheck: "false" });
  if (look.kind === "choice") number.readOnly = true;
  const row = make("div", { class: "nbh-row" }, label, input, number);
  let [scale, known, isHeld, isEdited] = [null, null, false, false];
  const text = (value) => (look.kind === "choice" ? minus(value) : numberText(value, look));
  const write = (value) => {
    if (!isEdited) number.value = text(value);
    input.setAttribute("aria-valuetext", text(value));
  };
  const send = () => {
    const value = scale.value(Number(input.value));
    write(value);
    courier.send(`move ${name}`, { kind: "move", name, value });
  };
  const isSlow = look.kind === "choice"; // told when it is let go of
  input.addEventListener("input", () => { isSlow ? write(scale.value(Number(input.value))) : send(); });
  input.addEventListener("change", () => { if (isSlow) send(); });
  input.addEventListener("pointerdown", () => { isHeld = true; });
  for (const type of ["pointerup", "pointercancel", "blur"]) input.addEventListener(type, () => { isHeld = false; show(known); });
  const show = (value) => {
    known = value;
    if (value === null || isHeld || !courier.isIdle()) return;
    input.value = scale.place(value);
    write(value);
  };
  const leave = () => { isEdited = false; write(known); };
  const take = () => {
    if (!isEdited) return;
    const typed = number.value;
    leave();
    courier.tell({ kind: "typed", name, text: typed });
  };
  number.addEventListener("input", () => { isEdited = true; });
  number.addEventListener("focus", () => number.select());
  number.addEventListener("blur", take);
  number.addEventListener("keydown", (event) => {
    if (event.key === "Enter") take();
    if (event.key === "Escape") leave();
  });
  const update = (newest) => {
    look = newest;
    scale = SCALES[look.kind](look);
    [input.min, input.max, input.step] = scale.ends;
    input.disabled = number.disabled = look.disabled;
    rename(look);
    number.setAttribute("aria-label", look.kind === "choice" ? look.tooltip : `${look.tooltip}; type a number`);
    row.title = look.tooltip;
  };
  return { row, update, show };
}

function makeSelect(look, name, courier) {
  const input = make("select");
  const [label, rename] = labelled(input);
  const row = make("div", { class: "nbh-row" }, label, input);
  let options = [];
  input.addEventListener("change", () => courier.send(`move ${name}`, { kind: "move", name, value: options[input.selectedIndex] }));
  const update = (newest) => {
    input.disabled = newest.disabled;
    rename(newest);
    row.title = newest.tooltip;
    if (JSON.stringify(newest.options) === JSON.stringify(options)) return;
    options = newest.options;
    input.replaceChildren(...newest.labels.map((name) => make("option", {}, name)));
  };
  return { row, update, show: (value) => { if (courier.isIdle()) input.selectedIndex = options.indexOf(value); } };
}

function makeCheck(look, name, courier) {
  const input = make("input", { type: "checkbox" });
  const [label, rename] = labelled(input);
  input.addEventListener("change", () => courier.send(`move ${name}`, { kind: "move", name, value: input.checked }));
  const row = make("div", { class: "nbh-row nbh-check" }, input, label);
  const update = (newest) => { input.disabled = newest.disabled; rename(newest); };
  return { row, update, show: (value) => { if (courier.isIdle()) input.checked = value; } };
}

function makeText(look, name, courier) {
  const input = make("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const [label, rename] = labelled(input);
  const row = make("div", { class: "nbh-row nbh-text" }, label, input);
  let [known, isEdited] = ["", false];
  const show = (value) => {
    known = value;
    if (!isEdited) input.value = value;
  };
  const take = () => {
    if (isEdited) courier.tell({ kind: "move", name, value: input.value });
    isEdited = false;
    input.value = known; // until the kernel has taken it: what is refused does not stay
  };
  input.addEventListener("input", () => { isEdited = true; });
  input.addEventListener("blur", take);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") take();
    if (event.key === "Escape") { isEdited = false; show(known); }
  });
  const update = (newest) => { input.disabled = newest.disabled; rename(newest); row.title = newest.tooltip; };
  return { row, update, show };
}

function makeButton(look, place, courier) {
  const icon = make("i", { "aria-hidden": "true" }); // it stays: a click on what is gone when the button is let go of is none
  const name = make("span");
  const row = make("button", { type: "button", class: "nbh-button" }, icon, name);
  const at = { ...place };
  row.addEventListener("click", () => courier.tell({ kind: "press", ...at }));
  const update = (newest, newPlace) => {
    Object.assign(at, newPlace);
    icon.className = `fa fa-${newest.icon}`;
    icon.hidden = !newest.icon;
    name.textContent = newest.description;
    row.title = newest.tooltip;
    row.disabled = newest.disabled;
  };
  return { row, update, show: () => {} };
}

// A line of text that is no part of the state: it does something when Enter is pressed.
function makeEntry(look, place, courier) {
  const input = make("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const [label, rename] = labelled(input);
  const row = make("div", { class: "nbh-row nbh-text" }, label, input);
  const at = { ...place };
  let [known, isEdited] = ["", false];
  const leave = () => { isEdited = false; input.value = known; };
  input.addEventListener("input", () => { isEdited = true; });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    if (event.key !== "Enter") return;
    isEdited = false;
    courier.tell({ kind: "press", ...at, text: input.value });
  });
  const update = (newest, newPlace) => {
    Object.assign(at, newPlace);
    rename(newest);
    known = newest.text;
    if (!isEdited) input.value = known;
  };
  return { row, update, show: () => {} };
}

const PLACED = { button: makeButton, entry: makeEntry };
const MAKERS = { select: makeSelect, check: makeCheck, text: makeText };

// The groups of controls. A control that is there stays, so that it keeps the focus and is not torn out of a drag.
function addControls(model, box, courier, signal) {
  const made = new Map();
  const tabs = make("div", { class: "nbh-tabs", role: "group", "aria-label": "which controls are shown" });
  let chosen = 0;
  const oneOf = (look, name, group, place) => {
    const key = `${look.kind} ${name || `${group} ${place}`}`;
    if (!made.has(key)) {
      const maker = MAKERS[look.kind] || makeSlider;
      const placed = PLACED[look.kind];
      made.set(key, placed ? placed(look, { group, place }, courier) : maker(look, name, courier));
    }
    made.get(key).update(look, { group, place });
    return { name, ...made.get(key) };
  };
  let shown = [];
  const told = new Map(); // of what plays most values stay: their controls are left alone
  const showValues = () => {
    const values = JSON.parse(model.get("state_text") || "{}");
    for (const { name, show } of shown) {
      if (name in values && told.get(name) !== values[name]) show(values[name]);
      told.set(name, values[name]);
    }
  };
  const showAllValues = () => { // also those that were refused, or came while others were on their way
    told.clear();
    showValues();
  };
  const groups = make("div", { class: "nbh-groups" });
  const pinned = make("div", { class: "nbh-pinned" }); // the group that is always seen where the others are seen one at a time
  const madeGroups = new Map();
  const groupOf = (key) => {
    if (!madeGroups.has(key)) {
      const [title, actions] = [make("div", { class: "nbh-heading" }), make("div", { class: "nbh-actions" })];
      madeGroups.set(key, { row: make("div", { class: "nbh-group" }), title, actions });
    }
    return madeGroups.get(key);
  };
  const showGroups = () => {
    shown = [];
    const focused = document.activeElement; // a row that goes to another group would lose it on the way
    const rowsOf = model.get("groups").map(([heading, controls], group, all) => {
      const rows = controls.map(([name, look], place) => {
        shown.push(oneOf(look, name, group, place));
        return shown.at(-1).row;
      });
      const isFirst = all.findIndex(([other]) => other === heading) === group; // of this heading
      const { row, title, actions } = groupOf(group === all.length - 1 ? "last" : isFirst && heading ? heading : group);
      title.textContent = heading;
      arrange(actions, rows.filter((each) => each.tagName === "BUTTON"));
      arrange(row, [...(heading ? [title] : []), ...rows.filter((each) => each.tagName !== "BUTTON"), actions]);
      return row;
    });
    const last = rowsOf.pop(); // Reset, and what else is always at hand
    last.classList.add("nbh-tools");
    const there = rowsOf.filter((one) => one.querySelector("input, select, button"));
    arrange(pinned, model.get("pinned") ? there.splice(0, 1) : []);
    arrange(groups, there);
    if (last.parentNode !== box) groups.after(last);
    if (focused !== document.activeElement && box.contains(focused)) focused.focus();
    showTabs();
    showAllValues();
  };
  const madeTabs = new Map(); // by the group that they show
  const tabOf = (group) => {
    if (!madeTabs.has(group)) {
      const tab = make("button", { type: "button" });
      tab.addEventListener("click", () => { chosen = [...groups.children].indexOf(group); showTabs(); });
      madeTabs.set(group, tab);
    }
    return madeTabs.get(group);
  };
  const showTabs = () => {
    const boxes = [...groups.children];
    chosen = Math.min(chosen, Math.max(0, boxes.length - 1));
    boxes.forEach((group, k) => {
      group.classList.toggle("nbh-chosen", k === chosen);
      tabOf(group).textContent = group.querySelector(".nbh-heading, label")?.firstChild.textContent || group.textContent.trim();
      tabOf(group).setAttribute("aria-pressed", String(k === chosen));
    });
    arrange(tabs, boxes.map(tabOf));
    tabs.hidden = boxes.length < 2;
  };
  box.append(pinned, tabs, groups);
  follow(model, ["groups"], showGroups, signal);
  follow(model, ["state_text"], showValues, signal);
  follow(model, ["answered"], () => { if (courier.isAnswered()) showAllValues(); }, signal);
}

// --- the picture and its words ---------------------------------------------------------------------------------------

// Bytes as text; browsers from before autumn 2025 have no function of their own for it.
const toBase64 = (bytes) => bytes.toBase64?.() ?? btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

function addPicture(model, box, courier, signal) {
  const image = make("img", { class: "nbh-image", draggable: "false" });
  const stage = make("div", { class: "nbh-stage" }, image);
  const words = make("figcaption", { class: "nbh-words" });
  const alert = make("div", { class: "nbh-alert", role: "alert" });
  box.append(make("figure", { class: "nbh-figure" }, make("div", { class: "nbh-window" }, stage), words), alert);
  const showImage = () => { // not a Blob, which the browser hands to another process and then fetches from there
    const { buffer, byteOffset, byteLength } = model.get("png");
    image.src = `data:image/png;base64,${toBase64(new Uint8Array(buffer, byteOffset, byteLength))}`;
  };
  follow(model, ["alt"], () => { image.alt = model.get("alt"); }, signal);
  follow(model, ["words"], () => { words.textContent = model.get("words"); }, signal);
  // What changes many times a second is not read aloud; what is seen when it stops can be.
  follow(model, ["playing"], () => { words.setAttribute("aria-live", model.get("playing") ? "off" : "polite"); }, signal);
  follow(model, ["png"], showImage, signal);
  const notes = { error: "", silence: "" };
  const note = (kind, text) => {
    notes[kind] = text;
    const all = [notes.error, notes.silence].filter(Boolean).join("\n");
    if (alert.textContent !== all) alert.textContent = all;
  };
  follow(model, ["error"], () => note("error", model.get("error")), signal);
  return { image, stage, note };
}

// Points that can be moved: with the mouse, a finger, the arrow keys.
function addHandles(model, stage, image, courier, signal) {
  const points = [];
  const makePoint = (handle) => {
    const point = make("button", { type: "button", class: "nbh-handle" });
    point.addEventListener("pointerdown", (event) => { point.setPointerCapture(event.pointerId); event.preventDefault(); point.focus(); });
    point.addEventListener("pointermove", (event) => {
      if (!point.hasPointerCapture(event.pointerId)) return;
      const box = image.getBoundingClientRect();
      const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
      courier.send(`handle ${handle}`, { kind: "handle", handle, x, y });
    });
    point.addEventListener("touchmove", (event) => event.preventDefault(), { passive: false });
    point.addEventListener("keydown", (event) => {
      const [right, up] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] || [0, 0];
      if (!right && !up) return;
      event.preventDefault();
      if (!event.repeat || courier.isIdle()) courier.tell({ kind: "handle", handle, right, up });
    });
    return point;
  };
  const show = () => {
    model.get("handles").forEach((look, k) => {
      if (!points[k]) {
        points[k] = makePoint(k);
        stage.append(points[k]);
      }
      points[k].hidden = !look.length;
      if (!look.length) return;
      [points[k].style.left, points[k].style.top] = [`${100 * look[0]}%`, `${100 * look[1]}%`];
      if (points[k].title !== look[2]) {
        points[k].title = look[2];
        points[k].setAttribute("aria-label", `${look[2]}; arrow keys move it`);
      }
    });
  };
  follow(model, ["handles"], show, signal);
}

// --- what is done in the picture -------------------------------------------------------------------------------------

function listen(model, image, stage, courier, signal) {
  const { clickable, keys, keys_help: help, drag_box: box } = model.get("listens");
  if (box.length) takeDrags(model, image, courier, signal, box); // before clicks, to keep them from following a drag
  if (clickable) takeClicks(model, image, courier, signal);
  if (keys.length) takeKeys(stage, courier, signal, keys, help);
}

// Where it happened, in CSS pixels of the picture's full size.
function placeOf(event, model, image) {
  const box = image.getBoundingClientRect();
  const scale = model.get("width") / box.width;
  return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
}

function takeClicks(model, image, courier, signal) {
  image.classList.add("nbh-clickable");
  image.addEventListener("click", (event) => {
    const [x, y] = placeOf(event, model, image);
    courier.tell({ kind: "click", x, y });
  }, { signal });
}

const LEAST_DRAG = 4; // CSS pixels; what moves less is a click
const MOST_CORNERS = 400;

// A line is told corner by corner, as fast as it is answered; what comes meanwhile is told together.
function takeDrags(model, image, courier, signal, [left, top, width, height]) {
  let start = null; // while the button is held down
  let line = null; // the corners that have not been told, after the last one that has; null outside the box
  let hasMoved = false;
  const tell = (isLast) => {
    if (!line || line.length < 2 || !(isLast || courier.isIdle())) return;
    courier.tell({ kind: "drag", points: line.slice(-MOST_CORNERS) });
    line = line.slice(-1);
  };
  const isInside = ([x, y]) => x >= left && x < left + width && y >= top && y < top + height;
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
    tell(false);
  });
  on("pointerup", () => {
    tell(true);
    start = line = null;
  });
  on("pointercancel", () => { start = line = null; });
  on("click", (event) => { if (hasMoved) event.stopImmediatePropagation(); });
  on("touchmove", (event) => { if (line) event.preventDefault(); }, { passive: false }); // else it would scroll the page
  follow(model, ["answered"], () => tell(false), signal);
}

function takeKeys(stage, courier, signal, keys, help) {
  const name = help || "picture that takes keys";
  for (const [attribute, value] of [["tabindex", "0"], ["role", "application"], ["aria-label", name], ["title", name]]) {
    stage.setAttribute(attribute, value);
  }
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !keys.includes(event.key) || event.target !== stage) return;
    event.preventDefault();
    if (!event.repeat || courier.isIdle()) courier.tell({ kind: "key", key: event.key }); // a key that is held down
  }, { signal });
}

const QUICK = 20; // milliseconds of an interval, below which the next frame is made while this one is on its way

// While it plays the kernel is told of a beat, an interval after it has answered one; of quick ones a second is under way
// meanwhile. Frames do not count: a slider that is moved while it plays brings frames of its own.
function keepBeat({ model }) {
  const from = Math.random().toString(36).slice(2);
  let [sent, answered, timer] = [0, 0, null];
  const beat = () => post(model, { kind: "beat", from, number: sent += 1 });
  const ask = (patience) => { // where it is silent once more, ever less often: what was told may be lost with its line
    if (beat()) timer = setTimeout(() => ask(2 * patience), patience);
  };
  const tell = () => {
    const most = model.get("interval") < QUICK ? IN_FLIGHT : 1;
    while (sent - answered < most && beat());
    timer = setTimeout(() => ask(PATIENCE), PATIENCE);
  };
  const wait = () => {
    clearTimeout(timer);
    if (model.get("playing")) timer = setTimeout(tell, model.get("interval"));
  };
  const onAnswer = () => {
    const [who, number] = model.get("answered");
    if (who !== from) return;
    answered = number;
    wait();
  };
  const goOn = () => { if (model.get("unfinished")) post(model, { kind: "more" }); };
  model.on("change:playing", wait);
  model.on("change:answered", onAnswer);
  model.on("change:unfinished change:beats", goOn);
  return () => {
    clearTimeout(timer);
    model.off("change:playing", wait);
    model.off("change:answered", onAnswer);
    model.off("change:unfinished change:beats", goOn);
  };
}

// Says so when nothing comes any more of what plays, or of what takes longer than a frame.
function watchBeat(model, signal, say) {
  let timer = null;
  const watch = () => {
    clearTimeout(timer);
    say("");
    if (model.get("playing") || model.get("unfinished")) {
      timer = setTimeout(() => say(RUN_AGAIN), model.get("interval") + PATIENCE);
    }
  };
  follow(model, ["playing", "unfinished", "beats"], watch, signal);
  signal.addEventListener("abort", () => clearTimeout(timer));
}

// --- the state as text -----------------------------------------------------------------------------------------------

function addState(model, box, courier, signal) {
  const input = make("input", { type: "text", class: "nbh-state", spellcheck: "false", autocomplete: "off" });
  const label = make("label", {}, "State: copy it, or put another in its place and press Enter", input);
  box.append(make("details", { class: "nbh-details" }, make("summary", {}, "Keep or restore this state"), label));
  let isEdited = false;
  const show = () => { if (!isEdited) input.value = model.get("state_text"); };
  const leave = () => { isEdited = false; show(); };
  input.addEventListener("focus", () => input.select());
  input.addEventListener("input", () => { isEdited = true; });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    if (event.key !== "Enter") return;
    isEdited = false;
    courier.tell({ kind: "state", text: input.value });
  });
  follow(model, ["state_text"], show, signal);
}

// --- room and sharpness ----------------------------------------------------------------------------------------------

// Large letters, the whole screen, a narrow page: how much room there is, and what is to be drawn in it.
function fitToRoom(model, root, main, image, tools, signal) {
  let isLarge = model.get("large");
  const large = make("button", { type: "button", class: "nbh-button", title: "Large letters, for the last row" }, "Large");
  const full = make("button", { type: "button", class: "nbh-button", title: "Fill the whole screen" }, "Full screen");
  tools.append(large, full);
  const panels = make("div", { class: "nbh-panels", role: "group", "aria-label": "which panel is shown" });
  main.prepend(panels);
  // What was once needed for the words stays free: controls below them would move away under the finger.
  const words = main.querySelector(".nbh-words");
  let wordsWidth = 0;
  const keepRoom = () => {
    if (words.clientWidth !== wordsWidth) words.style.minHeight = "";
    wordsWidth = words.clientWidth;
    words.style.minHeight = `${words.offsetHeight}px`;
  };
  const names = model.get("panel_names");
  const choosePanel = (k) => { model.set("panel", k); model.save_changes(); };
  const buttons = names.map((name, k) => {
    const button = make("button", { type: "button" }, name);
    button.addEventListener("click", () => choosePanel(k));
    return button;
  });
  panels.append(...buttons);
  const regions = model.get("regions"); // of a page that is not taken apart
  const scale = () => (!isLarge ? 1 : regions.length ? LARGE_PAGE : LARGE);
  const fit = () => {
    const width = root.clientWidth;
    if (!width) return;
    const isNarrow = width < NARROW || (width < WIDE && window.innerHeight < LOW);
    root.classList.toggle("nbh-narrow", isNarrow);
    root.classList.toggle("nbh-wide", width >= WIDE);
    root.classList.toggle("nbh-large", isLarge);
    large.setAttribute("aria-pressed", String(isLarge));
    const isPart = isNarrow || isLarge;
    root.classList.toggle("nbh-part", isPart);
    panels.hidden = !isPart || names.length < 2;
    const height = isLarge ? Math.max(260, window.innerHeight - (document.fullscreenElement === root ? 190 : 270)) : Math.max(180, Math.min(0.8 * main.clientWidth, window.innerHeight - 290 - (regions.length ? panels.offsetHeight : 0)));
    main.style.setProperty("--nbh-room", `${Math.round(height)}px`);
    const room = isPart && names.length && !regions.length ? [main.clientWidth - 2, height].map((length) => Math.max(160, Math.floor(length / scale()))) : [];
    if (String(room) !== String(model.get("room"))) {
      model.set("room", room);
      model.save_changes();
    }
    setSize();
  };
  const setSize = () => {
    const [width, height] = [model.get("width"), model.get("height")];
    image.style.width = `${scale() * width}px`;
    image.style.aspectRatio = `${width} / ${height}`;
    buttons.forEach((button, k) => button.setAttribute("aria-pressed", String(k === model.get("panel"))));
    showRegion();
    reportSoon();
  };
  const showRegion = () => {
    const [left, top] = regions[model.get("panel")] || [0, 0];
    const size = image.clientWidth / model.get("width");
    image.closest(".nbh-window").scrollTo({ left: left * size, top: top * size });
  };
  // A pixel of the picture is to be a pixel of the screen, whatever the screen, the zoom and the width of the page.
  const report = () => {
    const ratio = (window.devicePixelRatio * image.clientWidth) / model.get("width");
    if (!ratio || Math.abs(ratio - model.get("ratio")) < 1e-3) return;
    model.set("ratio", ratio);
    model.save_changes();
  };
  let [timer, fitting] = [null, null];
  const reportSoon = () => { // once, when zooming or the dragging of a window border has come to rest
    clearTimeout(timer);
    timer = setTimeout(report, 100);
  };
  const fitSoon = () => {
    clearTimeout(fitting);
    fitting = setTimeout(fit, 60);
  };
  large.addEventListener("click", () => { isLarge = !isLarge; fit(); root.scrollIntoView({ block: "nearest" }); });
  full.addEventListener("click", () => { document.fullscreenElement === root ? document.exitFullscreen() : root.requestFullscreen?.(); });
  document.addEventListener("fullscreenchange", () => {
    const isFull = document.fullscreenElement === root;
    full.textContent = isFull ? "Leave full screen" : "Full screen";
    if (isFull) isLarge = true;
    fitSoon();
  }, { signal });
  const watchScreen = () => {
    const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener("change", () => { reportSoon(); watchScreen(); }, { once: true, signal });
  };
  const wordsObserver = new ResizeObserver(keepRoom);
  wordsObserver.observe(words);
  const observer = new ResizeObserver(() => { fitSoon(); reportSoon(); });
  observer.observe(root);
  observer.observe(image);
  window.addEventListener("resize", fitSoon, { signal });
  watchScreen();
  follow(model, ["width", "height", "panel"], setSize, signal);
  fit();
  signal.addEventListener("abort", () => { clearTimeout(timer); clearTimeout(fitting); observer.disconnect(); wordsObserver.disconnect(); });
}

// ---------------------------------------------------------------------------------------------------------------------

function render({ model, el }) {
  const controller = new AbortController();
  const { signal } = controller;
  el.classList.add("nbh-explorer");
  el.classList.toggle("nbh-tabbed", model.get("pinned"));
  el.setAttribute("data-lm-suppress-shortcuts", "true"); // keys belong to the controls here, not to the notebook
  el.addEventListener("keydown", (event) => event.stopPropagation(), { signal });
  const [main, side] = [make("div", { class: "nbh-main" }), make("div", { class: "nbh-controls" })];
  el.append(main, side);
  let note = () => {};
  const say = (text) => note("silence", text);
  const courier = makeCourier(model, signal, say);
  const picture = addPicture(model, main, courier, signal);
  note = picture.note;
  watchBeat(model, signal, say);
  addHandles(model, picture.stage, picture.image, courier, signal);
  listen(model, picture.image, picture.stage, courier, signal);
  addControls(model, side, courier, signal);
  const tools = make("div", { class: "nbh-actions nbh-view" });
  side.append(tools);
  addState(model, side, courier, signal);
  fitToRoom(model, el, main, picture.image, tools, signal);
  return () => controller.abort();
}

export default { initialize: keepBeat, render };
