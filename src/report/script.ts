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
