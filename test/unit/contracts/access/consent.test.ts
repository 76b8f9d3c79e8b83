import { describe, expect, test } from "vitest";
import { consentRefusedIn, isStoppedBy } from "../../../../contracts/access/consent.ts";
import { LegalBasis } from "../../../../contracts/access/law.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";

const meta: CaseRecord["meta"] = {
  ...{ no: 1, at: "2026-11-23T09:15:00.000Z", commandId: "c", commandType: "t", digest: "d", actor: "a" },
  ...{ outcome: "accepted", status: "sent" },
};
type Seen = Pick<CaseRecord, "facts" | "meta">;
const refusedFor = (refusal: string): Seen => ({ facts: [], meta: { ...meta, outcome: "refused", refusal } });
const told = (type: string, more: object): Seen => ({ facts: [{ type, ...more }], meta });
const referral = (type: string, given?: boolean): Seen =>
  told(type, { referral: { prevention: { consent: { given } } } });

describe("a citizen's refusal", () => {
  test("stops what rests on consent, and nothing else", () => {
    const stopped = LegalBasis.options.filter((basis) => isStoppedBy({ refused: true, basis }));
    expect(stopped).toEqual(["consent"]);
    expect(LegalBasis.options.filter((basis) => isStoppedBy({ refused: false, basis }))).toEqual([]);
    expect(isStoppedBy({ refused: true, basis: undefined })).toBe(false);
  });

  test("is shown on its case, until a referral with consent is taken", () => {
    const refused = refusedFor("consent-refused");
    expect(consentRefusedIn([])).toBe(false);
    expect(consentRefusedIn([refused])).toBe(true);
    expect(consentRefusedIn([refused, refusedFor("referral-incomplete")])).toBe(true);
    expect(consentRefusedIn([refused, referral("ReferralSent", true)])).toBe(false);
    expect(consentRefusedIn([referral("ReferralSent"), refused])).toBe(true);
    expect(consentRefusedIn([refusedFor("referral-incomplete")])).toBe(false);
  });

  test("is shown when a referral is withdrawn because of it, and not when it is withdrawn for another reason", () => {
    const withdrawn = (more: object): Seen =>
      told("ReferralWithdrawn", { reason: "Ønsker det ikke", ...more });
    expect(consentRefusedIn([referral("ReferralSent", true), withdrawn({ consentWithdrawn: true })])).toBe(
      true,
    );
    expect(consentRefusedIn([referral("ReferralSent", true), withdrawn({})])).toBe(false);
  });

  test("is shown where the message went all the same, on another basis", () => {
    expect(consentRefusedIn([referral("ReferralSent", false), told("ReferralReceived", {})])).toBe(true);
    expect(consentRefusedIn([told("EpisodeOpened", { restricted: true }), told("Measured", {})])).toBe(true);
    expect(consentRefusedIn([told("EpisodeOpened", { restricted: false })])).toBe(false);
  });
});
