import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Envelope } from "../../../../../contracts/envelope.ts";
import { awaitedField } from "../../../../../contracts/index-keys.ts";
import { AdviceCommand } from "../../../../../contracts/messages/advice.ts";
import { sha256 } from "../../../../../infra/ids.ts";
import {
  type ArrivedObject,
  type Awaited,
  awaitedFrom,
  joinIdOf,
  joinsOf,
} from "../../../../../services/coordination/core/join.ts";
import { caseId, otherCaseId, photoObject } from "../../../../support/advice-given.ts";
import { who } from "../../../../support/region-view.ts";

const objectOf = (n: number) => ({ ...photoObject, objectId: String(n).padStart(32, "0") });
const wanted = (n: number, of = caseId, sender: string = who.practice): Awaited => ({
  sender,
  objectId: objectOf(n).objectId,
  caseId: of,
});
const arrivedIn =
  (attachmentCaseId: string, ...ns: number[]) =>
  (a: Awaited): ArrivedObject | undefined => {
    const n = ns.find((each) => objectOf(each).objectId === a.objectId);
    return n === undefined || a.sender !== who.practice
      ? undefined
      : { caseId: attachmentCaseId, object: objectOf(n) };
  };

describe("a letter and its attachments find one another", () => {
  it("once both are there, whichever came first", () => {
    expect(joinsOf([wanted(1)], arrivedIn(otherCaseId))).toEqual([]);
    expect(joinsOf([], arrivedIn(otherCaseId, 1))).toEqual([]);
    expect(joinsOf([wanted(1)], arrivedIn(otherCaseId, 1))).toEqual([
      { caseId, attachmentCaseId: otherCaseId, sender: who.practice, objects: [objectOf(1)] },
    ]);
  });

  it("in one command for the objects of one attachment letter", () => {
    const joins = joinsOf([wanted(1), wanted(2), wanted(3)], arrivedIn(otherCaseId, 1, 2));
    expect(joins).toMatchObject([{ objects: [objectOf(1), objectOf(2)] }]);
  });

  it("in a command for each case and each attachment letter", () => {
    const third = "11111111-1111-5111-8111-111111111111";
    const arrived = (a: Awaited) =>
      arrivedIn(a.objectId === objectOf(1).objectId ? otherCaseId : third, 1, 2)(a);
    const joins = joinsOf([wanted(1), wanted(2), wanted(1, third)], arrived);
    expect(joins.map((j) => [j.caseId, j.attachmentCaseId, j.objects.length])).toEqual([
      [caseId, otherCaseId, 1],
      [caseId, third, 1],
      [third, otherCaseId, 1],
    ]);
  });

  it("only when the same sender sent both", () => {
    expect(joinsOf([wanted(1, caseId, who.endocrinology)], arrivedIn(otherCaseId, 1))).toEqual([]);
  });
});

describe("the command that joins", () => {
  const join = (...ns: number[]) => {
    const [found] = joinsOf(
      ns.map((n) => wanted(n)),
      arrivedIn(otherCaseId, ...ns),
    );
    if (found === undefined) throw new Error("They did not find one another.");
    return found;
  };

  it("is the same, content and id, in whatever order the index lists what is awaited", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 1 }), (ns) => {
        const sorted = join(...ns.toSorted((a, b) => a - b));
        expect(join(...ns)).toEqual(sorted);
        expect(joinIdOf(join(...ns), sha256)).toBe(joinIdOf(sorted, sha256));
      }),
    );
  });

  it("is another for other objects, or of another attachment letter", () => {
    expect(joinIdOf(join(1), sha256)).not.toBe(joinIdOf(join(1, 2), sha256));
    expect(joinIdOf({ ...join(1), attachmentCaseId: caseId }, sha256)).not.toBe(joinIdOf(join(1), sha256));
  });

  it("fits its contract for as many attachments as a letter may carry", () => {
    const ten = join(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    const envelope = {
      id: joinIdOf(ten, sha256),
      type: "advice.joinAttachments",
      version: 1,
      time: "2026-11-23T09:15:00.000Z",
      sender: "hub",
      payload: ten,
    };
    expect(Envelope.safeParse(envelope).error).toBeUndefined();
    expect(AdviceCommand.safeParse(envelope).error).toBeUndefined();
  });
});

describe("what is awaited, as the index keeps it", () => {
  it("is read as it was written", () => {
    expect(awaitedFrom(awaitedField(who.practice, objectOf(1).objectId, caseId))).toEqual(wanted(1));
  });

  it("is nothing when it is no such field, also when a sender put bars into an identifier", () => {
    for (const odd of ["", "a", "a|b", awaitedField(who.practice, `x|${otherCaseId}`, caseId)])
      expect(awaitedFrom(odd)).toBeUndefined();
  });
});
