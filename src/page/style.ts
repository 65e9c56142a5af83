/** The page's look: one place to drop pictures, answers below it; desk, tablet and phone, light and dark. */

export const style = `
:root{color-scheme:light dark;--paper:#f3f5f4;--card:#fff;--ink:#191d20;--muted:#566068;--rule:#d3dad8;--soft:#e8eceb;--accent:#00568f;--warn:#9a3400;
--sans:"Hiragino Sans","Hiragino Kaku Gothic ProN","Noto Sans JP","Noto Sans CJK JP","BIZ UDPGothic","Yu Gothic UI",Meiryo,system-ui,sans-serif;
--latin:"Inter","Helvetica Neue","Segoe UI",Roboto,"Liberation Sans",Arial,var(--sans)}
@media (prefers-color-scheme:dark){:root{--paper:#0f1214;--card:#1b2023;--ink:#e8ebea;--muted:#a3adb3;--rule:#353d42;--soft:#262d31;--accent:#7cc4f5;--warn:#ff9a6c}}
*{box-sizing:border-box}
html{font:16px/1.6 var(--latin);color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%}
html:lang(ja){font-family:var(--sans);line-break:strict}
body,h1,h2,p,ol,ul{margin:0;padding:0}
h1{font-size:1.5rem;line-height:1.35}h2{font-size:1.15rem;overflow-wrap:anywhere}
.away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.hint,.lead,.file{color:var(--muted);font-size:.9rem}.file{overflow-wrap:anywhere}
header,main{max-width:60rem;margin:auto;padding:.9rem clamp(1rem,3vw,2rem)}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem}
.brand{font-weight:650;overflow-wrap:anywhere}.brand [lang=ja]{border:1.5px solid currentColor;border-radius:3px;padding:0 .4em;margin-right:.4em;font-size:.82em;letter-spacing:.1em}
.languages{border:0;margin:0;display:flex;background:var(--soft);border-radius:999px;padding:3px;flex:none}
.languages input,#file{position:absolute;opacity:0}
.languages span{display:block;padding:.3rem .9rem;border-radius:999px;font-size:.875rem;color:var(--muted);cursor:pointer}
.languages input:checked+span{background:var(--card);color:var(--ink)}
.languages input:focus-visible+span,#drop:focus-within{outline:3px solid var(--accent);outline-offset:2px}
#drop{display:grid;place-items:center;gap:.2rem;margin-top:1.2rem;min-height:9rem;padding:1.5rem;text-align:center;background:var(--card);border:2px dashed var(--muted);border-radius:12px;cursor:pointer}
#drop.over{border-color:var(--accent);background:var(--soft)}
#state{min-height:1.6em;margin-top:.7rem;color:var(--muted)}#state.bad,.bad{color:var(--warn)}
#results{list-style:none;display:grid;gap:1rem;margin-top:1rem}
#results>li{display:grid;grid-template-columns:minmax(6rem,11rem) minmax(0,1fr);gap:1.2rem;padding:1rem;background:var(--card);border:1px solid var(--rule);border-radius:12px}
#results img{width:100%;max-height:11rem;object-fit:contain;background:var(--soft);border-radius:6px}
.bars{list-style:none;display:grid;gap:.3rem;margin-top:.6rem}
.bars li{display:grid;grid-template-columns:minmax(5rem,12rem) 1fr 4.5rem;gap:.7rem;align-items:center;font-size:.9rem}
.bars span:first-child{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.bars i{display:block;height:.7rem;background:var(--soft);border-radius:4px;overflow:hidden}
.bars i b{display:block;height:100%;background:var(--accent)}
.bars span:last-child{text-align:right;font-variant-numeric:tabular-nums}
footer{margin:2.5rem 0 1rem;color:var(--muted);font-size:.85rem}
@media (max-width:34rem){#results>li{grid-template-columns:1fr}}
`;
