/** Doorway of `predict`. */
export { csvHead, csvLine, unreadLine, withoutMark } from "./lines.ts";
export { predictionIn, unreadIn } from "./options.ts";
export { encoderFor, predict } from "./predict.ts";
