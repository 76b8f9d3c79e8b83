import { type Agreement, type AgreementEntry, type EscalationStep, isClock } from "../../agreement.ts";
import { deliveryMatter } from "../promises.ts";

/**
 * What cannot wait for the morning: somebody may come to harm meanwhile, or the whole time is shorter than a night. A proposal of
 * ours, to be agreed on locally; no source says who is woken.
 */
const urgent: ReadonlySet<string> = new Set([
  "ACUTE-REQ",
  "ACUTE-RESULT",
  "ACUTE-VISIT",
  "COR-REFQUERY-ASAP",
  "IMG-CRITICAL",
  "REF-CANCER",
  "SUBACUTE",
  "TOBS-MSG",
  "TOBS-REPEAT",
]);

const soon: EscalationStep = {
  to: "team",
  on: "warning",
  da: "Fristen nærmer sig: svar, eller ring og aftal, hvad der skal ske.",
  en: "The time is running out: answer, or phone and agree on what is to happen.",
};

/** A missing receipt is a matter of machines: whoever has not taken a letter cannot be asked by another to hurry. */
const warned = ({ appliesTo, notYet }: Agreement): boolean =>
  appliesTo.kinds?.includes(deliveryMatter) !== true && notYet === undefined;

/** An entry of the built-in set with a warning to whoever owes the answer, and with what is urgent told at once. */
export const withTelling = (entry: AgreementEntry): AgreementEntry => {
  if (!isClock(entry)) return entry;
  const steps = [...entry.escalation, ...(warned(entry) ? [soon] : [])];
  return {
    ...entry,
    escalation: urgent.has(entry.promise) ? steps.map((step) => ({ ...step, urgent: true })) : steps,
  };
};
