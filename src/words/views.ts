/** The page that shows views before training: what was drawn for each, and what to look for. */
import type { Wording } from "./language.ts";

export const views = {
  "views/title": { en: "What training will see", ja: "学習で使うビュー" },
  "views/lead": {
    en: "Training learns that the two views of a pair show the same picture. Look whether what matters to you – a small defect, a colour, which way is up – is still there in both. What is lost in most pairs, the network learns to ignore.",
    ja: "学習では「組になった 2 つのビューは同じ画像だ」と教えます。小さな欠陥、色、上下の向きなど、大事なものが両方のビューに残っているか確かめてください。多くの組で失われるものは、無視するように学習されます。",
  },
  "views/cure": {
    en: "Too little of a picture: --crop 0.5-1 or --augment small-defects. Colour decides: --augment colour-matters. Orientation decides: --augment fixed-orientation. Any way up: --augment any-orientation.",
    ja: "写る範囲が狭すぎる：--crop 0.5-1 または --augment small-defects。色が決め手：--augment colour-matters。向きが決め手：--augment fixed-orientation。どの向きもありうる：--augment any-orientation。",
  },
  "views/pictures": {
    en: "{shown, plural, one {# picture} other {# pictures}} of {total, number} to train on, drawn by seed {seed}; pairs as in the first {epochs, plural, one {epoch} other {# epochs}}. Numbered frames show where each view was taken.",
    ja: "学習用 {total, number} 枚のうち {shown, number} 枚（シード {seed} で抽選）。組は最初の {epochs, number} エポックのものです。番号付きの枠は、各ビューを切り出した場所です。",
  },
  "views/recipe": { en: "Both views", ja: "2 つのビューとも" },
  "views/recipe-of": { en: "View {view, number}", ja: "ビュー {view, number}" },
  "views/pair": { en: "Pair {pair, number}", ja: "組 {pair, number}" },
  "views/kept": {
    en: "as kept, {width, number} × {height, number}",
    ja: "保存（{width, number} × {height, number} 画素）",
  },
  "views/area": { en: "{share, number, ::percent} of it", ja: "面積の {share, number, ::percent}" },
  "views/flip": { en: "mirrored", ja: "左右反転" },
  "views/vertical-flip": { en: "upside down", ja: "上下反転" },
  "views/turned": { en: "turned {degrees, number}°", ja: "{degrees, number}°回転" },
  "views/brightness": {
    en: "brightness × {amount, number, ::.00}",
    ja: "明るさ × {amount, number, ::.00}",
  },
  "views/contrast": {
    en: "contrast × {amount, number, ::.00}",
    ja: "コントラスト × {amount, number, ::.00}",
  },
  "views/saturation": {
    en: "saturation × {amount, number, ::.00}",
    ja: "彩度 × {amount, number, ::.00}",
  },
  "views/hue": {
    en: "hue {degrees, number, ::sign-always}°",
    ja: "色相 {degrees, number, ::sign-always}°",
  },
  "views/grayscale": { en: "gray", ja: "白黒" },
  "views/blur": {
    en: "blurred, σ {sigma, number, ::.0} px",
    ja: "ぼかし σ {sigma, number, ::.0} 画素",
  },
  "views/solarize": { en: "bright half inverted", ja: "明るい側を反転" },
  "views/offline": {
    en: "This page holds its pictures itself and sends nothing.",
    ja: "このページは画像を内部に含み、何も送信しません。",
  },
  "views/language": { en: "Language", ja: "言語" },
} as const satisfies Readonly<Record<`views/${string}`, Wording>>;
