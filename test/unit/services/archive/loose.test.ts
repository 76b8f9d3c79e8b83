import { describe, expect, it } from "vitest";
import { type LooseHistory, mayLeave } from "../../../../services/archive/core/loose.ts";

const around = { now: "2026-11-22T12:00:00.000Z", afterDays: 400 };
const [long, lately] = ["2025-01-01T08:00:00.000Z", "2026-11-01T08:00:00.000Z"];
const told = { intake: "i", at: long, how: "answered" } as const;
const refused = { at: long, code: "receiver-unknown" };
const closed = { step: "closed", at: long, commandId: "c", by: "operator" } as const;
const readAgain = { step: "readAgain", at: long, commandId: "r", by: "operator" } as const;
const document = (own: Partial<LooseHistory>): LooseHistory => ({ receivedAt: long, steps: [], ...own });
const leaves = (own: Partial<LooseHistory>): boolean => mayLeave(document(own), around);

describe("a document that became nothing", () => {
  it("leaves when it was refused, or was known already, and its sender was told", () => {
    expect(leaves({ refused, told })).toBe(true);
    expect(leaves({ told })).toBe(true);
  });

  it("leaves when a person closed it, or it was sent again and taken", () => {
    expect(leaves({ refused, steps: [closed] })).toBe(true);
    expect(leaves({ refused, steps: [{ ...readAgain, status: "accepted" }] })).toBe(true);
    expect(leaves({ refused, steps: [{ ...closed, step: "sentAgain", as: "j", status: "accepted" }] })).toBe(
      true,
    );
  });

  it("stays, however old it is, while nobody knows that its sender knows", () => {
    expect(leaves({ refused })).toBe(false);
    expect(leaves({})).toBe(false);
    expect(leaves({ refused, steps: [{ ...readAgain, status: "refused" }] })).toBe(false);
  });

  it("stays when the hub broke on it, whatever its sender was told, until a person has seen to it", () => {
    const broken = { at: long, code: "internal-error" };
    expect(leaves({ refused: broken, told })).toBe(false);
    expect(leaves({ refused: broken, told, steps: [closed] })).toBe(true);
  });

  it("stays for its days after the last thing that was done about it, to the millisecond", () => {
    const edge = "2025-10-18T12:00:00.000Z";
    expect(leaves({ refused, told, receivedAt: lately })).toBe(false);
    expect(leaves({ refused: { ...refused, at: lately }, told })).toBe(false);
    expect(leaves({ refused, steps: [{ ...closed, at: lately }] })).toBe(false);
    expect(leaves({ refused, steps: [{ ...closed, at: edge }] })).toBe(true);
    expect(leaves({ refused, steps: [{ ...closed, at: "2025-10-18T12:00:00.001Z" }] })).toBe(false);
  });
});
