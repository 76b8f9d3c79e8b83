import { expect, test } from "vitest";
import { endOfName, isCharacter, startsName } from "../../../../gateways/xml/names.ts";

/** XML 1.0 (fifth edition), productions 2, 4 and 4a, as they stand there. */
const nameStart =
  /^[:A-Z_a-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2FF}\u{370}-\u{37D}\u{37F}-\u{1FFF}\u{200C}-\u{200D}\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFFD}\u{10000}-\u{EFFFF}]$/u;
const nameFollower = /^(?:[-.0-9\u{B7}]|[\u{300}-\u{36F}]|[\u{203F}-\u{2040}])$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML allows of them
const character = /^[\u{9}\u{A}\u{D}\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]$/u;

test("every character there is may begin a name, stand in one, or stand in a document, as the standard says", () => {
  const wrong: number[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    const char = String.fromCodePoint(code);
    const starts = nameStart.test(char);
    const end = starts || nameFollower.test(char) ? 1 + char.length : 1;
    const isRight =
      startsName(char, 0) === starts &&
      endOfName(`a${char}<`, 1) === end &&
      isCharacter(code) === character.test(char);
    if (!isRight) wrong.push(code);
  }
  expect(wrong).toEqual([]);
});
