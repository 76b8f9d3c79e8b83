/** XML 1.0 (fifth edition), productions 3 to 5: what a name may begin with, and what may follow. */
const starts: readonly (readonly [number, number])[] = [
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
];
const followers: readonly (readonly [number, number])[] = [
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
];

const isIn = (ranges: readonly (readonly [number, number])[], code: number): boolean =>
  ranges.some(([from, to]) => code >= from && code <= to);

const ascii = 0x80;
const none = 0;
const follower = 1;
const start = 2;
/** Nearly every name there is is ASCII. */
const kinds = Uint8Array.from({ length: ascii }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_:]/.test(char)) return start;
  return /[-.0-9]/.test(char) ? follower : none;
});

/** How many units of the string the character at a place of a name is, when it is one that a name may have; else 0. */
const widthInName = (text: string, at: number): number => {
  const code = text.codePointAt(at) ?? 0;
  if (!isIn(starts, code) && !isIn(followers, code)) return 0;
  return code > 0xffff ? 2 : 1;
};

export const startsName = (text: string, at: number): boolean => {
  const code = text.codePointAt(at) ?? 0;
  return code < ascii ? kinds[code] === start : isIn(starts, code);
};

/** Where the characters of a name end that begin at a place: at what is none of a name's, or at the end of the text. */
export const endOfName = (text: string, from: number): number => {
  const { length } = text;
  let at = from;
  while (at < length) {
    const code = text.charCodeAt(at);
    const width = code < ascii ? kinds[code] : widthInName(text, at);
    if (width === none || width === undefined) return at;
    at += code < ascii ? 1 : width;
  }
  return length;
};

/** XML 1.0, production 2, Char. */
export const isCharacter = (code: number): boolean =>
  code === 0x09 ||
  code === 0x0a ||
  code === 0x0d ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);
