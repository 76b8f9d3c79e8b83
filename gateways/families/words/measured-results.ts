import { medcomObservations, npuObservations } from "../../../contracts/codes/fhir-observations.ts";
import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { MeasuredResult } from "../../../contracts/messages/observation-parts.ts";
import { lines, person, section } from "./words.ts";

const quantityOf = ({ value, text, comparator, unit }: MeasuredResult): string => {
  if (value === undefined) return text ?? "intet svar";
  return [comparator, value.replace(".", ","), unit?.text ?? unit?.code].filter(Boolean).join(" ");
};

const known = [...medcomObservations, ...npuObservations];

/** What people call it, where the code is MedCom's or NPU's; else what the sender does. */
const nameOf = ({ codes }: MeasuredResult): string => {
  const [first] = codes;
  const found = known.find(({ system, code }) => system === first?.system && code === first.code);
  return found?.da ?? first?.name ?? first?.code ?? "";
};

const resultLine = (result: MeasuredResult): string => {
  const by = result.performer === undefined ? undefined : person(result.performer);
  const remarks = [result.status, result.interpretation?.name, result.note, by].filter(Boolean);
  const said = `${nameOf(result)}: ${quantityOf(result)}`;
  return remarks.length === 0 ? said : `${said} (${remarks.join("; ")})`;
};

/** What was measured and is not in the score's table, and what was remarked of what is. */
export const resultLines = (results: readonly MeasuredResult[] = []): FormattedText | undefined => {
  const others = results.filter(({ parameter, note }) => parameter === undefined || note !== undefined);
  return section("Øvrige resultater og bemærkninger", lines(...others.map(resultLine)));
};
