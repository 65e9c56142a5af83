/** What runs on the sheet: keys and taps, undo, keeping answers in the browser, saving the list. */

export const script = `
"use strict";
const sheet = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const at = (id) => document.getElementById(id);
const storage = (() => { try { const probe = "tanafuda-probe"; localStorage.setItem(probe, "1"); localStorage.removeItem(probe); return localStorage; } catch { return null; } })();
const place = "tanafuda-sheet-" + sheet.id;
const unknown = "";

const state = { classes: [], answers: {}, past: [], by: "", saved: 0, ...read() };
let shown = 0;
let changed = false;

function read() {
  try {
    const kept = JSON.parse(storage?.getItem(place) ?? "{}");
    return typeof kept === "object" && kept !== null ? kept : {};
  } catch { return {}; }
}
function keep() {
  changed = true;
  try { storage?.setItem(place, JSON.stringify(state)); } catch { at("not-kept").hidden = false; }
}

const classes = () => [...sheet.classes, ...state.classes];
const answerOf = (i) => state.answers[sheet.items[i].path];
const isDone = (i) => answerOf(i) !== undefined;
const count = () => sheet.items.filter((_, i) => isDone(i)).length;
const say = (id, values = {}) => sheet.words[root.lang][id].replace(/\\{(\\w+)\\}/g, (whole, name) => values[name] ?? whole);
const number = (x) => x.toLocaleString(root.lang);
const percent = (x) => x.toLocaleString(root.lang, { style: "percent" });
const labelText = (answer) => answer === undefined ? say("sheet/unanswered") : answer.label === unknown ? say("sheet/cannot-tell") : answer.label;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function answer(label) {
  const { path, shown: name } = sheet.items[shown];
  remember();
  state.answers[path] = { label, time: new Date().toISOString() };
  at("message").textContent = say("sheet/answered", { path: name, label: label === unknown ? say("sheet/cannot-tell") : label });
  keep();
  const rest = [...sheet.items.keys()].filter((i) => !isDone(i));
  go(rest.find((i) => i > shown) ?? rest[0] ?? shown);
}
function remember() {
  const { path } = sheet.items[shown];
  state.past.push({ path, before: state.answers[path] ?? null });
}
function clear() {
  if (!isDone(shown)) return;
  remember();
  delete state.answers[sheet.items[shown].path];
  keep();
  go(shown);
}
function undo() {
  const last = state.past.pop();
  if (last === undefined) return;
  if (last.before === null) delete state.answers[last.path]; else state.answers[last.path] = last.before;
  const i = sheet.items.findIndex(({ path }) => path === last.path);
  at("message").textContent = say("sheet/undone", { path: sheet.items[i]?.shown ?? last.path });
  keep();
  go(i < 0 ? shown : i);
}

function go(i) {
  shown = Math.max(0, Math.min(sheet.items.length - 1, i));
  paint();
}

function paint() {
  const item = sheet.items[shown];
  const picture = at("picture");
  if (picture.getAttribute("src") !== item.image) picture.src = item.image;
  picture.alt = item.shown;
  at("position").textContent = say("sheet/position", { at: number(shown + 1), items: number(sheet.items.length) });
  at("path").textContent = item.shown;
  at("reason").textContent = item.why[root.lang];
  const mine = answerOf(shown);
  const list = classes();
  const options = list.map((name, i) => option(name, i < 9 ? String(i + 1) : "", mine?.label === name, i - sheet.classes.length));
  at("classes").replaceChildren(...options, ...(list.length > 0 ? [option(unknown, "0", mine?.label === unknown, -1)] : []));
  at("no-classes").hidden = list.length > 0;
  at("undo").disabled = state.past.length === 0;
  at("clear").disabled = mine === undefined;
  at("previous").disabled = shown === 0;
  at("next").disabled = shown === sheet.items.length - 1;
  const done = count();
  at("progress").textContent = say("sheet/progress", { done: number(done), items: number(sheet.items.length) });
  at("bar").value = done / sheet.items.length;
  const covered = sheet.items.reduce((sum, { gain }, i) => sum + (isDone(i) && answerOf(i).label !== unknown ? gain : 0), 0);
  at("covered").textContent = say("sheet/covered", { covered: percent(covered) });
  if (done === sheet.items.length && done > state.saved) at("message").textContent = say("sheet/done", { dataset: sheet.dataset, file: sheet.file });
  [...at("all").children].forEach((row, i) => {
    const given = answerOf(i);
    const button = row.firstElementChild;
    button.classList.toggle("answered", given !== undefined);
    if (i === shown) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
    button.lastElementChild.textContent = labelText(given);
    button.setAttribute("aria-label", sheet.items[i].shown + ": " + labelText(given));
  });
}

function option(name, key, pressed, own) {
  const button = element("button", { type: "button", className: "option" },
    ...(key === "" ? [] : [element("kbd", { textContent: key })]), element("span", { textContent: name === unknown ? say("sheet/cannot-tell") : name }));
  button.setAttribute("aria-pressed", String(pressed));
  button.addEventListener("click", () => answer(name));
  const unused = own >= 0 && !Object.values(state.answers).some(({ label }) => label === name);
  if (!unused) return element("div", { className: "row" }, button);
  const remove = element("button", { type: "button", className: "remove", textContent: "×" });
  remove.setAttribute("aria-label", say("sheet/remove-class", { name }));
  remove.addEventListener("click", () => { state.classes.splice(own, 1); keep(); paint(); });
  return element("div", { className: "row" }, button, remove);
}

function speak(language) {
  root.lang = language;
  for (const radio of document.querySelectorAll("input[name=language]")) radio.checked = radio.value === language;
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", say(one.dataset.label));
  for (const one of document.querySelectorAll("[data-placeholder]")) one.placeholder = say(one.dataset.placeholder);
  at("message").textContent = "";
  at("complaint").textContent = "";
  paint();
}

// A spreadsheet would take what begins like a formula for one; as written by writeCsv, and undone as there.
const cell = (text) => { const safe = /^'*([\\s\\u00a0]*[=+\\-@＝＋－＠|%]|[\\t\\r\\n])/.test(text) ? "'" + text : text; return /[",\\r\\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe; };

function save() {
  const rows = sheet.items.flatMap(({ path, chosen, standsFor }, i) => {
    const given = answerOf(i);
    return given === undefined ? [] : [[path, given.label, state.by.trim(), given.time, chosen ?? "", standsFor === undefined ? "" : String(standsFor)]];
  });
  const text = [["path", sheet.labelSet, "labelled_by", "labelled_at", "chosen_by", "stands_for"], ...rows].map((row) => row.map(cell).join(",") + "\\r\\n").join("");
  const url = URL.createObjectURL(new Blob(["\\ufeff" + text], { type: "text/csv" }));
  element("a", { href: url, download: sheet.file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  state.saved = rows.length;
  keep();
  changed = false;
  at("message").textContent = say("sheet/saved", { dataset: sheet.dataset, file: sheet.file });
}

at("all").append(...sheet.items.map(({ image, shown: name }, i) => {
  const button = element("button", { type: "button" }, element("img", { src: image, alt: "", loading: "lazy" }), element("span"));
  button.title = name;
  button.addEventListener("click", () => { go(i); at("picture").scrollIntoView({ block: "nearest" }); });
  return element("li", {}, button);
}));
at("previous").addEventListener("click", () => go(shown - 1));
at("next").addEventListener("click", () => go(shown + 1));
at("undo").addEventListener("click", undo);
at("clear").addEventListener("click", clear);
at("save").addEventListener("click", save);
at("by").value = state.by;
at("by").addEventListener("input", ({ target }) => { state.by = target.value; keep(); });
at("adding").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = at("class-name").value.normalize("NFC").trim();
  const exists = classes().includes(name);
  at("complaint").textContent = exists ? say("sheet/class-exists", { name }) : "";
  if (name === "" || exists) return;
  state.classes.push(name);
  at("class-name").value = "";
  at("class-name").blur();
  keep();
  paint();
});
for (const radio of document.querySelectorAll("input[name=language]")) radio.addEventListener("change", () => {
  try { storage?.setItem("tanafuda-language", radio.value); } catch {}
  speak(radio.value);
});

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "radio";
  if ((event.ctrlKey || event.metaKey) && event.key === "s") { event.preventDefault(); save(); return; }
  if (typing) { if (event.key === "Escape") event.target.blur(); return; }
  if ((event.ctrlKey || event.metaKey) && event.key === "z") { event.preventDefault(); undo(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const list = classes();
  if (/^[1-9]$/.test(event.key) && Number(event.key) <= list.length) answer(list[Number(event.key) - 1]);
  else if (event.key === "0" && list.length > 0) answer(unknown);
  else if (event.key === "Backspace" || event.key === "u") undo();
  else if (event.target.type === "radio") return;
  else if (event.key === "ArrowLeft") go(shown - 1);
  else if (event.key === "ArrowRight") go(shown + 1);
  else return;
  event.preventDefault();
});
addEventListener("beforeunload", (event) => { if (changed && storage === null) event.preventDefault(); });

at("not-kept").hidden = storage !== null;
const remembered = (() => { try { return storage?.getItem("tanafuda-language"); } catch { return null; } })();
const first = sheet.items.findIndex((_, i) => !isDone(i));
shown = Math.max(0, first);
speak(remembered === "en" || remembered === "ja" ? remembered : root.lang);
`;
