import { describe, expect, it } from "vitest";
import {
  promisesOfTheReceiver,
  referralAgreements,
  rightsOfThePatient,
} from "../../../../contracts/codes/agreements/referral.ts";
import { contentRules, senderRules, validities } from "../../../../contracts/codes/referral-rules/rules.ts";
import { ReferralKind } from "../../../../contracts/messages/referral-content.ts";
import { ReferralFact } from "../../../../contracts/messages/referral-facts.ts";

const facts = ReferralFact.options.map((option) => option.shape.type.value as string);
const endings = ["ReferralForwarded", "ReferralWithdrawn", "ReferralExpired"];

describe("an agreement about referrals", () => {
  it.each(referralAgreements)(
    "$id cancels on facts that there are, and that do nothing else to it",
    (each) => {
      const { cancelsOn, startsOn, stopsOn, pausesOn, resumesOn } = each;
      expect(cancelsOn.filter((fact) => !facts.includes(fact))).toEqual([]);
      const others = [startsOn, stopsOn, pausesOn, resumesOn].flat();
      expect(cancelsOn.filter((fact) => others.includes(fact))).toEqual([]);
    },
  );

  it.each(referralAgreements)(
    "$id ends when the referral leaves the unit or ends",
    ({ stopsOn, cancelsOn }) => {
      expect(endings.filter((fact) => ![...stopsOn, ...cancelsOn].includes(fact))).toEqual([]);
    },
  );

  it("is either a right of the patient or a promise of the receiver", () => {
    const kept = new Set(referralAgreements.map(({ promise }) => promise));
    expect([...rightsOfThePatient, ...promisesOfTheReceiver].toSorted()).toEqual([...kept].toSorted());
  });
});

describe("the rules of referrals", () => {
  it("tell each demand in both languages, with its source", () => {
    for (const { text, source } of contentRules)
      expect([text.da, text.en, source].every((words) => words.length > 5)).toBe(true);
  });

  it("have a code that a problem may have, and each demand once", () => {
    expect(contentRules.filter(({ code }) => !/^[a-z][a-z0-9-]*$/.test(code))).toEqual([]);
    const demands = contentRules.flatMap(({ kinds, field, check }) =>
      kinds.map((kind) => `${kind} ${field} ${check.kind}`),
    );
    expect(new Set(demands).size).toBe(demands.length);
  });

  it.each(ReferralKind.options)("say who may refer, and for how long, of the kind %s", (kind) => {
    expect(senderRules.filter(({ kinds }) => kinds.includes(kind))).toHaveLength(1);
    expect(validities.filter((one) => one.kind === kind)).toHaveLength(1);
    expect(validities.find((one) => one.kind === kind)?.months).toBeGreaterThan(0);
  });
});
