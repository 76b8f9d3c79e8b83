import { type Language, say } from "../../../pages/words.ts";
import { codeWords } from "./codes.ts";
import { elementLabels } from "./elements.ts";
import { titles } from "./titles.ts";
import { type PageWord, pageWords } from "./words.ts";

/** The label of an element in one language; an element that has none is called by its name. */
export const labelOf = (name: string, parent: string, language: Language): string => {
  const words = elementLabels.get(`${parent}/${name}`) ?? elementLabels.get(name) ?? titles.get(name);
  return words === undefined ? name : say(words, language);
};

/** What a code means; `undefined`: the element holds no codes, or none that is known. */
export const wordsOfCode = (name: string, value: string, language: Language): string | undefined => {
  const words = codeWords.get(name)?.get(value);
  return words === undefined ? undefined : say(words, language);
};

export const titleOf = (root: string, language: Language): string | undefined => {
  const words = titles.get(root);
  return words === undefined ? undefined : say(words, language);
};

export const word = (name: PageWord, language: Language): string => say(pageWords[name], language);
