/** How large a zip says its parts are once unpacked (APPNOTE 4.3.12 and 4.3.16), without unpacking. */

const end = { signature: 0x06054b50, bytes: 22, comment: 0xffff } as const;
const entry = { signature: 0x02014b50, bytes: 46 } as const;

/** 0 where there is no directory of parts: then it is no zip, or a broken one. */
export function unpackedBytes(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lowest = Math.max(0, bytes.length - end.bytes - end.comment);
  for (let at = bytes.length - end.bytes; at >= lowest; at--) {
    if (view.getUint32(at, true) === end.signature) {
      return sumFrom(view, view.getUint32(at + 16, true));
    }
  }
  return 0;
}

function sumFrom(view: DataView, start: number): number {
  let sum = 0;
  for (let at = start; at + entry.bytes <= view.byteLength; ) {
    if (view.getUint32(at, true) !== entry.signature) break;
    sum += view.getUint32(at + 24, true);
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    at += entry.bytes + name + extra + comment;
  }
  return sum;
}
