/** The page's look: light and dark, desk, phone and paper. Data colours are Okabe–Ito. */

export const style = `
:root{color-scheme:light dark;
--paper:light-dark(#f3f5f4,#0f1214);--card:light-dark(#fff,#1b2023);--ink:light-dark(#191d20,#e8ebea);--muted:light-dark(#565f66,#a0aab0);--rule:light-dark(#d8dedd,#2f373b);--soft:light-dark(#e8edec,#22282b);--accent:light-dark(#00568f,#7cc4f5);
--trained:light-dark(#0072b2,#56b4e9);--untrained:light-dark(#c77800,#e69f00);--raw-pixels:light-dark(#6f777d,#a3abb0);--pca:light-dark(#00835f,#2cc295);--permuted-labels:light-dark(#b4578d,#de93bd);--majority:light-dark(#191d20,#e8ebea);
--band:light-dark(#0072b226,#56b4e933);--good:light-dark(#00725a,#2cc295);--half:light-dark(#8a5a00,#e6b34d);--bad:light-dark(#b03a00,#ff8a57);
--sans:"Hiragino Sans","Hiragino Kaku Gothic ProN","Noto Sans JP","Noto Sans CJK JP","BIZ UDPGothic","Yu Gothic UI",Meiryo,system-ui,sans-serif;
--latin:"Inter","Helvetica Neue","Segoe UI",Roboto,"Liberation Sans",Arial,var(--sans);
--mono:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"Liberation Mono",monospace}
:root:has(#theme-light:checked){color-scheme:light}:root:has(#theme-dark:checked){color-scheme:dark}
*{box-sizing:border-box}
html{font:16px/1.65 var(--latin);color:var(--ink);background:var(--paper);-webkit-text-size-adjust:100%;scroll-behavior:smooth;scroll-padding-top:1.5rem}
html:lang(ja),.ja,[lang=ja]{font-family:var(--sans);line-break:strict}
body{margin:0}
:root:has(#language-ja:checked) .en,:root:has(#language-en:checked) .ja{display:none}
h1,h2,h3,h4,p,figure,dl,dd,ol,ul{margin:0;padding:0}
h1,h2,h3,h4{line-height:1.35;text-wrap:balance;font-weight:650}
.ja{word-break:auto-phrase}
img,svg{display:block;max-width:100%}
data{font-variant-numeric:tabular-nums;white-space:nowrap}
code,pre{font-family:var(--mono);font-size:.86em;overflow-wrap:anywhere}
small{font-size:.6em;color:var(--muted);font-weight:400}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.away{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.quiet,.hint,figcaption,.of{color:var(--muted)}
.hint{font-size:.875rem;margin-top:.75rem;max-width:44rem}
.of,.quiet{font-weight:400}
.lead{max-width:44rem;margin-bottom:1.5rem}

.top{display:flex;justify-content:space-between;align-items:center;padding:.9rem clamp(1rem,3vw,2.5rem);max-width:82rem;margin:auto}
.brand{font-weight:650;letter-spacing:.01em}.brand [lang=ja]{display:inline-block;border:1.5px solid currentColor;border-radius:3px;padding:0 .4em;margin-right:.45em;font-size:.82em;line-height:1.55;letter-spacing:.12em;text-indent:.12em}
.choices{display:flex;flex-wrap:wrap;gap:.5rem .8rem;justify-content:flex-end}
.languages{border:0;margin:0;padding:0;display:flex;background:var(--soft);border-radius:999px;padding:3px}
.languages input{position:absolute;opacity:0;pointer-events:none}
.languages label>span{display:block;padding:.18rem .85rem;border-radius:999px;font-size:.875rem;color:var(--muted);cursor:pointer}
.languages input:checked+span{background:var(--card);color:var(--ink);box-shadow:0 1px 2px #0002}
.languages input:focus-visible+span{outline:2px solid var(--accent)}

.page{display:grid;grid-template-columns:12.5rem minmax(0,1fr);gap:clamp(1.5rem,4vw,4rem);max-width:82rem;margin:auto;padding:0 clamp(1rem,3vw,2.5rem)}
.contents{position:sticky;top:1.5rem;align-self:start;font-size:.9rem;padding-top:7.4rem}
.contents ol{list-style:none;border-left:1px solid var(--rule)}
.contents a{display:block;padding:.28rem 0 .28rem 1rem;margin-left:-1px;border-left:2px solid transparent;color:var(--muted);text-decoration:none}
.contents a:hover{color:var(--ink)}.contents a[aria-current]{color:var(--ink);border-color:var(--accent);font-weight:600}
main{max-width:56rem;min-width:0;padding-bottom:4rem}
.title{margin:1.6rem 0 1.4rem}.title h1{font-size:1.15rem;overflow-wrap:anywhere}.title p{color:var(--muted);font-size:.9rem}
main>section{margin-top:4.5rem}main>section.summary{margin-top:0}
main>section>h2{font-size:1.6rem;letter-spacing:-.01em;margin-bottom:1rem}
h3{font-size:1.08rem;margin:2.6rem 0 .8rem}

.tag{--status:var(--muted);filter:drop-shadow(0 1px 1px #0000001f) drop-shadow(0 6px 18px #0000000f)}
.tag{position:relative;display:grid;grid-template-columns:auto 1fr;gap:clamp(1.2rem,3vw,2.4rem);align-items:center;padding:clamp(1.6rem,3.6vw,2.8rem) clamp(1.4rem,3.6vw,3rem) clamp(1.6rem,3.6vw,2.8rem) clamp(4.2rem,7vw,5.6rem)}
.tag::before{content:"";position:absolute;inset:0;z-index:-1;background:radial-gradient(circle at 2.2rem 50%,transparent .42rem,var(--rule) .45rem,var(--rule) .7rem,var(--card) .73rem);clip-path:polygon(1.7rem 0,calc(100% - .35rem) 0,100% .35rem,100% calc(100% - .35rem),calc(100% - .35rem) 100%,1.7rem 100%,0 calc(100% - 1.9rem),0 1.9rem)}
.tag-works{--status:var(--good)}.tag-partly{--status:var(--half)}.tag-failed{--status:var(--bad)}
.stamp{width:clamp(4.2rem,8.5vw,6.2rem)}.stamp svg{width:100%;fill:none;stroke:var(--status);stroke-width:11;stroke-linecap:round;stroke-linejoin:round}
.tag h2{font-size:clamp(1.3rem,2.6vw,1.85rem);line-height:1.4;letter-spacing:-.012em}
.tag h2 .ja{letter-spacing:0;line-height:1.5}
.facts{color:var(--muted);margin-top:.8rem;font-size:.95rem}

.gauges{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:0;margin-top:2.4rem}
.gauge{padding:0 1.6rem;border-left:1px solid var(--rule)}.gauge:first-child{padding-left:0;border:0}.gauge:last-child{padding-right:0}
.gauge{display:grid;grid-template-rows:subgrid;grid-row:span 6;row-gap:0}
.gauge h3{margin:0;font-size:.95rem;font-weight:600;line-height:1.5}.gauge h3 .of{display:block;font-size:.875rem}
.big{line-height:1.15;margin:.5rem 0 0}.big .value{font-size:2.7rem;font-weight:300;letter-spacing:-.03em;color:var(--trained)}
.range-line{display:block;color:var(--muted);font-size:.875rem;margin-top:.15rem}
.strip{position:relative;height:2.9rem;margin:.8rem 6px .7rem}
.strip .axis{position:absolute;left:0;right:0;top:.8rem;border-top:1px solid var(--rule)}
.strip .band{position:absolute;top:.35rem;height:.9rem;background:var(--band);border-radius:2px}
.strip .at{position:absolute;top:.8rem;translate:-50% -50%}
.strip .end{position:absolute;top:1.5rem;font-size:.75rem;color:var(--muted)}.end-0{left:-2px}.end-1{right:-6px}
.mark{width:.72rem;height:.72rem;flex:none;overflow:visible}
.at.trained .mark{width:.95rem;height:.95rem}.at .mark{stroke:var(--paper);stroke-width:1.2;paint-order:stroke}
.beside{font-size:.875rem}.beside div{display:flex;justify-content:space-between;gap:.6rem;padding:.14rem 0}
.beside dt,.measures thead th,.legend li{display:flex;align-items:center;gap:.5rem}
.beside dt .term{text-align:left}
.gain{font-size:.875rem;color:var(--muted);margin-top:.7rem}

.term{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:inherit;letter-spacing:inherit;cursor:help;text-decoration:underline dotted var(--muted) 1px;text-underline-offset:.28em}
.term:hover{text-decoration-color:currentColor;text-decoration-style:solid}
.popover{max-width:min(24rem,calc(100vw - 2rem));border:1px solid var(--rule);border-radius:8px;background:var(--card);color:var(--ink);padding:1rem 1.2rem;box-shadow:0 8px 30px #0003;font-size:.92rem}
.popover p{margin-top:.3rem}

.findings{list-style:none;display:grid;gap:1.1rem;max-width:46rem}
.findings li{padding-left:1.6rem;position:relative}
.findings li::before{content:"";position:absolute;left:0;top:.85em;width:.9rem;border-top:2px solid var(--accent)}
.findings li:first-child{font-size:1.18rem;line-height:1.6}.findings li:first-child::before{top:.8em}
.steps{list-style:none;counter-reset:s;display:grid;gap:1.4rem;max-width:46rem}
.steps>li{counter-increment:s;display:grid;grid-template-columns:2.2rem 1fr;row-gap:.6rem}
.steps>li::before{content:counter(s);font-weight:300;font-size:1.5rem;line-height:1.1;color:var(--accent)}
.steps .command{grid-column:2}
.command{display:flex;background:var(--soft);border-radius:6px;overflow:hidden}
.command code{flex:1;padding:.7rem 1rem;white-space:pre-wrap}
.copy,.zoom button,select{font:inherit;font-size:.85rem;color:inherit;background:var(--card);border:1px solid var(--rule);border-radius:6px;padding:.25rem .8rem;cursor:pointer;min-height:2.2rem}
.copy{border-width:0 0 0 1px;border-radius:0;background:none}
.copy:hover,.zoom button:hover{color:var(--accent)}

.scroll{overflow-x:auto;margin:0 0 2.4rem;background:linear-gradient(to right,var(--paper) 30%,transparent) 0/2rem 100% no-repeat local,linear-gradient(to left,var(--paper) 30%,transparent) 100%/2rem 100% no-repeat local,linear-gradient(to right,#0002,transparent) 0/.6rem 100% no-repeat scroll,linear-gradient(to left,#0002,transparent) 100%/.6rem 100% no-repeat scroll}
table{border-collapse:collapse;width:100%}
caption{text-align:left;font-weight:650;padding-bottom:.5rem}
.measures th,.measures td{padding:.65rem 0 .65rem .9rem;text-align:right;vertical-align:top;border-bottom:1px solid var(--rule);font-weight:400}
.measures thead th{display:table-cell;font-size:.85rem;color:var(--muted);vertical-align:bottom;line-height:1.4}
.measures thead .mark{display:inline-block;margin-right:.4rem;vertical-align:-1px}.measures thead .term{display:inline}
.measures th[scope=row]{text-align:left;padding-left:0;min-width:10rem;line-height:1.45}
.sub{display:block;font-size:.8rem;color:var(--muted)}
.measures .value{display:block}.measures .range{display:block;font-size:.77rem;color:var(--muted);white-space:nowrap}
.measures td.trained .value{font-weight:650;color:var(--trained)}
.none{color:var(--muted)}
.plain{font-size:.875rem}.plain th{text-align:left;color:var(--muted);font-weight:600;white-space:nowrap}
.plain th,.plain td{padding:.4rem 1rem .4rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
.figures .range{margin-left:.6em;color:var(--muted)}
.folded{display:grid;gap:.2rem;margin:-1rem 0 1rem}.folded caption{display:none}.folded .scroll{margin-bottom:1.4rem}
details>summary{cursor:pointer;padding:.5rem 0;color:var(--accent);width:fit-content}
pre{background:var(--soft);border-radius:6px;padding:1rem;overflow:auto;max-height:30rem;line-height:1.5}

.chart{margin-top:.5rem}.chart figcaption{font-size:.92rem;color:var(--ink);margin-bottom:.2rem}
.drawing svg{width:100%;height:auto;font-family:var(--latin)}.drawing.narrow{display:none}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;font-size:.875rem;margin-bottom:.5rem}
.line{width:1.5rem;border-top:2.5px solid var(--colour)}.line.dash{border-top-style:dashed}
#labelling .pictures{margin:1.2rem 0}#labelling a{font-weight:650}
.goals th,.goals td{white-space:normal}
.chart.square{max-width:27rem}
.counts small{font-size:.8rem;margin-left:.4em;white-space:nowrap}
.small-multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15.5rem),1fr));gap:1.6rem;margin-top:1.4rem}

.numbers{display:grid;grid-template-columns:repeat(4,auto);justify-content:space-between;gap:1rem 2rem;margin-bottom:2rem}
.numbers div{display:flex;flex-direction:column-reverse}.numbers dt{color:var(--muted);font-size:.9rem}.numbers dd{font-size:2rem;font-weight:300;letter-spacing:-.02em;line-height:1.25}
.split-bar{display:flex;gap:3px;height:.7rem}.split-bar span{background:var(--trained);border-radius:2px;min-width:3px}
.split-bar .held{background:repeating-linear-gradient(-45deg,var(--untrained) 0 4px,transparent 4px 7px);outline:1px solid var(--untrained);outline-offset:-1px}
.split figcaption{display:flex;justify-content:space-between;gap:1rem;font-size:.9rem;margin-top:.4rem}
.label-sets{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:2rem 3rem}
.label-set h4{font-size:1rem;margin-bottom:.5rem}
.classes{font-size:.875rem}.classes th{font-weight:400;text-align:left;max-width:11rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;padding-right:.8rem;width:1%}
.classes td{text-align:right;padding:.13rem 0;width:1%}.classes .bar{width:auto;text-align:left}.bar span{display:block;height:.55rem;background:var(--trained);opacity:.75;border-radius:0 2px 2px 0;min-width:1px}
.classes .share{color:var(--muted);padding-left:.9rem}.classes td:nth-child(3){padding-left:.8rem}
.rejected{margin-top:1.4rem}.rejected ul{list-style:none}.rejected>ul>li{padding:.3rem 0}.paths{font-size:.85rem;color:var(--muted);padding-left:1.2rem}

.seen{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:1.6rem 2.4rem}
.sight,.sight-key{display:grid;grid-template-columns:1fr 1fr .8rem 1fr 1fr;gap:.35rem;align-items:center}
.sight-key{font-size:.75rem;line-height:1.35;align-items:start;margin-top:.3rem}.sight-key span:last-child:not(.en,.ja){grid-column:4/6}
.sight img{width:100%;aspect-ratio:1;object-fit:cover;border-radius:3px;background:var(--soft)}
.sight .pixels{image-rendering:pixelated}.sight img:nth-child(2){outline:2px solid var(--accent);outline-offset:1px}
.into{width:.45rem;height:.45rem;border:solid var(--muted);border-width:1.5px 1.5px 0 0;rotate:45deg;justify-self:center;margin-left:-.2rem}
.seen figcaption{font-size:.8rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;margin-top:.3rem}

.map-bar{display:flex;flex-wrap:wrap;gap:.8rem;justify-content:space-between;align-items:center;margin-bottom:.7rem}
.zoom{display:flex;gap:.3rem}.zoom button{min-width:2.4rem}.choose{font-size:.875rem;color:var(--muted)}
.map-view{position:relative;background:var(--card);border:1px solid var(--rule);border-radius:6px;overflow:hidden}
#map-canvas{width:100%;aspect-ratio:16/10;display:block;touch-action:none;cursor:grab}
#map-canvas:active{cursor:grabbing}
.card{position:absolute;pointer-events:none;background:var(--card);border:1px solid var(--rule);border-radius:6px;box-shadow:0 6px 20px #0003;padding:.6rem;font-size:.8rem;line-height:1.45;width:11rem;overflow-wrap:anywhere}
.card canvas{width:100%;image-rendering:pixelated;border-radius:3px;margin-bottom:.4rem;background:var(--soft)}
.card b{display:block}.card span{color:var(--muted)}
.map-legend{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem .35rem;margin-top:.8rem;max-height:7.5rem;overflow:auto}
.map-legend button{font:inherit;font-size:.83rem;color:inherit;display:flex;align-items:center;gap:.4rem;background:none;border:1px solid transparent;border-radius:999px;padding:.12rem .65rem;cursor:pointer}
.map-legend button:hover{background:var(--soft)}.map-legend button[aria-pressed=true]{border-color:var(--ink)}
.map-legend i{width:.7rem;height:.7rem;border-radius:50%;background:var(--colour)}.map-legend .count{color:var(--muted)}

.neighbours{display:grid;gap:1.4rem}
.row{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,5.6fr);gap:1.4rem;align-items:start}
.row ol{list-style:none;display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:.8rem}
.row img{width:100%;aspect-ratio:1;object-fit:cover;border-radius:3px;background:var(--soft)}
.row figcaption{font-size:.78rem;line-height:1.4;margin-top:.35rem;overflow-wrap:anywhere}
.row li figcaption{border-top:2px solid transparent;padding-top:.25rem}
.row .same figcaption{border-top-color:var(--trained)}.row .other figcaption{border-top:2px dotted var(--untrained)}
.query img{outline:2px solid var(--ink);outline-offset:2px}.query figcaption{color:var(--ink);font-weight:600}

.run{display:grid;gap:.45rem;margin-bottom:1.2rem}.run div{display:grid;grid-template-columns:10rem 1fr;gap:1rem}
.run dt,.glossary dd{color:var(--muted)}.run dd{overflow-wrap:anywhere}
.glossary{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22rem),1fr));gap:1.1rem 3rem;font-size:.92rem}.glossary dt{font-weight:600}
footer{margin-top:4.5rem;padding-top:1rem;border-top:1px solid var(--rule);font-size:.85rem;color:var(--muted)}


.summary h3{font-size:1rem;margin:0 0 .6rem}
.tile{display:flex;flex-direction:column;grid-row:span 6}.gauge.tile h3{font-size:.95rem;margin:0}
.tally .big,.tile .big{margin:.5rem 0 .3rem}.tile .value{color:var(--ink)}.of-all{font-size:1.3rem;font-weight:300;color:var(--muted)}
.tile p{font-size:.95rem}.tile .range-line,.tally .range-line{font-size:.875rem;color:var(--muted);margin-top:.15rem}.also{margin-top:.6rem;font-size:.92rem}
.tile .pictures{margin-top:.9rem;flex-wrap:nowrap;gap:.5rem}.tile .pictures li{flex:0 1 4.4rem;min-width:0;width:auto}.tile figcaption{display:none}
.tallies{display:flex;flex-wrap:wrap;gap:1rem 4rem;margin-bottom:2rem}
.warnings{margin-top:2.2rem;border:1.5px solid var(--half);border-radius:8px;padding:1rem 1.3rem 1.1rem;background:var(--card)}
.warnings h3{color:var(--half)}.warnings h3::before{content:"▲";font-size:.8em;margin-right:.5em}
.warnings ul,.change ul{list-style:none;display:grid;gap:.5rem}.warnings a{margin-left:.3em}
.columns{display:grid;grid-template-columns:1fr 1fr;gap:2rem 3rem;margin-top:2.4rem}.columns>:only-child{grid-column:1/-1}
.columns .findings{gap:.8rem}.columns .findings li:first-child{font-size:inherit}
.change{margin-top:2rem;padding-top:1.2rem;border-top:1px solid var(--rule);font-size:.95rem}
.hours{display:inline-block;font-size:.85rem;color:var(--muted);margin-left:.3em}
.steps .command code{font-size:.8em}
a{color:var(--accent)}
.part{font-size:.95rem;font-weight:600;color:var(--muted);margin-top:5rem;padding-top:1.2rem;border-top:3px solid var(--rule)}
.part+section{margin-top:2rem}
.to-come{color:var(--muted);border:1.5px dashed var(--rule);border-radius:8px;padding:1rem 1.3rem}
.pictures{list-style:none;display:flex;flex-wrap:wrap;gap:.7rem}.pictures li{width:5.4rem}
.pictures img{width:100%;aspect-ratio:1;object-fit:cover;border-radius:4px;background:var(--soft)}
.pictures figcaption{font-size:.72rem;line-height:1.35;margin-top:.25rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.mistakes,.doubtful{display:grid;gap:1.6rem}.mistake h3{margin:0 0 .6rem}.mistake .count{font-weight:400;color:var(--muted);margin-left:.5em}
.doubt p{margin-bottom:.5rem}
.counts th[scope=row]{font-weight:400;color:var(--ink)}.counts td{white-space:nowrap}.counts{width:auto;min-width:min(100%,30rem)}
.split-facet h3 .of{font-size:.875rem;display:block}.split-head{margin-bottom:1rem}.split-head>.of{font-size:.875rem}
.meters{display:grid;gap:.2rem;margin-top:1rem}
.meter{display:grid;grid-template-columns:13rem minmax(4rem,1fr) 9.5rem;gap:1rem;align-items:center;font-size:.92rem;padding:.15rem 0}
.meter-bar{position:relative;height:.85rem;background:var(--soft);border-radius:3px}
.fill{position:absolute;inset:0 auto 0 0;border-radius:3px;background:var(--raw-pixels);opacity:.55}
.apart .fill,.working .fill{background:var(--trained);opacity:.9}
.whisker{position:absolute;top:50%;border-top:2px solid var(--ink);translate:0 -50%}.whisker::before,.whisker::after{content:"";position:absolute;top:-.3rem;height:.5rem;border-left:2px solid var(--ink)}.whisker::after{right:0}
.meter-value small{font-size:.78rem;margin-left:.35em;white-space:nowrap}
.groups{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1.2rem}
.group{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:1rem 1.1rem 1.1rem;min-width:0}
.group-head{display:grid;grid-template-columns:auto 1fr auto;gap:.8rem;align-items:center}.group h3{margin:0;font-size:.95rem;white-space:nowrap}
.group-name{width:100%;min-width:0;font:inherit;font-size:.95rem;color:inherit;background:var(--paper);border:1px solid var(--muted);border-radius:5px;padding:.3rem .6rem}
.group-name::placeholder{color:var(--muted);opacity:1}
.group-size{white-space:nowrap;font-size:.9rem}
.group-pictures{display:grid;grid-template-columns:1fr 1fr;gap:.7rem .9rem;margin-top:.9rem}.group-row:first-child{grid-column:1/-1}.group-row>.of{font-size:.78rem;margin-bottom:.25rem;white-space:nowrap}
.group .pictures{display:grid;grid-template-columns:repeat(2,1fr);gap:.35rem}.group-row:first-child .pictures{grid-template-columns:repeat(4,1fr)}.group .pictures li{width:auto;min-width:0}.group figcaption{display:none}
.group .hint{margin-top:.7rem;font-size:.83rem}
.action{font:inherit;font-weight:600;color:var(--card);background:var(--accent);border:0;border-radius:6px;padding:.55rem 1.2rem;cursor:pointer;margin-top:1.4rem}
@media screen and (max-width:64rem){.page{display:block}.contents{position:static;padding:0;overflow-x:auto;margin:0 calc(-1*clamp(1rem,3vw,2.5rem))}.contents ol{display:flex;border:0;border-bottom:1px solid var(--rule);padding:0 clamp(.5rem,3vw,2rem);width:max-content;min-width:100%}.contents a{padding:.5rem .6rem;border:0;white-space:nowrap}main{max-width:none}}
@media screen and (max-width:44rem){html{font-size:15px}
.tag{grid-template-columns:1fr;gap:1rem;padding-left:3.9rem}.stamp{width:3.1rem}
main>section{margin-top:3.4rem}
.gauges{grid-template-columns:1fr;gap:1.6rem}.gauge{display:block;padding:1.4rem 0 0;border:0;border-top:1px solid var(--rule)}.gauge:first-child{border:0;padding-top:0}
.drawing.wide{display:none}.drawing.narrow{display:block}
.numbers{grid-template-columns:1fr 1fr;justify-content:stretch}
.measures th[scope=row]{position:sticky;left:0;background:var(--paper);min-width:8.5rem;max-width:9.5rem;padding-right:.6rem}
#map-canvas{aspect-ratio:1}.row{grid-template-columns:1fr;gap:.7rem}.query{display:grid;grid-template-columns:4.4rem 1fr;gap:.8rem;align-items:center}.row ol{grid-template-columns:repeat(3,minmax(0,1fr))}
.columns{grid-template-columns:1fr}.meter{grid-template-columns:1fr auto;gap:.1rem .8rem}.meter-bar{grid-column:1/-1;grid-row:2}
.top{align-items:flex-start}.themes span span{display:inline}.languages label>span{padding:.18rem .65rem}
.run div{grid-template-columns:1fr;gap:0}.popover{position:fixed;inset:auto 0 0 0;margin:0;max-width:none;width:100%;border-radius:14px 14px 0 0;border-width:1px 0 0;padding:1.3rem 1.3rem 2rem}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@page{size:A4;margin:13mm 14mm 12mm}
@media print{:root,:root:has(#theme-dark:checked){color-scheme:light;--paper:#fff;--soft:#f2f2f2;--muted:#4a4a4a;--rule:#c4c4c4}
html{font-size:9.6pt;line-height:1.5}.screen{display:none!important}.page{display:block;padding:0}main{max-width:none}main>section{margin-top:2rem}
.tag::before,.split-bar span,.bar span,.mark,.line,.map-legend i{print-color-adjust:exact;-webkit-print-color-adjust:exact}.tag{border:1px solid #999;filter:none;padding:1rem 1.4rem 1rem 3.4rem;gap:1.4rem;grid-template-columns:auto 1fr}.tag::before{clip-path:none;background:radial-gradient(circle at 1.6rem 50%,transparent .3rem,#999 .33rem,#999 .45rem,transparent .48rem)}
.stamp{width:3.6rem}.tag h2{font-size:1.25rem}.facts{margin-top:.3rem;font-size:.9rem}.title{margin:.4rem 0 .7rem}.top{padding:0}
.gauges{grid-template-columns:repeat(3,minmax(0,1fr));margin-top:1.1rem}.gauge{padding:0 1rem;display:grid;border:0;border-left:1px solid var(--rule)}.gauge:first-child{padding-left:0;border:0}.big .value{font-size:2rem}.strip{height:2.4rem;margin:.3rem 6px}.tile{display:flex}
.warnings{margin-top:1rem;padding:.6rem 1rem}.columns{grid-template-columns:1fr 1fr;margin-top:1.1rem;gap:1rem 2rem}.change{margin-top:.9rem;padding-top:.6rem}.summary h3{margin-bottom:.3rem}
.columns .findings,.warnings ul,.change ul{gap:.3rem}.steps{gap:.6rem}.steps>li{row-gap:.2rem}.command code{padding:.3rem .6rem}.hint{margin-top:.4rem}
#summary{break-after:page}main>section:nth-of-type(2){margin-top:0}main{padding:0}footer{margin-top:2rem}
.drawing.wide{display:block}.drawing.narrow{display:none}.groups{grid-template-columns:1fr 1fr}.group,.mistake,.doubt,.meter,.split-facet{break-inside:avoid}
.meter-bar,.meter-bar *{print-color-adjust:exact;-webkit-print-color-adjust:exact}.group-name{border:0;border-bottom:1px solid #999;border-radius:0;background:none}.group-name::placeholder{color:transparent}
.gauge,figure,.row,.label-set,tr,.findings li,.steps>li{break-inside:avoid}h2,h3{break-after:avoid}.scroll{overflow:visible}.term{text-decoration:none}pre{max-height:none}}
`;
