/**
 * Text as XML 1.0 character data for any of the encodings the hub writes: markup is escaped, and what is not in
 * ISO-8859-1 becomes a character reference. Carriage returns and the controls 7F-9F are references too, since a parser
 * would normalise the first and old receivers read the others as windows-1252.
 */
const needsCare = /[^\t\n -%'-;=?-~\u00a0-\u00ff]/;
const everyCare = /[^\t\n -%'-;=?-~\u00a0-\u00ff]/gu;

const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** XML 1.0, production 2, Char, for what `needsCare` finds. */
const isLegal = (code: number): boolean =>
  code === 0x0d || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;

export const escapeText = (text: string, onIllegal: () => void): string =>
  needsCare.test(text)
    ? text.replace(everyCare, (char) => {
        const code = char.codePointAt(0) ?? 0;
        if (!isLegal(code)) onIllegal();
        return named[char] ?? `&#${isLegal(code) ? code : 0xfffd};`;
      })
    : text;
