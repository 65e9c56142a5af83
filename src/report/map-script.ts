/** The map's script: a canvas that moves and zooms, coloured by a label set, with pictures near by. */

/** Colours follow Okabe–Ito, black and grey left to "others"; two sets, for light and for dark. */
export const mapScript = `
const mapData = document.getElementById("map-data");
if (mapData) {
  const data = JSON.parse(mapData.textContent);
  const canvas = document.getElementById("map-canvas"), card = document.getElementById("map-card");
  const legend = document.getElementById("map-legend"), chooser = document.getElementById("map-set");
  const pen = canvas.getContext("2d"), count = data.x.length, nearEnough = 14;
  const light = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8f7a00"];
  const dark = ["#56b4e9", "#e69f00", "#2cc295", "#de93bd", "#ff8a57", "#9fd6f5", "#f0e442"];
  let set = 0, picked = null, view = { scale: 1, x: 0, y: 0 }, ranks = [], size = { width: 0, height: 0 };
  const sheets = data.sheets.map((sheet) => {
    const image = new Image();
    image.addEventListener("load", draw);
    image.src = sheet.image;
    return { ...sheet, image };
  });
  const sheetOf = (i) => {
    for (const sheet of sheets) { if (i < sheet.count) return { sheet, at: i }; i -= sheet.count; }
  };
  const source = (i) => {
    const found = sheetOf(i);
    if (!found || !found.sheet.image.naturalWidth) return null;
    const { sheet, at } = found;
    return [sheet.image, (at % sheet.columns) * sheet.tile, Math.floor(at / sheet.columns) * sheet.tile, sheet.tile];
  };
  const fit = () => {
    const side = Math.min(size.width, size.height);
    return { unit: (side - 40) / 10000, left: (size.width - side) / 2 + 20, top: (size.height - side) / 2 + 20 };
  };
  const stretchX = () => Math.max(1, Math.min(1.5, size.width / Math.max(1, size.height)));
  function place(i) {
    const { unit } = fit(), wide = stretchX();
    return [size.width / 2 + ((data.x[i] - 5000) * unit * wide) * view.scale + view.x,
      size.height / 2 - ((data.y[i] - 5000) * unit) * view.scale + view.y];
  }
  function rank() {
    const current = data.sets[set];
    ranks = [];
    if (!current) return;
    const counts = current.classes.map((name, code) => ({ name: nameOf(current, code), code, count: 0 }));
    for (const code of current.codes) if (code >= 0 && counts[code]) counts[code].count++;
    ranks = counts.filter((c) => c.count > 0).sort((a, b) => b.count - a.count);
  }
  /** Groups are called by the names that were given to them. */
  function nameOf(current, code) {
    return (current.groups && groupNames[code]) || current.classes[code];
  }
  function colourOf(code) {
    const palette = isDark() ? dark : light, grey = ink("--muted");
    if (picked !== null) return code === picked ? ink("--trained") : null;
    const order = ranks.findIndex((c) => c.code === code);
    return order >= 0 && order < palette.length ? palette[order] : grey;
  }
  function draw() {
    const ratio = devicePixelRatio || 1;
    size = { width: canvas.clientWidth, height: canvas.clientHeight };
    if (!size.width) return;
    canvas.width = size.width * ratio; canvas.height = size.height * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, size.width, size.height);
    pen.imageSmoothingEnabled = false;
    const codes = data.sets[set] ? data.sets[set].codes : null;
    const colours = new Map(), colour = (code) => { if (!colours.has(code)) colours.set(code, colourOf(code)); return colours.get(code); };
    const seen = [];
    for (let i = 0; i < count; i++) {
      const [x, y] = place(i);
      if (x > -40 && y > -40 && x < size.width + 40 && y < size.height + 40) seen.push([i, x, y]);
    }
    const pictured = view.scale > 2 && seen.length <= 350, radius = Math.min(5, 2.2 + view.scale * 0.35), side = Math.min(64, 14 + 6 * view.scale);
    const plain = ink("--trained");
    const faint = colourOf(-2) ?? ink("--rule");
    for (const pass of [0, 1]) for (const [i, x, y] of seen) {
      const ink = codes ? colour(codes[i]) : plain;
      const front = ink !== null && (picked !== null || !codes || ranks.findIndex((c) => c.code === codes[i]) < 7);
      if (front !== (pass === 1)) continue;
      const from = pictured ? source(i) : null;
      pen.globalAlpha = ink === null ? 0.5 : front ? 0.85 : 0.4;
      if (from) {
        pen.globalAlpha = ink === null ? 0.25 : 1;
        pen.fillStyle = ink ?? faint;
        pen.fillRect(x - side / 2 - 2, y - side / 2 - 2, side + 4, side + 4);
        pen.drawImage(from[0], from[1], from[2], from[3], from[3], x - side / 2, y - side / 2, side, side);
      } else {
        pen.fillStyle = ink ?? faint;
        pen.beginPath(); pen.arc(x, y, radius, 0, 7); pen.fill();
      }
    }
    pen.globalAlpha = 1;
    canvas.style.touchAction = view.scale > 1 ? "none" : "pan-y";
  }
  function listClasses() {
    const button = (text, colour, code, number) => {
      const li = document.createElement("li"), b = document.createElement("button"), dot = document.createElement("i"), n = document.createElement("span");
      dot.style.setProperty("--colour", colour); n.className = "count"; n.textContent = number.toLocaleString("en");
      b.type = "button"; b.append(dot, document.createTextNode(text + " "), n);
      b.setAttribute("aria-pressed", String(picked === code));
      b.addEventListener("click", () => { picked = picked === code ? null : code; listClasses(); draw(); });
      li.append(b); legend.append(li);
    };
    const kept = picked; picked = null;
    const colours = ranks.map((c) => colourOf(c.code));
    picked = kept;
    legend.replaceChildren();
    ranks.forEach((c, i) => button(c.name, colours[i], c.code, c.count));
  }
  function show(i, x, y) {
    card.replaceChildren();
    const from = source(i);
    if (from) {
      const picture = document.createElement("canvas");
      picture.width = picture.height = from[3];
      picture.getContext("2d").drawImage(from[0], from[1], from[2], from[3], from[3], 0, 0, from[3], from[3]);
      card.append(picture);
    }
    for (const one of data.sets) {
      const line = document.createElement("b");
      line.textContent = one.codes[i] < 0 ? phrase("report/no-label") : (one.groups ? "# " : "") + nameOf(one, one.codes[i]);
      card.append(line);
    }
    const path = document.createElement("span");
    path.textContent = data.path[i] ?? ""; card.append(path);
    card.hidden = false;
    const side = x > size.width / 2;
    card.style.left = side ? "" : x + 14 + "px"; card.style.right = side ? size.width - x + 14 + "px" : "";
    card.style.top = Math.max(6, Math.min(y - 40, size.height - card.offsetHeight - 6)) + "px";
  }
  function probe(event) {
    const box = canvas.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top;
    let best = -1, least = nearEnough * nearEnough;
    for (let i = 0; i < count; i++) {
      const [x, y] = place(i), d = (x - px) ** 2 + (y - py) ** 2;
      if (d < least) { least = d; best = i; }
    }
    if (best < 0) { card.hidden = true; return; }
    show(best, ...place(best));
  }
  /** Buttons and keys zoom about the picture nearest the middle, so that a picture stays in view. */
  function middle() {
    let best = [size.width / 2, size.height / 2], least = Infinity;
    for (let i = 0; i < count; i++) {
      const [x, y] = place(i), d = (x - size.width / 2) ** 2 + (y - size.height / 2) ** 2;
      if (d < least) { least = d; best = [x, y]; }
    }
    return best;
  }
  function zoomMiddle(factor) {
    const [x, y] = middle();
    zoom(factor, x, y);
    if (factor > 1) pan((size.width / 2 - x) * 0.35, (size.height / 2 - y) * 0.35);
  }
  function zoom(factor, x, y) {
    const scale = Math.max(0.8, Math.min(60, view.scale * factor)), by = scale / view.scale;
    view = { scale, x: x - size.width / 2 - (x - size.width / 2 - view.x) * by, y: y - size.height / 2 - (y - size.height / 2 - view.y) * by };
    card.hidden = true; draw();
  }
  const reset = () => { view = { scale: 1, x: 0, y: 0 }; card.hidden = true; draw(); };
  const pan = (x, y) => { view = { ...view, x: view.x + x, y: view.y + y }; card.hidden = true; draw(); };
  const held = new Map();
  canvas.addEventListener("pointerdown", (e) => { canvas.setPointerCapture(e.pointerId); held.set(e.pointerId, [e.clientX, e.clientY]); });
  canvas.addEventListener("pointermove", (e) => {
    const last = held.get(e.pointerId);
    if (!last) { probe(e); return; }
    const box = canvas.getBoundingClientRect();
    if (held.size === 2) {
      const [other] = [...held].filter(([id]) => id !== e.pointerId).map(([, at]) => at);
      const before = Math.hypot(last[0] - other[0], last[1] - other[1]), now = Math.hypot(e.clientX - other[0], e.clientY - other[1]);
      if (before > 0) zoom(now / before, (e.clientX + other[0]) / 2 - box.left, (e.clientY + other[1]) / 2 - box.top);
    } else pan(e.clientX - last[0], e.clientY - last[1]);
    held.set(e.pointerId, [e.clientX, e.clientY]);
  });
  const release = (e) => { held.delete(e.pointerId); };
  canvas.addEventListener("pointerup", (e) => { release(e); probe(e); });
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => { if (held.size === 0) card.hidden = true; });
  canvas.addEventListener("wheel", (e) => {
    if (!e.ctrlKey && document.activeElement !== canvas) return;
    e.preventDefault();
    const box = canvas.getBoundingClientRect();
    zoom(Math.exp(-e.deltaY * 0.0022), e.clientX - box.left, e.clientY - box.top);
  }, { passive: false });
  canvas.addEventListener("keydown", (e) => {
    const act = { ArrowLeft: () => pan(40, 0), ArrowRight: () => pan(-40, 0), ArrowUp: () => pan(0, 40), ArrowDown: () => pan(0, -40),
      "+": () => zoomMiddle(1.4), ";": () => zoomMiddle(1.4), "=": () => zoomMiddle(1.4), "-": () => zoomMiddle(1 / 1.4), 0: reset, Escape: () => { card.hidden = true; } }[e.key];
    if (act) { e.preventDefault(); act(); }
  });
  document.getElementById("map-in").addEventListener("click", () => zoomMiddle(1.6));
  document.getElementById("map-out").addEventListener("click", () => zoomMiddle(1 / 1.6));
  document.getElementById("map-reset").addEventListener("click", reset);
  chooser?.addEventListener("change", () => { set = Number(chooser.value); picked = null; rank(); listClasses(); draw(); });
  document.addEventListener("themechange", () => { listClasses(); draw(); });
  document.addEventListener("groupsnamed", () => { rank(); listClasses(); });
  new ResizeObserver(draw).observe(canvas);
  rank(); listClasses(); draw();
}
`;
