/** What every objective returns. */
import type { Tensor } from "../../engine/index.ts";

/** Scalars. `loss` = `invariance` + `regularisation`, both as they enter it, weights included. */
export interface Terms {
  readonly loss: Tensor;
  /** What pulls the two views of one picture together. */
  readonly invariance: Tensor;
  /** What keeps different pictures apart. */
  readonly regularisation: Tensor;
  /** Parts worth a curve of their own, by name. */
  readonly parts: Readonly<Record<string, Tensor>>;
}
