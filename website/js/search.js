// A search over all pages, without a server: the words of the site are one script, loaded when the field is first used.
const up = document.currentScript.dataset.up;
const form = document.querySelector("form.search");
const [field, list, told] = [form.querySelector("input"), form.querySelector(".found"), form.querySelector(".told")];
const MOST = 12;
let words = null;

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("focus", load, { once: true });
field.addEventListener("input", async () => show(find(await load(), field.value)));
form.addEventListener("keydown", (event) => {
  if (event.key === "Escape") show(null);
});
document.addEventListener("click", (event) => {
  if (!form.contains(event.target)) show(null);
});

function load() {
  words ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${up}js/words.js`;
    script.onload = () => resolve(window.WORDS);
    script.onerror = reject;
    document.head.append(script);
  });
  return words;
}

// Sections that hold every word asked for; a word in a heading counts for more than one in the text.
function find(sections, asked) {
  const wanted = asked.toLowerCase().split(/\s+/).filter(Boolean);
  if (!wanted.length) return null;
  const scored = sections.map(([page, heading, address, text]) => {
    const [high, low] = [`${page} ${heading}`.toLowerCase(), text.toLowerCase()];
    if (!wanted.every((word) => high.includes(word) || low.includes(word))) return null;
    const score = wanted.reduce((sum, word) => sum + 8 * high.includes(word) + Math.min(low.split(word).length - 1, 5), 0);
    return { page, heading, address, text, score, wanted };
  });
  return scored.filter(Boolean).sort((a, b) => b.score - a.score);
}

function show(found) {
  list.hidden = !found?.length;
  told.textContent = found ? `${found.length || "no"} sections found` : "";
  list.replaceChildren(...(found ?? []).slice(0, MOST).map(entry));
  if (found && !found.length) {
    list.hidden = false;
    list.append(Object.assign(document.createElement("li"), { textContent: "Nothing found. Try a shorter piece of the word." }));
  }
}

function entry({ page, heading, address, text, wanted }) {
  const [item, link, title, around] = ["li", "a", "b", "span"].map((tag) => document.createElement(tag));
  link.href = up + address;
  title.textContent = heading || page;
  const at = Math.max(0, text.toLowerCase().indexOf(wanted[0]));
  around.append(heading ? `${page}: ` : "", at > 40 ? "…" : "", text.slice(Math.max(0, at - 40), at));
  const mark = document.createElement("mark");
  mark.textContent = text.slice(at, at + wanted[0].length);
  if (text.slice(at).toLowerCase().startsWith(wanted[0])) around.append(mark);
  around.append(text.slice(at + (mark.isConnected || mark.parentNode ? wanted[0].length : 0), at + 110), "…");
  link.append(title, around);
  item.append(link);
  return item;
}
