import { describe, expect, test } from "vitest";
import { AuditEntry, type SealedEntry } from "../../../../contracts/messages/audit.ts";
import { createFollower, noHead, seal } from "../../../../infra/audit/chain.ts";

const key = "a key that only this test has, of some length";
const looked = (no: number): AuditEntry =>
  AuditEntry.parse({
    at: "2026-11-23T09:15:00.000Z",
    resource: "case",
    door: "GET /v1/cases/:caseId",
    outcome: "shown",
    gln: "5790000100019",
    request: `r-${String(no)}`,
  });
const chain = seal(key, noHead, [1, 2, 3, 4, 5].map(looked));
const follow = (entries: readonly SealedEntry[], known?: { no: number; hash: string }) => {
  const follower = createFollower(key, known);
  for (const one of entries) follower.take(one);
  return follower.end();
};
const at = (index: number): SealedEntry => {
  const found = chain[index];
  if (found === undefined) throw new Error("There is no such entry.");
  return found;
};

describe("the chain of looks", () => {
  test("holds as it was written, also when it was written in pieces", () => {
    expect(follow(chain)).toMatchObject({ first: 1, head: { no: 5 }, broken: [] });
    const first = seal(key, noHead, [looked(1), looked(2)]);
    const last = first[1];
    const rest = seal(key, { no: 2, hash: last?.hash ?? "" }, [looked(3)]);
    expect(follow([...first, ...rest]).broken).toEqual([]);
  });

  test("tells of an entry that was changed", () => {
    const changed = { ...at(2), entry: { ...looked(3), gln: "5790000200016" } };
    expect(follow([at(0), at(1), changed, at(3), at(4)]).broken).toEqual([{ no: 3, what: "changed" }]);
  });

  test("tells of one that is missing, and of two that changed places", () => {
    expect(follow([at(0), at(1), at(3), at(4)]).broken).toEqual([{ no: 4, what: "missing" }]);
    expect(follow([at(0), at(2), at(1), at(3), at(4)]).broken.map(({ what }) => what)).toContain(
      "out-of-order",
    );
  });

  test("tells of a chain that was made anew without the key", () => {
    expect(follow(seal("another key, made by somebody else", noHead, [looked(1)])).broken).toEqual([
      { no: 1, what: "changed" },
    ]);
  });

  test("tells by a head that was noted elsewhere that its end was cut off, or made anew", () => {
    const known = { no: 5, hash: at(4).hash };
    expect(follow(chain, known).broken).toEqual([]);
    expect(follow(chain.slice(0, 3), known).broken).toEqual([{ no: 3, what: "cut-short" }]);
    const other = seal(key, { no: 4, hash: at(3).hash }, [looked(9)]);
    expect(follow([...chain.slice(0, 4), ...other], known).broken).toEqual([{ no: 5, what: "changed" }]);
  });

  test("may begin later: what is older was let go when its time was over", () => {
    expect(follow(chain.slice(2))).toMatchObject({ first: 3, broken: [] });
  });
});
