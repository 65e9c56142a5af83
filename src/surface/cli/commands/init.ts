/** `tanafuda init`. */
import type { Command } from "commander";
import { type ConfigKey, initWorkspace } from "../../../app/index.ts";
import type { SentenceId } from "../../../words/index.ts";
import { type Context, perform } from "../context.ts";
import { sayNext } from "./next.ts";
import { examples } from "./options.ts";

export function init(program: Command, context: Context): void {
  const { say, print, cwd } = context;
  const command = program
    .command("init")
    .description(say("command/init"))
    .argument("[dir]", say("argument/folder"), ".");
  examples(command, context, ["tanafuda init", "tanafuda init inspection"]);
  command.action((dir: string) =>
    perform(context, "init", async () => {
      const explain = (key: ConfigKey) => say(configWords[key]);
      const result = initWorkspace(dir, { cwd, explain, heading: say("config/heading") });
      print(say("cli/workspace-made", { path: result.path }));
      sayNext(context, {}, ["pilot", "FOLDER"]);
      return result;
    }),
  );
}

/** The comment of a key is what the option of that name is for. */
const configWords: Readonly<Record<ConfigKey, SentenceId>> = {
  lang: "option/lang",
  executor: "option/executor",
  threads: "option/threads",
  precision: "option/precision",
  device: "option/device",
  seed: "option/seed",
  out: "option/out",
  resolution: "option/resolution",
  group: "option/group",
  share: "option/share",
  background: "option/background",
  method: "option/method",
  backbone: "option/backbone",
  size: "option/size",
  epochs: "option/epochs",
  minutes: "option/minutes",
  batch: "option/batch",
  "learning-rate": "option/learning-rate",
  optimizer: "option/optimizer",
  temperature: "option/temperature",
  projector: "option/projector",
  augment: "option/augment",
  crop: "option/crop",
  flip: "option/flip",
  turns: "option/turns",
  colour: "option/colour",
  hue: "option/hue",
  grayscale: "option/grayscale",
  blur: "option/blur",
  solarize: "option/solarize",
  "second-view": "config/second-view",
};
