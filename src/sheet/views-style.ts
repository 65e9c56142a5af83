/** The look of the page of views: pixels stay pixels, frames are told apart by tone and number. */
import { toolTones } from "../html/index.ts";

/** Okabe and Ito's, told apart by readers who see fewer colours; frames have a dark line below them. */
export const tones = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#d55e00", "#cc79a7"] as const;

export const style = `${toolTones}
body,h1,h2,p,figure,dl,dd{margin:0;padding:0}
h1{font-size:1.5rem;line-height:1.35;letter-spacing:-.01em}h2{font-size:.8rem;color:var(--muted);font-weight:600;grid-column:1/-1}
img{display:block;width:100%;image-rendering:pixelated}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
html:lang(en) .ja,html:lang(ja) .en{display:none}
header,main{max-width:80rem;margin:auto;padding:.9rem clamp(1rem,3vw,2rem)}
.languages input{position:absolute;opacity:0}
.languages input:focus-visible+span{outline:3px solid var(--accent)}
.lead{max-width:46rem;margin-top:.5rem}
.hint,figcaption,dt{color:var(--muted);font-size:.9rem}.hint{max-width:46rem;margin-top:.6rem}
dl{margin-top:.8rem;display:grid;gap:.2rem}dl div{display:flex;gap:.8rem;flex-wrap:wrap}dd{font-size:.9rem;overflow-wrap:anywhere}
section{margin-top:1.2rem;padding:1rem;background:var(--card);border:1px solid var(--rule);border-radius:12px;display:grid;grid-template-columns:minmax(0,15rem) minmax(0,1fr);gap:1rem 1.5rem;align-items:start}
.frame{position:relative}.frame svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
rect{fill:none;stroke-width:2px;vector-effect:non-scaling-stroke;filter:drop-shadow(0 0 1px #000)}
figcaption{font-size:.78rem;line-height:1.45;margin-top:.35rem}.path{color:var(--ink);overflow-wrap:anywhere;display:block}
.pairs{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem 1.5rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.4rem .8rem;align-content:start}
b{display:inline-block;min-width:1.5em;text-align:center;border-radius:4px;background:var(--tone);color:#111}
@media (max-width:44rem){section{grid-template-columns:1fr}.kept{max-width:15rem}}
@media print{section{break-inside:avoid}}
`;
