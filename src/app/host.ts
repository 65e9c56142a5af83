/** What machine and code a run is made with, for its record. */
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, hostname, platform, totalmem } from "node:os";
import type { RunDocument } from "../formats/documents/index.ts";

export function hostFacts(): RunDocument["host"] {
  return {
    name: hostname(),
    platform: platform(),
    architecture: arch(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memory: totalmem(),
    node: process.versions.node,
  };
}

/** As the package says it. */
export function productVersion(): string {
  return codeFacts().version;
}

export function codeFacts(): RunDocument["code"] {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version }: { version: string } = JSON.parse(text);
  return { version };
}
