/** The sheet's look: one picture large beside big answers; desk, tablet and phone, light and dark. */
import { toolTones } from "../html/index.ts";

export const style = `${toolTones}
body,h1,h2,p,figure,ol{margin:0;padding:0}
h1{font-size:1.5rem;line-height:1.35;letter-spacing:-.01em}h2{font-size:1rem}
img{display:block;max-width:100%}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
button,input{font:inherit;color:inherit}
button{cursor:pointer;border:1px solid var(--rule);border-radius:8px;background:var(--card);padding:.5rem 1rem;min-height:44px}
button:disabled{opacity:.45;cursor:default}
input:not([type=radio]){border:1px solid var(--muted);border-radius:8px;background:var(--card);padding:.5rem .75rem;min-height:44px;min-width:0}
.hint,figcaption{color:var(--muted);font-size:.9rem}
.warning,#complaint{color:var(--warn);font-size:.9rem}
header,main{max-width:72rem;margin:auto;padding:.9rem clamp(1rem,3vw,2rem)}
.languages input{position:absolute;opacity:0}
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
@media (max-width:44rem){.work{grid-template-columns:1fr}.stage{height:38vh}.keys{display:none}}
`;
