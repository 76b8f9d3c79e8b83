import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { declineReasons, returnReasons } from "../../../../../contracts/codes/referral-rules/reasons.ts";
import { AdviceCommands } from "../../../../../contracts/messages/advice.ts";
import { BookingCommands } from "../../../../../contracts/messages/booking.ts";
import { DischargeCommands } from "../../../../../contracts/messages/discharge.ts";
import { ObservationCommands } from "../../../../../contracts/messages/observation.ts";
import { ReferralCommands } from "../../../../../contracts/messages/referral.ts";
import {
  bodyOf,
  type Value,
  type Values,
  wrongs,
} from "../../../../../gateways/console/web/src/forms/body-of.ts";
import { describedForms } from "../../../../../gateways/console/web/src/forms/described/described.ts";
import type {
  CommandForm,
  Field,
  Seen,
} from "../../../../../gateways/console/web/src/forms/described/form.ts";

const commands = new Map<string, z.ZodType>(
  Object.entries({
    ...AdviceCommands,
    ...ReferralCommands,
    ...DischargeCommands,
    ...ObservationCommands,
    ...BookingCommands,
  }),
);

/** Commands that no form on a case sends, each with its reason. */
const without: Readonly<Record<string, readonly string[]>> = {
  "has a page of its own": [
    "advice.ask",
    "referral.send",
    "observation.open",
    "observation.measure",
    "booking.publish",
    "booking.hold",
    "booking.bookDirectly",
  ],
  "has no page yet: the hospital's own system tells of stays, and a request to a visitation is phoned": [
    "discharge.notify",
    "discharge.correct",
    "discharge.cancel",
    "discharge.receiveSummary",
    "booking.request",
  ],
  "is what a letter of a standard becomes": [
    "advice.receiveLetter",
    "advice.refuseLetter",
    "referral.correct",
    "referral.concludeByLetter",
    "referral.bookByLetter",
    "referral.receiveLetter",
  ],
  "is the hub's own": [
    "advice.joinAttachments",
    "advice.noteConversion",
    "advice.noteUndelivered",
    "advice.ring",
    "referral.noteConclusion",
    "referral.joinAttachments",
    "referral.openFromAdvice",
    "referral.openFromObservation",
    "referral.noteBooking",
    "referral.ring",
    "discharge.noteTransfer",
    "discharge.requestAdmissionReport",
    "discharge.askWishedVisit",
    "booking.bookForReferral",
  ],
};

const caseId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
const seen: Seen = { view: undefined, person: "Asta Åkjær", nowMs: Date.parse("2026-11-23T12:00:00.000Z") };

const typed = ({ name, max }: { name: string; max: number }): string =>
  name === "slotId" ? caseId : "Noget".slice(0, max);

const chosen = ({ options }: Extract<Field, { kind: "choice" }>): string =>
  typeof options === "function" ? "1" : (options.at(-1)?.value ?? "");

const sample = (field: Field): Value => {
  if (field.kind === "line" || field.kind === "long") return typed(field);
  if (field.kind === "choice") return chosen(field);
  if (field.kind === "whole") return String(field.min);
  const plain = { yes: true, files: [], date: "2026-11-23", moment: "2026-11-24T10:30" };
  if (field.kind === "slot") return "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90";
  return field.kind === "organisation" ? "5790000200016" : plain[field.kind];
};

const filled = (form: CommandForm, isWanted: (field: Field) => boolean): Values =>
  Object.fromEntries(form.fields.map((field) => [field.name, isWanted(field) ? sample(field) : ""]));

const problemsOf = (type: string, form: CommandForm, values: Values): unknown[] => {
  const withIds = { ...form, fixed: { ...fixedOf(form, values) } };
  const body = bodyOf(withIds, values, { seen, kept: new Map() });
  const parsed = commands.get(type)?.safeParse({ ...body, caseId });
  return parsed?.error?.issues ?? (parsed === undefined ? ["no such command"] : []);
};

/** What a case would give is given here. */
const fixedOf = (form: CommandForm, values: Values): Record<string, string | boolean> => {
  const fixed = typeof form.fixed === "function" ? form.fixed(seen, values) : (form.fixed ?? {});
  return Object.fromEntries(
    Object.entries(fixed).map(([name, value]) => [name, value === "" ? "s-1" : value]),
  );
};

describe("forms on a case", () => {
  test("are there for every command, but for those that are named", () => {
    const named = Object.values(without).flat();
    const expected = [...commands.keys()].filter((type) => !named.includes(type));
    expect(Object.keys(describedForms).toSorted()).toEqual(expected.toSorted());
  });

  test.each(Object.entries(describedForms))(
    "%s: what is filled in whole is what the contract takes",
    (type, form) => {
      const values = filled(form, () => true);
      expect([...wrongs(form.fields, values)]).toEqual([]);
      expect(problemsOf(type, form, values)).toEqual([]);
    },
  );

  test.each(Object.entries(describedForms))("%s: what is asked for is enough", (type, form) => {
    const values = filled(form, (field) => field.isOptional !== true);
    expect(problemsOf(type, form, values)).toEqual([]);
  });

  test("say every choice that the contract has", () => {
    const valuesIn = (type: string, name: string): string[] => {
      const field = describedForms[type]?.fields.find((each) => each.name === name);
      return field?.kind === "choice" && typeof field.options !== "function"
        ? field.options.map(({ value }) => value)
        : [];
    };
    expect(valuesIn("referral.return", "reason")).toEqual([...returnReasons]);
    expect(valuesIn("referral.decline", "reason")).toEqual([...declineReasons]);
  });
});
