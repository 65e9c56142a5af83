/** Which file a task is about: Label Studio names pictures by addresses of its own. */

/** Our own tasks name the file beside the address. */
export const pathMember = "path";

const pictures = /\.(jpe?g|png|webp|tiff?|bmp|gif|avif|heic)(#\d+)?$/i;

export function endsLikeFile(value: unknown): boolean {
  return typeof value === "string" && pictures.test(plain(value));
}

/** The path or name of the picture among a task's data, else what was uploaded. */
export function fileIn(
  data: Readonly<Record<string, unknown>>,
  upload: unknown,
): string | undefined {
  const own = data[pathMember];
  if (typeof own === "string" && own !== "") return own;
  const address = Object.values(data).find(endsLikeFile);
  if (typeof address === "string") return plain(address);
  return typeof upload === "string" && upload !== "" ? withoutMark(plain(upload)) : undefined;
}

/**
 * `/data/local-files/?d=a/b.jpg` → a/b.jpg; `/data/upload/7/1c5f0a2b-b.jpg` → b.jpg; other addresses
 * (https, s3, gs) → their path.
 */
function plain(address: string): string {
  const local = /[?&]d=([^&]+)/.exec(address)?.[1];
  if (local !== undefined) return unescaped(local);
  const [, rest = address] = /^[a-z][a-z0-9+.-]+:\/\/[^/]*(\/.*)$/i.exec(address) ?? [];
  const [path] = rest === address ? [address] : rest.split(/[?#]/, 1);
  const uploaded = /(?:^|\/)(?:data\/)?upload\/(?:\d+\/)?([^/]+)$/.exec(path)?.[1];
  return uploaded === undefined ? unescaped(path) : withoutMark(unescaped(uploaded));
}

/** Uploads get eight hexadecimal digits before their name. */
function withoutMark(name: string): string {
  return name.replace(/^.*\//, "").replace(/^[0-9a-f]{8}-/, "");
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
