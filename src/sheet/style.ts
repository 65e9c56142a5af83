/** The sheet's look: one picture large beside big answers; desk, tablet and phone, light and dark. */

export const style = `
:root{color-scheme:light dark;--paper:#f3f5f4;--card:#fff;--ink:#191d20;--muted:#566068;--rule:#d3dad8;--soft:#e8eceb;--accent:#00568f;--on-accent:#fff;--warn:#9a3400;
--sans:"Hiragino Sans","Hiragino Kaku Gothic ProN","Noto Sans JP","Noto Sans CJK JP","BIZ UDPGothic","Yu Gothic UI",Meiryo,system-ui,sans-serif;
--latin:"Inter","Helvetica Neue","Segoe UI",Roboto,"Liberation Sans",Arial,var(--sans)}
@media (prefers-color-scheme:dark){:root{--paper:#0f1214;--card:#1b2023;--ink:#e8ebea;--muted:#a3adb3;--rule:#353d42;--soft:#262d31;--accent:#7cc4f5;--on-accent:#06121a;--warn:#ff9a6c}}
*{box-sizing:border-box}
html{font:16px/1.6 var(--latin);color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%}
html:lang(ja){font-family:var(--sans);line-break:strict}
body,h1,h2,p,figure,ol{margin:0;padding:0}
h1{font-size:1.5rem;line-height:1.35;letter-spacing:-.01em}h2{font-size:1rem}
img{display:block;max-width:100%}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
button,input{font:inherit;color:inherit}
button{cursor:pointer;border:1px solid var(--rule);border-radius:8px;background:var(--card);padding:.5rem 1rem;min-height:44px}
button:disabled{opacity:.45;cursor:default}
input:not([type=radio]){border:1px solid var(--muted);border-radius:8px;background:var(--card);padding:.5rem .75rem;min-height:44px;min-width:0}
.away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.hint,figcaption{color:var(--muted);font-size:.9rem}
.warning,#complaint{color:var(--warn);font-size:.9rem}
header,main{max-width:72rem;margin:auto;padding:.9rem clamp(1rem,3vw,2rem)}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem}
.brand{font-weight:650;overflow-wrap:anywhere}.brand [lang=ja]{border:1.5px solid currentColor;border-radius:3px;padding:0 .4em;margin-right:.4em;font-size:.82em;letter-spacing:.1em}
.languages{border:0;margin:0;display:flex;background:var(--soft);border-radius:999px;padding:3px;flex:none}
.languages input{position:absolute;opacity:0}
.languages span{display:block;padding:.3rem .9rem;border-radius:999px;font-size:.875rem;color:var(--muted);cursor:pointer}
.languages input:checked+span{background:var(--card);color:var(--ink)}
.languages input:focus-visible+span{outline:3px solid var(--accent)}
.intro p{max-width:46rem;margin-top:.4rem;color:var(--muted)}.intro .warning{color:var(--warn)}
.work{display:grid;grid-template-columns:minmax(0,1.5fr) minmax(17rem,1fr);gap:clamp(1rem,3vw,2rem);margin-top:1.4rem;align-items:start}
.stage{position:relative;background:var(--card);border:1px solid var(--rule);border-radius:12px;height:min(52vh,30rem);display:grid;place-items:center;overflow:hidden;padding:.5rem 3.4rem}
.stage img{width:100%;height:100%;object-fit:contain;image-rendering:auto;min-height:0}
.turn{position:absolute;top:0;bottom:0;width:3.2rem;border:0;border-radius:0;background:transparent;font-size:1.8rem;color:var(--muted)}
#previous{left:0}#next{right:0}.turn:hover:not(:disabled){background:var(--soft);color:var(--ink)}
figcaption{margin-top:.7rem}#path{overflow-wrap:anywhere;color:var(--ink)}
.answers h2{margin-bottom:.6rem}
#classes{display:grid;gap:.5rem}
.row{display:flex;gap:.4rem}
.option{flex:1;display:flex;align-items:center;gap:.8rem;text-align:left;min-height:52px;overflow-wrap:anywhere}
.option:hover{border-color:var(--accent)}
.option[aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
kbd{font:600 .85rem/1 var(--latin);min-width:1.75em;text-align:center;border:1px solid currentColor;border-radius:5px;padding:.35em;opacity:.75}
.remove{border-color:transparent;background:transparent;color:var(--muted);padding:.5rem .8rem}
#adding{display:flex;gap:.5rem;margin-top:.8rem}#adding input{flex:1}
.acts{display:flex;gap:.5rem;margin-top:1rem;flex-wrap:wrap}.keys{margin-top:.8rem}
.standing{margin:1.6rem 0 2rem;padding:1.1rem 1.3rem;background:var(--card);border:1px solid var(--rule);border-radius:12px}
#progress{font-weight:650}
progress{width:100%;height:.7rem;margin:.4rem 0;accent-color:var(--accent)}
.saving{display:flex;gap:.6rem;align-items:center;flex-wrap:wrap;margin-top:.9rem}.saving label{color:var(--muted);font-size:.9rem}
.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-weight:650}
#message{min-height:1.6em;margin-top:.6rem;overflow-wrap:anywhere}
#all{list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(7rem,1fr));gap:.6rem;margin-top:.8rem}
#all button{width:100%;padding:.35rem;display:grid;gap:.3rem;font-size:.8rem;text-align:center}
#all img{width:100%;aspect-ratio:1;object-fit:contain;background:var(--soft);border-radius:5px}
#all span{color:var(--muted);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
#all .answered{border-color:var(--accent)}#all .answered span{color:var(--ink);font-weight:600}
#all [aria-current]{outline:3px solid var(--accent);outline-offset:1px}
footer{margin:2.5rem 0 1rem;color:var(--muted);font-size:.85rem}
@media (max-width:44rem){.work{grid-template-columns:1fr}.stage{height:38vh}.keys{display:none}}
`;
