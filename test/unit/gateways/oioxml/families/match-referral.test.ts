import { describe, expect, it } from "vitest";
import { localTimeOf } from "../../../../../contracts/danish-time.ts";
import {
  type Answering,
  type KnownReferral,
  matchReferral,
} from "../../../../../gateways/oioxml/families/match-referral.ts";
import { oio } from "../../../../support/oioxml-region.ts";

const cpr = "0107560106";
const referral = (caseId: string, change: Partial<KnownReferral> = {}): KnownReferral => ({
  caseId,
  kind: "hospital",
  sender: oio.practice,
  receiver: oio.department,
  open: true,
  receivedAt: "2026-11-23T09:15:00.000Z",
  patient: { cpr },
  openedBy: `HENV-${caseId}`,
  letterIds: new Set([`HENV-${caseId}`]),
  episodes: new Set([caseId]),
  ...change,
});
const answer: Answering = {
  from: oio.department,
  to: oio.practice,
  patient: { cpr },
  kinds: ["hospital", "psychiatry", "cancer", "imaging"],
  unnamed: true,
};

type Given = { when: (change: Partial<Answering>) => { thenFinds: (expected: object) => void } };
const given = (...referrals: KnownReferral[]): Given => ({
  when: (change) => ({
    thenFinds: (expected) => {
      const { found, ...rest } = matchReferral({ ...answer, ...change }, referrals, localTimeOf);
      expect({ ...(found === undefined ? {} : { caseId: found.caseId }), ...rest }).toEqual(expected);
    },
  }),
});

const [a, b] = [referral("aaaa"), referral("bbbb")];

describe("an answer that names a referral", () => {
  it("by its number belongs to that one of two that are alike", () => {
    given(a, b).when({ identifier: "HENV-bbbb" }).thenFinds({ caseId: "bbbb", by: "identifier" });
    given(b, a).when({ identifier: "HENV-bbbb" }).thenFinds({ caseId: "bbbb", by: "identifier" });
  });

  it("by a forløbs-id where the number stands belongs to the referral of that forløb", () => {
    given(a, b).when({ identifier: "BBBB" }).thenFinds({ caseId: "bbbb", by: "identifier" });
  });

  it("by its forløbs-id belongs to it, whatever hyphens and case it was written with", () => {
    given(a, b).when({ episodeOfCareId: "BB-BB" }).thenFinds({ caseId: "bbbb", by: "episode" });
  });

  it("by its number belongs to it, whatever forløb it tells", () => {
    given(a, b)
      .when({ identifier: "HENV-aaaa", episodeOfCareId: "bbbb" })
      .thenFinds({ caseId: "aaaa", by: "identifier" });
  });

  it("that has ended belongs to it all the same: it is a late letter", () => {
    given({ ...a, open: false }, b)
      .when({ identifier: "HENV-aaaa" })
      .thenFinds({ caseId: "aaaa", by: "identifier" });
  });

  it("in a forløb of several belongs to the only open one", () => {
    const episodes = new Set(["cccc"]);
    given({ ...a, episodes, open: false }, { ...b, episodes })
      .when({ episodeOfCareId: "cccc" })
      .thenFinds({ caseId: "bbbb", by: "episode" });
    given({ ...a, episodes }, { ...b, episodes })
      .when({ episodeOfCareId: "cccc" })
      .thenFinds({ why: "several" });
  });
});

describe("an answer that names none that is known", () => {
  it("belongs to the only open referral between the two", () => {
    given(a).when({}).thenFinds({ caseId: "aaaa", by: "only-open" });
    given(a).when({ identifier: "Ukendt." }).thenFinds({ caseId: "aaaa", by: "only-open" });
    given({ ...a, open: false }, b)
      .when({})
      .thenFinds({ caseId: "bbbb", by: "only-open" });
  });

  it("belongs to none where two are open, since a wrong one would be closed", () => {
    given(a, b).when({}).thenFinds({ why: "several" });
  });

  it("belongs to none where nothing is open", () => {
    given({ ...a, open: false })
      .when({})
      .thenFinds({ why: "none" });
    given().when({}).thenFinds({ why: "none" });
  });

  it("belongs to none that came after the one that it answers was received", () => {
    given(a).when({ received: "2026-11-22T12:00" }).thenFinds({ why: "none" });
    given(a).when({ received: "2026-11-23T12:00" }).thenFinds({ caseId: "aaaa", by: "only-open" });
  });

  it("belongs to none when such a letter comes about without a referral too", () => {
    given(a).when({ unnamed: false }).thenFinds({ why: "none" });
  });
});

describe("an answer never belongs to a referral", () => {
  it.each([
    ["of another sender", { sender: oio.municipality }],
    ["that another unit has now", { receiver: "5790000200023" }],
    ["of a kind that such a letter does not answer", { kind: "prevention" }],
    ["of another citizen", { patient: { cpr: "0107560107" } }],
    ["of a citizen who is not told", { patient: {} }],
  ] as const)("%s, also when it names it", (_what, change) => {
    given(referral("aaaa", change))
      .when({ identifier: "HENV-aaaa", episodeOfCareId: "aaaa" })
      .thenFinds({ why: "none" });
  });
});
