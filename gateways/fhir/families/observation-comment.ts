import type { Isbar } from "../../../contracts/messages/observation-parts.ts";
import type { Concern } from "../../../contracts/score-result.ts";
import type { MeasuredFact } from "./observation-composed.ts";

type Line = readonly [label: string, text: string | undefined];

const linesOf = (lines: readonly Line[]): string =>
  lines
    .flatMap(([label, text]) => (text === undefined || text === "" ? [] : [`${label}: ${text}`]))
    .join("\n");

const joined = (parts: readonly (string | undefined)[], by = ", "): string => parts.filter(Boolean).join(by);

const backgroundText = (said: NonNullable<Isbar["background"]>): string =>
  linesOf([
    ["B", joined([said.diagnoses, said.medicineChanges, said.habitualValues], "; ")],
    ["CAVE", said.cave],
  ]);

const analysisText = ({ abcde = {}, assessment }: NonNullable<Isbar["analysis"]>): string =>
  linesOf([
    ["A", abcde.airway],
    ["B", abcde.breathing],
    ["C", abcde.circulation],
    ["D", abcde.disability],
    ["E", abcde.exposure],
    ["Vurdering", assessment],
  ]);

/** ISBAR under its letters; what was found from A to E stands under the analysis. */
const isbarText = ({ identification, situation, background = {}, analysis = {}, request }: Isbar): string => {
  const { name, title, unit, callbackPhone } = identification;
  return joined(
    [
      linesOf([
        ["I", joined([name, title, unit, callbackPhone])],
        ["S", joined([situation.reason, situation.since], ", siden ")],
      ]),
      backgroundText(background),
      analysisText(analysis),
      linesOf([
        ["R", request.asks],
        ["Senest", request.by],
        ["Svar", request.answer],
        ["Gentaget", request.readBack ? "ja" : undefined],
      ]),
    ],
    "\n",
  );
};

const concernText = (concern: Concern | undefined): string =>
  concern === undefined ? "" : linesOf([["Bekymring", concern.text ?? "ja"]]);

/** Where a value was measured has no code in MedCom's message: MedCom's own example tells it in the comment. */
const sitesText = ({ score }: MeasuredFact): string =>
  linesOf(score.parts.map(({ parameter, site }): Line => [`Målested (${parameter})`, site]));

/**
 * What a measurement says in words, under the report (DiagnosticReport.conclusion): MedCom's example has ABCDE there, and ISBAR,
 * concern and where a value was measured have no other place.
 */
export const commentOf = (fact: MeasuredFact): string | undefined => {
  const { comment, isbar, concern, delegation } = fact;
  const text = [
    comment,
    concernText(concern),
    isbar === undefined ? undefined : isbarText(isbar),
    // A message that its sender wrote tells in its own comment where it was measured.
    fact.results === undefined ? sitesText(fact) : undefined,
    linesOf([["Rammedelegation", delegation]]),
  ]
    .filter((part) => part !== undefined && part !== "")
    .join("\n");
  return text === "" ? undefined : text;
};
