/** The page's look: one place to drop pictures, answers below it; desk, tablet and phone, light and dark. */
import { toolTones } from "../html/index.ts";

export const style = `${toolTones}
body,h1,h2,p,ol,ul{margin:0;padding:0}
h1{font-size:1.5rem;line-height:1.35}h2{font-size:1.15rem;overflow-wrap:anywhere}
.hint,.lead,.file{color:var(--muted);font-size:.9rem}.file{overflow-wrap:anywhere}
header,main{max-width:60rem;margin:auto;padding:.9rem clamp(1rem,3vw,2rem)}
.languages input,#file{position:absolute;opacity:0}
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
@media (max-width:34rem){#results>li{grid-template-columns:1fr}}
`;
