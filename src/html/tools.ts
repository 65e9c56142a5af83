/** What the files that people work with (labelling, classifying) share: tones, brand, language. */
import { languages } from "../words/index.ts";
import { type Html, html } from "./markup.ts";

/** Colours in light and dark, type, and the line on top; both fonts' lists name what is installed. */
export const toolTones = `
:root{color-scheme:light dark;--paper:#f3f5f4;--card:#fff;--ink:#191d20;--muted:#566068;--rule:#d3dad8;--soft:#e8eceb;--accent:#00568f;--on-accent:#fff;--warn:#9a3400;
--sans:"Hiragino Sans","Hiragino Kaku Gothic ProN","Noto Sans JP","Noto Sans CJK JP","BIZ UDPGothic","Yu Gothic UI",Meiryo,system-ui,sans-serif;
--latin:"Inter","Helvetica Neue","Segoe UI",Roboto,"Liberation Sans",Arial,var(--sans)}
@media (prefers-color-scheme:dark){:root{--paper:#0f1214;--card:#1b2023;--ink:#e8ebea;--muted:#a3adb3;--rule:#353d42;--soft:#262d31;--accent:#7cc4f5;--on-accent:#06121a;--warn:#ff9a6c}}
*{box-sizing:border-box}
html{font:16px/1.6 var(--latin);color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%}
html:lang(ja){font-family:var(--sans);line-break:strict}
.away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem}
.brand{font-weight:650;overflow-wrap:anywhere}.brand [lang=ja]{border:1.5px solid currentColor;border-radius:3px;padding:0 .4em;margin-right:.4em;font-size:.82em;letter-spacing:.1em}
.languages{border:0;margin:0;display:flex;background:var(--soft);border-radius:999px;padding:3px;flex:none}
.languages span{display:block;padding:.3rem .9rem;border-radius:999px;font-size:.875rem;color:var(--muted);cursor:pointer}
.languages input:checked+span{background:var(--card);color:var(--ink)}
footer{margin:2.5rem 0 1rem;color:var(--muted);font-size:.85rem}
`;

const own = { en: "English", ja: "日本語" } as const;

/** Two choices named in their own language; `legend` is the sentence that a script says for it. */
export function languageSwitch(legend: string): Html {
  return html`<fieldset class="languages"><legend class="away" data-say="${legend}"></legend>${languages.map((one) => html`<label lang="${one}"><input type="radio" name="language" value="${one}"><span>${own[one]}</span></label>`)}</fieldset>`;
}
