import { type Base64Elements, holderOf } from "./xml-tree.ts";

/** Where a large document is taken apart for reading: what is long in it is mostly base64, and lies between two marks of XML. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

/** So much of a document is made a string at once. */
export const pieceBytes = 64 * 1024;
/** Text without markup that is longer than this is looked at by itself. */
const longRunBytes = 4 * 1024;
const opening = 0x3c;
const closing = 0x3e;

/**
 * The next long run of text without markup, or an empty one where a piece ends. `tag`: where the markup before it begins;
 * `at` is behind that, if it is a tag, and not itself what is long.
 */
export const nextRun = (bytes: Buffer, from: number): Span & { readonly tag: number } => {
  let mark = from;
  while (mark - from < pieceBytes - longRunBytes) {
    // From one opening sign to the last within reach: between them nothing is long.
    const last = mark + longRunBytes < bytes.length ? bytes.lastIndexOf(opening, mark + longRunBytes) : -1;
    if (last <= mark) {
      const found = bytes.indexOf(opening, mark + 1);
      const end = found === -1 ? bytes.length : found;
      if (end - mark > longRunBytes) {
        const tagEnd = bytes.indexOf(closing, mark) + 1;
        return { tag: mark, at: tagEnd > 0 && tagEnd < end ? tagEnd : mark, end };
      }
      if (end === bytes.length) return { tag: end, at: end, end };
      mark = end;
    } else mark = last;
  }
  return { tag: mark, at: mark, end: mark };
};

/** Up to the name of a tag, and attributes in order; the quote of one whose value does not end here is the second group. */
const tagName = /^<(?:[^ \t\r\n<>/=:"']*:)?([^ \t\r\n<>/=:"']+)/;
const attribute = /[ \t\r\n]+([^ \t\r\n<>/="']+)[ \t\r\n]*=[ \t\r\n]*(?:"[^"<]*"|'[^'<]*'|(["']))/y;

/** Where the first value begins that does not end in the text, and of which attribute it is. */
const openValueIn = (head: string, from: number): { at: number; name: string } | undefined => {
  attribute.lastIndex = from;
  for (let found = attribute.exec(head); found !== null; found = attribute.exec(head))
    if (found[2] !== undefined) {
      const { lastIndex } = attribute;
      return { at: lastIndex, name: found[1] ?? "" };
    }
  return undefined;
};

/** In a tag that begins at a place: where the value begins that is long and to hold base64. */
const openHolderIn = (bytes: Buffer, tag: number, base64: Base64Elements): number | undefined => {
  const head = bytes.toString("latin1", tag, tag + longRunBytes);
  const [opened = "", local = ""] = tagName.exec(head) ?? [];
  const holder = holderOf(base64, local);
  if (holder?.attribute === undefined) return undefined;
  const value = openValueIn(head, opened.length);
  return value?.name === holder.attribute ? tag + value.at : undefined;
};

/** The long value of the attribute that is to hold base64, in a tag that begins at a place. It has no `<` in it. */
export const longValue = (
  bytes: Buffer,
  { tag, end }: { readonly tag: number; readonly end: number },
  base64: Base64Elements,
): Span | undefined => {
  const at = end - tag > longRunBytes ? openHolderIn(bytes, tag, base64) : undefined;
  if (at === undefined) return undefined;
  const close = bytes.indexOf(bytes[at - 1] ?? 0, at);
  return close === -1 || close > end ? undefined : { at, end: close };
};
