/** What runs in the page: the language's memory, terms placed at hand, copying, and the map. */
import { mapScript } from "./map-script.ts";

const pageScript = `
"use strict";
const root = document.documentElement;
const remembered = (() => { try { return localStorage.getItem("tanafuda-language"); } catch { return null; } })();
const radios = [...document.querySelectorAll("input[name=language]")];
const speak = (language) => {
  for (const radio of radios) radio.checked = radio.value === language;
  root.lang = language;
};
for (const radio of radios) radio.addEventListener("change", () => {
  speak(radio.value);
  try { localStorage.setItem("tanafuda-language", radio.value); } catch {}
  document.dispatchEvent(new Event("languagechange"));
});
if (remembered === "en" || remembered === "ja") speak(remembered);
const phrase = (id) => document.querySelector('[data-phrase="' + id + '"] .' + root.lang).textContent;

/** A custom property as the colour that it is now, in light or dark. */
const swatch = document.createElement("i");
swatch.hidden = true; document.body.append(swatch);
const ink = (property) => { swatch.style.color = "var(" + property + ")"; return getComputedStyle(swatch).color; };
const darkness = matchMedia("(prefers-color-scheme: dark)");
const themes = [...document.querySelectorAll("input[name=theme]")];
const theme = () => themes.find((radio) => radio.checked)?.value;
const isDark = () => theme() === "dark" || (theme() === "auto" && darkness.matches);
const rememberedTheme = (() => { try { return localStorage.getItem("tanafuda-theme"); } catch { return null; } })();
for (const radio of themes) {
  if (radio.value === rememberedTheme) radio.checked = true;
  radio.addEventListener("change", () => {
    try { localStorage.setItem("tanafuda-theme", radio.value); } catch {}
    document.dispatchEvent(new Event("themechange"));
  });
}
darkness.addEventListener("change", () => document.dispatchEvent(new Event("themechange")));

/** Texts that HTML cannot hold in two languages at once: options and placeholders. */
const sayAgain = () => {
  for (const option of document.querySelectorAll("option[data-say]")) option.textContent = phrase(option.dataset.say);
  for (const input of document.querySelectorAll(".group-name")) input.placeholder = phrase("report/group-placeholder");
};
document.addEventListener("languagechange", sayAgain);
sayAgain();

let groupNames = [];
const groupsData = document.getElementById("groups-data");
if (groupsData) {
  const groups = JSON.parse(groupsData.textContent);
  const inputs = [...document.querySelectorAll(".group-name")];
  try { groupNames = JSON.parse(localStorage.getItem(groups.key) ?? "[]"); } catch {}
  if (!Array.isArray(groupNames)) groupNames = [];
  for (const [i, input] of inputs.entries()) {
    input.value = typeof groupNames[i] === "string" ? groupNames[i] : "";
    input.addEventListener("input", () => {
      groupNames = inputs.map((one) => one.value.trim());
      try { localStorage.setItem(groups.key, JSON.stringify(groupNames)); } catch {}
      document.dispatchEvent(new Event("groupsnamed"));
    });
  }
  const cell = (text) => '"' + String(text).replaceAll('"', '""') + '"';
  const table = () => {
    const called = (i) => groupNames[i] || String(i + 1);
    const rows = groups.path.length > 0
      ? [["file", "groups"], ...groups.path.map((path, i) => [path, called(groups.group[i])])]
      : [["group", "groups"], ...inputs.map((_, i) => [i + 1, called(i)])];
    return "\\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\\r\\n") + "\\r\\n";
  };
  document.getElementById("groups-download").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([table()], { type: "text/csv" }));
    link.download = "groups.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

let opener = null;
document.addEventListener("click", (event) => { opener = event.target.closest(".term") ?? opener; }, true);
for (const popover of document.querySelectorAll("[popover]")) popover.addEventListener("toggle", (event) => {
  if (event.newState !== "open" || !opener || innerWidth <= 704) return;
  const box = opener.getBoundingClientRect();
  const left = Math.max(16, Math.min(box.left, innerWidth - popover.offsetWidth - 16));
  const below = box.bottom + 8 + popover.offsetHeight < innerHeight;
  Object.assign(popover.style, { margin: "0", left: left + "px", right: "auto", bottom: "auto",
    top: (below ? box.bottom + 8 : box.top - 8 - popover.offsetHeight) + "px" });
});

for (const button of document.querySelectorAll(".copy")) button.addEventListener("click", async () => {
  const before = button.innerHTML;
  try { await navigator.clipboard.writeText(button.previousElementSibling.textContent); } catch { return; }
  button.textContent = phrase("report/copied");
  setTimeout(() => { button.innerHTML = before; }, 1500);
});

const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    for (const a of links.values()) a.removeAttribute("aria-current");
    links.get(target.id)?.setAttribute("aria-current", "true");
  }
}, { rootMargin: "-20% 0px -70% 0px" });
for (const id of links.keys()) { const section = document.getElementById(id); if (section) watch.observe(section); }
addEventListener("beforeprint", () => { for (const d of document.querySelectorAll("main details:not(#details details)")) d.open = true; });
`;

export const script = pageScript + mapScript;
