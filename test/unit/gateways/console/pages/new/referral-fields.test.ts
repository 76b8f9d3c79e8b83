import { describe, expect, test } from "vitest";
import { contentRules } from "../../../../../../contracts/codes/referral-rules/rules.ts";
import { ReferralRule } from "../../../../../../contracts/messages/hub-rules.ts";
import { SendReferral } from "../../../../../../contracts/messages/referral-commands.ts";
import {
  ReferralKind as Kinds,
  type ReferralKind,
} from "../../../../../../contracts/messages/referral-content.ts";
import { bodyOf, type Values } from "../../../../../../gateways/console/web/src/forms/body-of.ts";
import {
  both,
  type Field,
  type Seen,
} from "../../../../../../gateways/console/web/src/forms/described/form.ts";
import {
  besides,
  referralFields,
} from "../../../../../../gateways/console/web/src/pages/new/referral-fields.ts";
import { checkContent } from "../../../../../../services/referral/core/check-content.ts";

const rules = contentRules.map((rule) => ReferralRule.parse(rule));
const now = "2026-11-23T12:00:00.000Z";
const seen: Seen = { view: undefined, person: "Asta Åkjær", nowMs: Date.parse(now) };
const patient = { cpr: "2512489996", surname: "Demosen" };

const said: Readonly<Record<string, string>> = {
  priority: "elektiv",
  municipality: "0890",
  "prevention.topic": "smoking",
  "refer.code": "DE119",
  "imaging.egfr.value": ">90",
  "acuteTeam.substitute.until": "2026-11-30T16:00",
  "acuteTeam.call.at": "2026-11-23T12:30",
};

const sample = (field: Field): string => {
  const own = said[field.name];
  if (own !== undefined) return own;
  if (field.kind === "choice" && typeof field.options !== "function") return field.options[0]?.value ?? "";
  if (field.kind === "date") return "2026-11-20";
  return field.kind === "moment" ? "2026-11-23T12:00" : "Tekst";
};

/** Fills in what is asked until nothing more is: one answer may ask for another. */
const filledIn = (kind: ReferralKind, receiver: string, isWanted: (field: Field) => boolean): Values => {
  let values: Values = { kind };
  for (let i = 0; i < 4; i++)
    for (const field of referralFields(rules, { kind, receiver, values }))
      if (field.kind !== "files" && isWanted(field)) values = { ...values, [field.name]: sample(field) };
  return values;
};

const judged = (kind: ReferralKind, receiver: string, isWanted: (field: Field) => boolean) => {
  const values = filledIn(kind, receiver, isWanted);
  const fields = referralFields(rules, { kind, receiver, values });
  const form = { path: "", title: both("", ""), send: both("", ""), fields, fixed: besides };
  const body: { patient?: object } = bodyOf(form, values, { seen, kept: new Map() });
  const referral = SendReferral.parse({
    ...body,
    kind,
    messageId: "m-1",
    patient: { ...patient, ...body.patient },
  });
  return checkContent(contentRules, { kind, receiver, content: referral }, { now, today: "2026-11-23" });
};

const receivers = ["5790000200016", "5790000212026"];

describe.each(Kinds.options)("a referral to %s", (kind) => {
  test.each(receivers)("that has what the form demands is refused nothing by the hub, at %s", (receiver) => {
    expect(judged(kind, receiver, (field) => field.isOptional !== true).errors).toEqual([]);
  });

  test.each(receivers)(
    "that has everything the form asks for lacks nothing that is wished for, at %s",
    (receiver) => {
      expect(judged(kind, receiver, () => true)).toEqual({ errors: [], warnings: [] });
    },
  );
});

test("one receiver's own demand is asked for there alone", () => {
  const values = { kind: "imaging", "imaging.examination": "ct-thorax" };
  const names = (receiver: string): string[] =>
    referralFields(rules, { kind: "imaging", receiver, values }).map(({ name }) => name);
  expect(names("5790000212026")).toContain("imaging.egfr.value");
  expect(names("5790000200016")).not.toContain("imaging.egfr.value");
});
