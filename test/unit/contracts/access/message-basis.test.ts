import { describe, expect, test } from "vitest";
import { basisOfMessage, toldIn } from "../../../../contracts/access/message-basis.ts";
import { messageLaw, noticeLaw } from "../../../../contracts/access/message-law.ts";
import { Family } from "../../../../contracts/family.ts";
import { AdviceFact } from "../../../../contracts/messages/advice.ts";
import { AttachmentFact } from "../../../../contracts/messages/attachment.ts";
import { BookingFact } from "../../../../contracts/messages/booking.ts";
import { DeskFact } from "../../../../contracts/messages/desk.ts";
import { DigestFact } from "../../../../contracts/messages/digest.ts";
import { OrganisationKind } from "../../../../contracts/messages/directory.ts";
import { DischargeFact } from "../../../../contracts/messages/discharge-facts.ts";
import { ObservationFact } from "../../../../contracts/messages/observation-facts.ts";
import { ReferralKind } from "../../../../contracts/messages/referral-content.ts";
import { ReferralFact } from "../../../../contracts/messages/referral-facts.ts";
import { NoticeFact } from "../../../../contracts/notices.ts";

type Typed = { options: readonly { shape: { type: { value: string } } }[] };
const typesOf = ({ options }: Typed): string[] => options.map(({ shape }) => shape.type.value);

/** Every message that the hub carries, by family. */
const carried: Record<Family, string[]> = {
  advice: typesOf(AdviceFact),
  attachment: typesOf(AttachmentFact),
  referral: typesOf(ReferralFact),
  discharge: typesOf(DischargeFact),
  observation: typesOf(ObservationFact),
  booking: typesOf(BookingFact),
  digest: typesOf(DigestFact),
  desk: typesOf(DeskFact),
};
const kinds = [...OrganisationKind.options, undefined];

type Asked = { from: OrganisationKind; to: OrganisationKind; told?: readonly object[] };
const codeOf = (family: Family, type: string, { from, to, told = [] }: Asked) => {
  const facts = told.map((fact) => ({ type: "Said", ...fact }));
  return basisOfMessage({ family, fact: { type }, from, to }, toldIn([{ facts }]))?.code;
};

describe("the law of every message", () => {
  test("is told for each message of each family, between whoever they are, and names no message that there is not", () => {
    for (const family of Family.options) {
      expect(Object.keys(messageLaw[family]).sort()).toEqual([...new Set(carried[family])].sort());
      for (const type of [...carried[family], ...typesOf(NoticeFact)])
        for (const from of kinds)
          for (const to of kinds)
            for (const kind of [...ReferralKind.options, undefined])
              expect(basisOfMessage({ family, fact: { type }, from, to }, { kind })?.source).toMatch(/.{10}/);
    }
    expect(Object.keys(noticeLaw).sort()).toEqual(typesOf(NoticeFact).sort());
  });

  test("ends each rule with a row for everybody, and has none behind that", () => {
    const rules = Object.values({ ...messageLaw, notices: noticeLaw }).flatMap((of) => Object.values(of));
    for (const rule of rules) {
      const forAll = rule.map(({ kinds: of, from, to }) => of === undefined && !from && !to);
      expect(forAll.indexOf(true)).toBe(rule.length - 1);
    }
  });

  test("has nothing for a message that it does not know", () => {
    expect(codeOf("advice", "Gossip", { from: "practice", to: "practice" })).toBeUndefined();
  });
});

describe("a message rests on", () => {
  test("the discharge letter from a hospital to a practice, and on section 12 c to a municipality", () => {
    expect(codeOf("discharge", "SummarySent", { from: "department", to: "practice" })).toBe(
      "discharge-letter",
    );
    expect(codeOf("discharge", "SummarySent", { from: "hospital", to: "municipality" })).toBe("section-12c");
    expect(codeOf("discharge", "AdmissionReportSent", { from: "municipality", to: "hospital" })).toBe(
      "section-12c",
    );
    expect(codeOf("discharge", "StayEventReported", { from: "hospital", to: "practice" })).toBe(
      "current-treatment",
    );
  });

  test("the citizen's consent in prevention, to the municipality and back, and in a visit at home that is asked for", () => {
    const told = [{ kind: "prevention" }];
    expect(codeOf("referral", "ReferralSent", { from: "practice", to: "municipality", told })).toBe(
      "consent",
    );
    expect(codeOf("referral", "ReferralConcluded", { from: "municipality", to: "practice", told })).toBe(
      "consent",
    );
    expect(codeOf("discharge", "HomeVisitAsked", { from: "hospital", to: "practice" })).toBe("consent");
  });

  test("treatment in any other referral, and on the letter that ends it", () => {
    const told = [{ kind: "hospital" }];
    expect(codeOf("referral", "ReferralSent", { from: "practice", to: "department", told })).toBe(
      "current-treatment",
    );
    expect(codeOf("referral", "ReferralConcluded", { from: "department", to: "practice", told })).toBe(
      "discharge-letter",
    );
    const team = { from: "practice", to: "acuteTeam", told: [{ kind: "acute-team" }] } as const;
    expect(codeOf("referral", "ReferralSent", team)).toBe("current-treatment");
  });

  test("what the team said when it opened an episode, and a value spring says why", () => {
    const to = { from: "municipality", to: "practice" } as const;
    expect(codeOf("observation", "DoctorAsked", to)).toBe("current-treatment");
    expect(codeOf("observation", "DoctorAsked", { ...to, told: [{ basis: { kind: "consent" } }] })).toBe(
      "consent",
    );
    const basis = { kind: "valueSpring" as const, reason: "Bevidstløs" };
    const asked = { family: "observation" as const, fact: { type: "DoctorAsked" }, ...to };
    expect(basisOfMessage(asked, { basis })).toMatchObject({ code: "value-spring", reason: "Bevidstløs" });
  });

  test("the running of the hub where it tells of a promise alone", () => {
    for (const family of Family.options)
      expect(codeOf(family, "ClockBreached", { from: "practice", to: "hospital" })).toBe("operation");
  });
});
