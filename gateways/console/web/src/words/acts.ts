import { wordsOfAct } from "../../../../../contracts/codes/act-words.ts";
import type { Language } from "./both.ts";

/** What is expected of somebody, as a verb: the hub's own list, which letters and reminders use as well. */
export const actText = (act: string, language: Language): string => wordsOfAct(act)[language];
