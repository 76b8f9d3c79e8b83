import { isUtf8 } from "node:buffer";
import type { ErrorCode } from "../../contracts/errors.ts";

const [quote, backslash, open, openList, close, closeList] = Buffer.from('"\\{[}]');

/** Formatted text nests a style in a style; nothing that is sent here nests deeper than this. */
const maxDepth = 64;

/** Brackets are counted before parsing: a schema that meets ten thousand nested lists would exhaust the stack. */
const nestsTooDeep = (body: Buffer): boolean => {
  let depth = 0;
  let inText = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (byte === quote) inText = !inText;
    else if (inText) {
      if (byte === backslash) i++;
    } else if (byte === open || byte === openList) {
      if (++depth > maxDepth) return true;
    } else if (byte === close || byte === closeList) depth--;
  }
  return false;
};

/** A byte order mark, which some Windows systems write first, is not JSON (RFC 8259, section 8.1 allows to ignore it). */
const withoutMark = (body: Buffer): Buffer =>
  body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;

/**
 * JSON from bytes. An empty body is `undefined`. Bytes that are not UTF-8 are refused: read as if they were, `Søren`
 * would be kept as something else. The parser's own message repeats the text, so it is never carried on.
 */
export const parseJsonBody = (body: Buffer): { value: unknown } | { refused: ErrorCode } => {
  if (body.length === 0) return { value: undefined };
  if (!isUtf8(body)) return { refused: "encoding-unknown" };
  if (nestsTooDeep(body)) return { refused: "message-invalid" };
  try {
    return { value: JSON.parse(withoutMark(body).toString("utf8")) };
  } catch {
    return { refused: "message-invalid" };
  }
};
