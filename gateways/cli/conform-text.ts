import type { rehearsal } from "./compose.ts";

type Language = "da" | "en";
type Check = rehearsal.ConversationResult["checks"][number];

const words = {
  da: {
    passed: "bestået",
    failed: "FEJLER",
    skipped: "ikke set",
    came: "Der kom",
    cure: "Ret",
    section: "Se",
    of: "af",
  },
  en: {
    passed: "passed",
    failed: "FAILS",
    skipped: "not seen",
    came: "There came",
    cure: "Mend",
    section: "See",
    of: "of",
  },
} as const;

const checkLines = (check: Check, language: Language): string[] => {
  const word = words[language];
  const code = check.code === undefined ? "" : ` (${check.code})`;
  const line = `    ${word[check.verdict]}: ${check.tells[language]}${code}, ${check.about}`;
  if (check.verdict !== "failed") return [line];
  const { document, section } = check.section;
  return [
    line,
    ...(check.found === undefined ? [] : [`      ${word.came}: ${check.found}`]),
    `      ${word.cure}: ${check.cure[language]}`,
    `      ${word.section}: ${document}, ${section}`,
  ];
};

/** One conversation with what passed and what is to be mended. */
export const conversationText = (
  { id, title, passed, checks }: rehearsal.ConversationResult,
  language: Language,
): string =>
  [
    `${passed ? "✓" : "✗"} ${title[language]} [${id}]`,
    ...checks.flatMap((check) => checkLines(check, language)),
  ].join("\n");

/** How many of the conversations went well. */
export const summaryText = (results: readonly rehearsal.ConversationResult[], language: Language): string => {
  const word = words[language];
  const passed = results.filter((one) => one.passed).length;
  return `${String(passed)} ${word.of} ${String(results.length)} ${word.passed}`;
};
