/** Doorway of the executor `torch`. */
export { type TorchOptions, torchExecutor } from "./executor.ts";
export { type FindTorchOptions, type FoundTorch, findTorch } from "./find.ts";
