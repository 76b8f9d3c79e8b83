import { describe, expect, it } from "vitest";
import { Agreement, ClockChange, type Limit } from "../../../../contracts/clocks.ts";
import { agreements, agreementsFor, type Matter } from "../../../../contracts/codes/agreements.ts";
import { DeliveryChange } from "../../../../contracts/deliveries.ts";
import { AdviceFact } from "../../../../contracts/messages/advice.ts";
import { OrganisationKind } from "../../../../contracts/messages/directory.ts";
import { domainData } from "../../../support/domain-data.ts";

const advice = { family: "advice", kind: "specialist" } as const;
const correspondence = { family: "advice", kind: "correspondence" } as const;
const delivery = { family: "attachment", kind: "delivery" } as const;
const date = "2026-11-23";

const factTypes = AdviceFact.options.map((option) => option.shape.type.value as string);
const deliveryChanges = DeliveryChange.options.map((option) => option.shape.change.value as string);
const size = (limit: Limit) => ("days" in limit ? limit.days : limit.minutes);
const agreementFor = (matter: Matter, debtorKind: OrganisationKind, on: string) =>
  agreementsFor(agreements, { matter, debtorKind, date: on })[0];

describe("the agreements", () => {
  it.each(agreements)("$id version $version fits its contract", (agreement) => {
    expect(Agreement.parse(agreement)).toEqual(agreement);
    expect(agreement.source.length).toBeGreaterThan(0);
  });

  it.each(agreements)("$id names only facts that exist", (agreement) => {
    const known = agreement.appliesTo.kinds?.includes("delivery") === true ? deliveryChanges : factTypes;
    const named = [agreement.startsOn, agreement.pausesOn, agreement.resumesOn, agreement.stopsOn].flat();
    expect(named.filter((fact) => !known.includes(fact))).toEqual([]);
    expect(agreement.startsOn.length * agreement.stopsOn.length).toBeGreaterThan(0);
  });

  it.each(agreements)("$id warns before it breaches, in the same unit", ({ limit, warnAt }) => {
    expect(warnAt.kind).toBe(limit.kind);
    expect(size(warnAt)).toBeLessThan(size(limit));
  });

  it.each(agreements)("$id resumes if and only if it pauses, and no fact does two things", (agreement) => {
    expect(agreement.pausesOn.length === 0).toBe(agreement.resumesOn.length === 0);
    const named = [agreement.startsOn, agreement.pausesOn, agreement.resumesOn, agreement.stopsOn].flat();
    expect(new Set(named).size).toBe(named.length);
  });

  it("have each version once", () => {
    const versions = agreements.map(({ id, version }) => `${id} ${String(version)}`);
    expect(new Set(versions).size).toBe(versions.length);
  });

  it("leave exactly one in force for any matter, debtor and date", () => {
    for (const matter of [advice, correspondence, delivery])
      for (const kind of OrganisationKind.options) {
        const found = agreements.filter(
          ({ appliesTo }) =>
            appliesTo.kinds?.includes(matter.kind) === true &&
            (appliesTo.debtorKinds?.includes(kind) ?? true),
        );
        expect(found.length).toBeLessThanOrEqual(1);
        expect(agreementFor(matter, kind, date)).toBe(found[0]);
      }
  });
});

describe("the agreement that applies", () => {
  it("to a specialist's answer is ADVICE-MSG", () => {
    expect(agreementFor(advice, "department", date)?.id).toBe("ADVICE-MSG");
    expect(agreementFor(advice, "hospital", date)?.id).toBe("ADVICE-MSG");
    expect(agreementFor(advice, "practice", date)).toBeUndefined();
  });

  it("to correspondence is COR-ROUTINE where GPs and municipalities receive it", () => {
    const kinds = OrganisationKind.options.filter(
      (kind) => agreementFor(correspondence, kind, date) !== undefined,
    );
    expect(kinds).toEqual(["practice", "municipality", "acuteTeam"]);
    expect(agreementFor(correspondence, "practice", date)?.id).toBe("COR-ROUTINE");
  });

  it("to a delivery of any family is RECEIPT, whoever receives it", () => {
    for (const kind of OrganisationKind.options) {
      expect(agreementFor(delivery, kind, date)?.id).toBe("RECEIPT");
      expect(agreementFor({ ...delivery, family: "advice" }, kind, date)?.id).toBe("RECEIPT");
    }
  });

  it("is none before it was made", () => {
    expect(agreementFor(advice, "department", "2025-12-31")).toBeUndefined();
    expect(agreementFor(advice, "department", "2026-01-01")?.id).toBe("ADVICE-MSG");
  });
});

const published = domainData("response-agreements") as
  | { agreements: { id: string; limit: string; warnAt: string; basis: string }[] }
  | undefined;
describe.skipIf(published === undefined)("the published response-time agreements", () => {
  it.each(agreements)("say of $id the same limit, warning and basis", ({ id, limit, warnAt, basis }) => {
    const row = published?.agreements.find((each) => each.id === id);
    const said = (each: Limit) =>
      each.kind === "workingDays" ? `${String(each.days)} working days` : `${String(size(each))} min`;
    expect(row?.limit).toContain(said(limit));
    expect(row?.warnAt).toBe(said(warnAt));
    expect(row?.basis).toBe(basis);
  });
});

describe("a change of a clock", () => {
  it("is one of seven", () => {
    expect(ClockChange.options).toHaveLength(7);
  });
});
