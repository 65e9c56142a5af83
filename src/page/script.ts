/** The page's script: starts the model, takes pictures by drop or choice, and writes their classes. */

/** Likeliest classes that are shown of each picture. */
const shown = 5;
/** More pixels than this are halved by the canvas first, so that memory stays within a browser's. */
const mostPixels = 12_000_000;

export const script = String.raw`
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const state = { id: "page/loading", values: {}, bad: false };
let language = remembered() ?? document.documentElement.lang;

function remembered() {
  try { return localStorage.getItem("tanafuda-language"); } catch { return null; }
}
function say(id, values = {}) {
  const text = (data.words[language] ?? data.words.en)[id];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
function tell(id, values = {}, bad = false) {
  Object.assign(state, { id, values, bad });
  byId("state").textContent = say(id, values);
  byId("state").classList.toggle("bad", bad);
}
function speak() {
  document.documentElement.lang = language;
  for (const at of document.querySelectorAll("[data-say]")) {
    at.textContent = say(at.dataset.say, at.dataset.values ? JSON.parse(at.dataset.values) : {});
  }
  tell(state.id, state.values, state.bad);
}
for (const choice of document.querySelectorAll("input[name=language]")) {
  choice.checked = choice.value === language;
  choice.addEventListener("change", () => {
    language = choice.value;
    try { localStorage.setItem("tanafuda-language", language); } catch {}
    speak();
  });
}
speak();

function bytesOf(id) {
  const text = atob(byId(id).textContent.trim());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  byId(id).remove();
  return bytes;
}
async function unzipped(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

let session;
const starting = (async () => {
  const { ort } = globalThis;
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.wasm.wasmBinary = await unzipped(bytesOf("wasm"));
  session = await ort.InferenceSession.create(bytesOf("model"), { executionProviders: ["wasm"] });
  byId("file").disabled = false;
  tell("page/ready");
})().catch((error) => {
  tell("page/broken", { reason: String(error?.message ?? error) }, true);
  throw error;
});

/** RGB bytes, row by row, as the file has them, turned as its camera was. */
async function pixelsOf(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  let { width, height } = bitmap;
  while (width * height > ${mostPixels}) { width = Math.ceil(width / 2); height = Math.ceil(height / 2); }
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = data.background;
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data: rgba } = context.getImageData(0, 0, width, height);
  const pixels = new Uint8Array(3 * width * height);
  for (let i = 0, o = 0; i < rgba.length; i += 4) {
    pixels[o++] = rgba[i]; pixels[o++] = rgba[i + 1]; pixels[o++] = rgba[i + 2];
  }
  return { pixels, width, height };
}

async function classify(file) {
  const { pixels, width, height } = await pixelsOf(file);
  const pictures = new globalThis.ort.Tensor("uint8", pixels, [1, height, width, 3]);
  const found = await session.run({ pictures });
  return Array.from(found.probabilities.data);
}

function spoken(tag, id, values, name) {
  const at = document.createElement(tag);
  Object.assign(at.dataset, { say: id, values: JSON.stringify(values) });
  at.textContent = say(id, values);
  if (name) at.className = name;
  return at;
}
function written(tag, text, name) {
  const at = document.createElement(tag);
  at.textContent = text;
  if (name) at.className = name;
  return at;
}

function show(file, probabilities) {
  const order = probabilities.map((_, i) => i).sort((a, b) => probabilities[b] - probabilities[a] || a - b);
  const [best] = order;
  const label = data.classes[best];
  const item = document.createElement("li");
  Object.assign(item.dataset, { file: file.name, label, probability: String(probabilities[best]) });
  item.dataset.probabilities = JSON.stringify(probabilities);
  const picture = document.createElement("img");
  picture.alt = "";
  picture.src = URL.createObjectURL(file);
  picture.onload = () => URL.revokeObjectURL(picture.src);
  const words = document.createElement("div");
  const isSure = !("confidence" in data) || (data.confidence !== null && probabilities[best] >= data.confidence);
  item.dataset.answered = String(isSure);
  words.append(isSure ? written("h2", label) : spoken("h2", "page/cannot-tell", { label }));
  words.append(written("p", file.name, "file"));
  const bars = document.createElement("ul");
  bars.className = "bars";
  for (const i of order.slice(0, ${shown})) {
    const percent = (100 * probabilities[i]).toFixed(1) + " %";
    const row = document.createElement("li");
    const track = document.createElement("i");
    const bar = document.createElement("b");
    bar.style.width = percent.replace(" ", "");
    track.append(bar);
    row.append(written("span", data.classes[i]), track, written("span", percent));
    bars.append(row);
  }
  words.append(bars);
  if (data.thresholds) {
    const likely = order.filter((i) => probabilities[i] >= data.thresholds[i]).map((i) => data.classes[i]);
    item.dataset.candidates = JSON.stringify(likely);
    words.append(likely.length > 0
      ? spoken("p", "page/candidates", { classes: likely.join(", ") }, "hint")
      : spoken("p", "page/no-candidate", {}, "hint"));
  }
  item.append(picture, words);
  byId("results").prepend(item);
}

function refuse(file) {
  const item = document.createElement("li");
  Object.assign(item.dataset, { file: file.name, problem: "unreadable" });
  item.append(written("span", ""), spoken("p", "page/unreadable", { file: file.name }, "bad"));
  byId("results").prepend(item);
}

let queue = starting.catch(() => {});
function take(files) {
  for (const file of files) {
    queue = queue.then(async () => {
      if (!session) return;
      tell("page/working", { file: file.name });
      try { show(file, await classify(file)); } catch { refuse(file); }
      tell("page/ready");
    });
  }
}
byId("file").addEventListener("change", (event) => {
  take([...event.target.files]);
  event.target.value = "";
});
for (const type of ["dragenter", "dragover"]) {
  document.addEventListener(type, (event) => { event.preventDefault(); byId("drop").classList.add("over"); });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) byId("drop").classList.remove("over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  byId("drop").classList.remove("over");
  take([...(event.dataTransfer?.files ?? [])]);
});
`;
