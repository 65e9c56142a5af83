/** A page of views as small as it can be: one picture, two pairs, a name that is no markup. */
import type { ShownView, ViewsSheet } from "../../src/sheet/index.ts";

export const pixel =
  "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

export function makeViews(change: Partial<ViewsSheet> = {}): ViewsSheet {
  const pairs = [
    [
      view(1, [{ id: "views/area", values: { share: 0.24 } }, { id: "views/flip" }]),
      view(2, [{ id: "views/hue", values: { degrees: -18 } }]),
    ],
    [view(0, [{ id: "views/turned", values: { degrees: 270 } }]), view(2, [])],
  ];
  return {
    product: { version: "1.2.3" },
    dataset: "</title><b>",
    recipes: ["one <i>", "other"],
    seed: 4,
    total: 1234,
    pictures: [{ path: "<img src=x>", image: pixel, width: 20, height: 10, pairs }],
    ...change,
  };
}

function view(top: number, drawn: ShownView["drawn"]): ShownView {
  return { image: pixel, crop: { top, left: 2, height: 8, width: 6 }, drawn };
}
