/** Where everything lies in a workspace. */
import { join } from "node:path";

export function layout(workspace: string) {
  const root = join(workspace, ".tanafuda");
  const datasets = join(root, "datasets");
  const packs = join(root, "packs");
  const runs = join(root, "runs");
  const representations = join(root, "representations");
  const embeddings = join(root, "embeddings");
  const heads = join(root, "heads");
  return {
    root,
    lock: join(root, "lock"),
    datasets,
    dataset: (name: string) => join(datasets, name),
    datasetFile: (name: string, version: string) => join(datasets, name, `${version}.json`),
    datasetSummary: (name: string, version: string) =>
      join(datasets, name, `${version}.summary.json`),
    packs,
    pack: (digest: string) => join(packs, digest),
    runs,
    run: (id: string) => join(runs, id),
    representations,
    representation: (name: string, version: string) => join(representations, name, version),
    aliases: (name: string) => join(representations, name, "aliases"),
    alias: (name: string, alias: string) => join(representations, name, "aliases", `${alias}.json`),
    embeddings,
    embedding: (digest: string) => join(embeddings, digest),
    heads,
    head: (name: string, version: string) => join(heads, name, version),
  } as const;
}

export type Layout = ReturnType<typeof layout>;
