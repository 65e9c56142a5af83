/** Spellings of paths: as items have them, as lists of other machines write them. */

/** One spelling of a relative path: NFC, forward slashes, no leading "./", without the root. */
export function withoutRoot(path: string, prefix: string): string {
  const plain = plainPath(path);
  const relative = prefix !== "/" && plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
  return relative.replace(/^(\.\/)+/, "");
}

/** What paths below `root` begin with, in that spelling. */
export function rootPrefix(root: string): string {
  return `${plainPath(root).replace(/\/+$/, "")}/`;
}

/** Yen signs are what Japanese fonts and keyboards show for backslashes. */
export function plainPath(path: string): string {
  return path
    .normalize("NFC")
    .replace(/^file:\/\/(?=\/)/, "")
    .replaceAll(/[\\¥]/g, "/");
}

/** What letter case, full width, blanks and look-alike dashes do not change. */
export function foldedPath(path: string): string {
  return path
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\s+/g, " ")
    .replaceAll("\u301c", "~")
    .replaceAll("\u2212", "-");
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
