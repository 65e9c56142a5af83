/** Placeholders and constants. */
import type { Rule } from "./rules.ts";

export const placeholder: Rule<"placeholder"> = ({ attributes, outputs, lowering }) => {
  lowering.hold(outputs[0], lowering.placeholder(attributes.name));
  return attributes.role;
};

export const constant: Rule<"constant"> = ({ attributes, outputs, lowering }) => {
  lowering.hold(outputs[0], lowering.constant(attributes));
  return "on the device";
};
