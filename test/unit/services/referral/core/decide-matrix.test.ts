import { describe, expect, it } from "vitest";
import type { ReferralKind } from "../../../../../contracts/messages/referral-content.ts";
import { hubActor } from "../../../../../services/case/core.ts";
import type { Move } from "../../../../../services/case/moves.ts";
import { referralCore } from "../../../../../services/referral/core/decide.ts";
import {
  lettersOfReceivers,
  moves,
  onlyFor,
  type Role,
  type Turn,
} from "../../../../../services/referral/core/moves.ts";
import type { Status } from "../../../../../services/referral/core/state.ts";
import {
  command,
  contextOf,
  historyOf,
  kinds,
  onCase,
  receivers,
  sending,
  stateAfter,
} from "../../../../support/referral-given.ts";
import { payloadsOf } from "../../../../support/referral-payloads.ts";
import { who } from "../../../../support/region-view.ts";

type Doer = Role | "former" | "stranger";
const doers: Doer[] = ["sender", "receiver", "hub", "former", "stranger"];
const movesNothing: Turn[] = ["referral.wantSlot", "referral.joinAttachments"];
const turns = Object.keys(moves) as Turn[];
const moveOf = (turn: Turn): Move<Role, Status> => moves[turn];

const glnOf = (kind: ReferralKind): Record<Doer, string> => ({
  sender: who.practice,
  receiver: receivers[kind].first,
  hub: hubActor,
  former: receivers[kind].other,
  stranger: who.otherPractice,
});

/** A letter of a receiver reaches the sender whatever the referral has come to. */
const isLate = (turn: Turn, { status, doer }: { status: Status; doer: Doer }): boolean =>
  lettersOfReceivers.some((one) => one === turn) &&
  doer === "receiver" &&
  !moveOf(turn).when.includes(status);

/** What the table says of a command, or `undefined` where it allows it. */
const refusalOf = (
  turn: Turn,
  at: { kind: ReferralKind; status: Status; doer: Doer },
): string | undefined => {
  const { by, when } = moveOf(turn);
  if (!by.some((role) => role === at.doer)) return "not-your-turn";
  if (isLate(turn, at)) return undefined;
  if (!when.includes(at.status)) return "wrong-state";
  return onlyFor[turn]?.includes(at.kind) === false ? "not-for-this-kind" : undefined;
};

describe.each(kinds)("a referral of the kind %s", (kind) => {
  const histories = Object.entries(historyOf(kind)) as [Status, ReturnType<typeof historyOf>[Status]][];
  const open = histories.filter(([status]) => status !== "none" && status !== "letter");

  it.each(histories)("stands as %s after what leads there", (status, facts) => {
    expect(stateAfter(...facts).status).toBe(status);
  });

  it.each(turns)("takes %s from whom and when its table says, and from nobody else", (turn) => {
    for (const [status, facts] of open)
      for (const doer of doers) {
        const before = stateAfter(...facts);
        const asked = onCase(turn, payloadsOf(kind)[turn]);
        const decision = referralCore.decide(before, asked, contextOf(glnOf(kind)[doer]));
        const refusal = refusalOf(turn, { kind, status, doer });
        const about = `${turn} by ${doer} in ${status}`;
        if (refusal === undefined) {
          expect(decision.kind, about).toBe("record");
          if (decision.kind !== "record") continue;
          const after = decision.facts.reduce(referralCore.evolve, before);
          const { leadsTo, stays } = moveOf(turn);
          const stay = stays === true || isLate(turn, { status, doer }) ? [status] : [];
          expect([...leadsTo, ...stay], about).toContain(after.status);
        } else if (turn === "referral.ring" && doer === "hub")
          expect(decision, about).toEqual({ kind: "ignore", reason: "in-use" });
        else expect(decision, about).toMatchObject({ kind: "refuse", code: refusal });
      }
  });

  it("says that it takes from each what it takes", () => {
    for (const [status, facts] of open)
      for (const doer of doers) {
        const [state, actor] = [stateAfter(...facts), glnOf(kind)[doer]];
        const context = contextOf(actor);
        const taken = turns.filter(
          (turn) =>
            referralCore.decide(state, onCase(turn, payloadsOf(kind)[turn]), context).kind === "record",
        );
        const said = referralCore.can?.(state, context) ?? [];
        expect([...said].sort(), `${status} ${doer}`).toEqual(taken.sort());
      }
  });

  it("tells everybody else of each act that moves it", () => {
    for (const [, facts] of open)
      for (const turn of turns) {
        const [role] = moveOf(turn).by;
        const actor = glnOf(kind)[role ?? "stranger"];
        const asked = onCase(turn, payloadsOf(kind)[turn]);
        const before = stateAfter(...facts);
        const decision = referralCore.decide(before, asked, contextOf(actor));
        if (decision.kind !== "record" || movesNothing.includes(turn)) continue;
        const after = decision.facts.reduce(referralCore.evolve, before);
        const parties = [who.practice, "receiver" in after ? after.receiver : ""];
        const others = parties.filter((party) => party !== actor);
        expect(others.filter((party) => !decision.tell.some(({ to }) => to === party))).toEqual([]);
      }
  });

  it.each(turns.filter((turn) => turn !== "referral.correct"))("that was never sent knows no %s", (turn) => {
    const asked = onCase(turn, payloadsOf(kind)[turn]);
    expect(referralCore.decide({ status: "none" }, asked, contextOf(who.practice))).toMatchObject({
      kind: "refuse",
      code: "case-unknown",
    });
  });

  it.each(open)("as %s is not sent again under the same message id", (_status, facts) => {
    const again = command("referral.send", sending(kind));
    expect(referralCore.decide(stateAfter(...facts), again, contextOf(who.practice))).toMatchObject({
      kind: "refuse",
      code: "content-differs",
    });
  });

  it.each(open)(
    "as %s has the ball with exactly one party, or with nobody when it has ended",
    (_status, facts) => {
      const state = stateAfter(...facts);
      const card = referralCore.cardOf?.(state);
      expect(card?.awaits).toHaveLength(card?.closed === true ? 0 : 1);
      const ended = ["concluded", "returned", "declined", "withdrawn", "expired"];
      expect(card?.closed).toBe(ended.includes(state.status));
    },
  );
});

describe("a letter that answers no referral", () => {
  const [letter] = historyOf("prevention").letter;
  const state = letter === undefined ? referralCore.initial : stateAfter(letter);
  it.each(turns)("knows no %s", (turn) => {
    const asked = onCase(turn, payloadsOf("prevention")[turn]);
    expect(referralCore.decide(state, asked, contextOf(receivers.prevention.first))).toMatchObject({
      kind: "refuse",
      code: "not-for-this-kind",
    });
  });

  it("is closed, and nobody is awaited", () => {
    expect(referralCore.cardOf?.(state)).toMatchObject({
      kind: "closing",
      opener: receivers.prevention.first,
      awaits: [],
      closed: true,
    });
  });
});

describe("a fact", () => {
  it("that comes before a referral was sent changes nothing", () => {
    const [, accepted] = historyOf("hospital").accepted;
    expect(accepted === undefined ? undefined : stateAfter(accepted)).toEqual({ status: "none" });
  });
});
