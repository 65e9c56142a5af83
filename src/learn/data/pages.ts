/** Pages of one file: the first has the file's own path, the others `FILE#2` and so on. */

/** The file of a further page, if the path is one's. */
export function fileOfPage(path: string): string | undefined {
  return path.includes("#") ? /^(.+)#\d+$/.exec(path)?.[1] : undefined;
}

/** Positions of further pages by their file, where the file itself is among the paths. */
export function pagesByFile(
  paths: readonly string[],
  isThere: (path: string) => boolean,
): Map<string, number[]> {
  const pages = new Map<string, number[]>();
  for (let i = 0; i < paths.length; i++) {
    const file = fileOfPage(paths[i]);
    if (file === undefined || !isThere(file)) continue;
    const before = pages.get(file);
    if (before === undefined) pages.set(file, [i]);
    else before.push(i);
  }
  return pages;
}
