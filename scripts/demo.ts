/**
 * The demonstration on real pictures: 7,572 emoji of two vendors, from two npm packages that are
 * installed into `demo/` (they are no dependency of the product), through `tanafuda pilot`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";

const version = "16.0.0";
const vendors = ["google", "twitter"] as const;
const root = join(import.meta.dirname, "..");
const folder = join(root, "demo");
const tones: Record<string, string> = {
  "1F3FB": "light",
  "1F3FC": "medium-light",
  "1F3FD": "medium",
  "1F3FE": "medium-dark",
  "1F3FF": "dark",
};

interface Picture {
  readonly image: string;
}

interface Emoji extends Picture {
  readonly unified: string;
  readonly category: string;
  readonly subcategory: string;
  readonly skin_variations?: Readonly<Record<string, Picture>>;
}

const asked = process.argv.slice(2);
install();
const records = vendors.flatMap(arrange);
writeFileSync(join(folder, "labels.json"), `${JSON.stringify(records, null, 1)}\n`);
process.stdout.write(`${records.length} pictures in ${join(folder, "emoji")}\n`);
const pilot = spawnSync(
  process.execPath,
  [
    join(root, "dist/surface/cli/main.js"),
    ...["pilot", "emoji", "--labels", "labels.json", "--group", "base"],
    ...["--hierarchy", "category>subcategory", "--batch", "128", "--minutes", "2.5", "--overwrite"],
    ...asked,
  ],
  { cwd: folder, stdio: "inherit" },
);
process.exitCode = pilot.status ?? 1;
if (process.exitCode === 0) {
  const options = { out: { type: "string", default: "tanafuda-report" } } as const;
  const { out } = parseArgs({ args: asked, options, strict: false }).values;
  const page = relative(process.cwd(), resolve(folder, `${out}`, "report.html"));
  process.stdout.write(`All of it is in ${relative(process.cwd(), folder)}: open ${page}\n`);
}

function install(): void {
  mkdirSync(folder, { recursive: true });
  const wanted = vendors.map((vendor) => `emoji-datasource-${vendor}`);
  if (wanted.every((name) => existsSync(join(folder, "node_modules", name, "emoji.json")))) return;
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ private: true }, null, 1)}\n`);
  const words = ["install", "--ignore-scripts", "--no-audit", "--no-fund"];
  const packages = wanted.map((name) => `${name}@${version}`);
  const options = { cwd: folder, stdio: "inherit", shell: process.platform === "win32" } as const;
  execFileSync("npm", [...words, ...packages], options);
}

/** Links one vendor's pictures into `emoji/<vendor>/` and gives a record for each. */
function arrange(vendor: (typeof vendors)[number]): object[] {
  const home = join(folder, "node_modules", `emoji-datasource-${vendor}`);
  const from = join(home, "img", vendor, "64");
  const to = join(folder, "emoji", vendor);
  mkdirSync(to, { recursive: true });
  const there = new Set(readdirSync(to));
  for (const file of readdirSync(from)) {
    if (!there.has(file)) linkSync(join(from, file), join(to, file));
  }
  const list: Emoji[] = JSON.parse(readFileSync(join(home, "emoji.json"), "utf8"));
  const pictures = new Set(readdirSync(from));
  return list.flatMap((emoji) => {
    const { category, subcategory, unified: base } = emoji;
    const variations = Object.entries(emoji.skin_variations ?? {});
    const all = [["", emoji] as const, ...variations].filter(([, { image }]) =>
      pictures.has(image),
    );
    return all.map(([code, { image }]) => {
      const tone = code === "" ? "none" : (tones[code] ?? "mixed");
      return { file: `${vendor}/${image}`, category, subcategory, vendor, tone, base };
    });
  });
}
