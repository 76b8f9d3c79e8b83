import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandReply } from "../../../contracts/envelope.ts";
import type { InboxItem, InboxPage } from "../../../contracts/messages/worklist.ts";
import { commandSubject } from "../../../contracts/subjects.ts";
import { journalStreams } from "../../../infra/nats/streams.ts";
import { eventually } from "../../support/eventually.ts";
import { who } from "../../support/region-view.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

type Fingerprint = { keys: number; sha256: string };

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const rebuild = async (): Promise<Fingerprint> => {
  const data = await hub.platform.bus.request(commandSubject("worklist.rebuild"), "{}");
  return JSON.parse(new TextDecoder().decode(data)) as Fingerprint;
};

const caughtUp = (): Promise<true> =>
  eventually(async () => {
    const { jsm, projections, layout } = hub.platform;
    for (const { name } of journalStreams(layout)) {
      const { last_seq } = (await jsm.streams.info(name)).state;
      if ((await projections.position(name)) < last_seq) return undefined;
    }
    return true;
  }, "the index holds the journal");

/** The fingerprint once the index holds all that the journal holds. */
const settled = async (): Promise<Fingerprint> => {
  await caughtUp();
  return hub.platform.projections.fingerprint();
};

const accepted = (reply: CommandReply): Extract<CommandReply, { status: "accepted" }> => {
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply;
};

let made = 0;
const objectId = (n: number): string => n.toString(16).padStart(32, "0");
const stored = (n: number) => ({
  objectId: objectId(n),
  code: "vektor_grafik",
  extension: "pdf",
  sizeBytes: n + 1,
  digest: `sha256-${n.toString(16).padStart(64, "0")}`,
});
const partyOf = (gln: string) => ({
  gln,
  identifier: { code: "lokationsnummer", value: gln },
  organisation: "Prøve",
});
const patientOf = (n: number) => ({ cpr: `040465${String(n).padStart(4, "0")}`, surname: "Prøve" });

const asked = async (n: number, to: string): Promise<string> => {
  const payload = {
    messageId: `M-${String(n)}`,
    to: { gln: to },
    patient: patientOf(n),
    subject: "TSH",
    question: "Hvad nu?",
    mayConvert: true,
  };
  return accepted(await hub.command("advice.ask", who.practice, payload)).caseId;
};

const letterFrom = (n: number, from: string, to: string) => ({
  letterId: `L${String(n)}`,
  status: "new",
  authorised: "2026-11-23T10:12",
  statisticalCode: "XDIS91",
  episodeOfCareId: objectId(n),
  sender: partyOf(from),
  receiver: partyOf(to),
  patient: patientOf(n),
  texts: [["Tekst"]],
  references: [
    {
      description: "Bilag",
      target: {
        kind: "bin",
        objectId: objectId(n),
        code: "vektor_grafik",
        extension: "pdf",
        sizeBytes: n + 1,
      },
    },
  ],
});

/** One round of everything that can happen to a case: said, moved, joined, fetched, receipted. */
const aRound = async (): Promise<void> => {
  const n = ++made;
  const unit = who.endocrinology;
  const caseId = await asked(n, unit);
  const say = (type: string, sender: string, more: object) =>
    hub.command(type, sender, { caseId, text: "Tekst", ...more });
  await hub.command("delivery.markFetched", unit, { deliveryId: `${caseId}.1.0` });
  if (n % 3 === 0)
    await hub.command("delivery.settle", unit, {
      deliveryId: `${caseId}.1.0`,
      outcome: "negative",
      code: "x",
    });
  accepted(await say("advice.requestInformation", unit, {}));
  accepted(await say("advice.giveInformation", who.practice, {}));
  if (n % 2 === 0) {
    accepted(
      await hub.command("advice.redirect", unit, { caseId, to: { gln: who.cardiology }, reason: "Hjertet" }),
    );
    accepted(await say("advice.answer", who.cardiology, {}));
  } else accepted(await say(n % 5 === 0 ? "advice.convert" : "advice.answer", unit, {}));
  if (n % 5 !== 0) accepted(await say("advice.askFollowUp", who.practice, {}));
  await hub.command("advice.withdraw", who.practice, { caseId, reason: "Løst" });
  const letter = letterFrom(1_000 + n, who.practice, who.municipality);
  const attachments = {
    letter: {
      letterId: `B${String(n)}`,
      authorised: letter.authorised,
      statisticalCode: "XBIN01",
      sender: letter.sender,
      receiver: letter.receiver,
      about: { kind: "patient", ...patientOf(n) },
      objects: [stored(1_000 + n)],
    },
    standard: "oioxml",
  };
  await Promise.all([
    hub.command("advice.receiveLetter", who.practice, { letter, standard: "oioxml" }),
    hub.command("attachment.receive", who.practice, attachments),
  ]);
};

const joinedAll = (): Promise<true> =>
  eventually(async () => {
    const waiting = await hub.platform.projections.hgetall("attachments:awaited");
    return Object.keys(waiting).length === 0 ? true : undefined;
  }, "every attachment is joined");

/** One reader of what comes, for all who follow; and who was behind has caught up. */
const followersOfAStream = 1;
const onlyOneFollower = (stream: string): Promise<true> =>
  eventually(async () => {
    let following = 0;
    for await (const consumer of hub.platform.jsm.consumers.list(stream))
      if (consumer.num_waiting > 0) following += 1;
    return following === followersOfAStream ? true : undefined;
  }, "the followers of a stream, and no more");

const rounds = async (count: number): Promise<void> => {
  await Promise.all(Array.from({ length: count }, aRound));
  await caughtUp();
  await joinedAll();
};

describe("the index is made of the journal alone", () => {
  test("after many mixed commands an emptied index is rebuilt to the same bytes", async () => {
    await rounds(12);
    const before = await settled();
    expect(before.keys).toBeGreaterThan(100);
    await hub.platform.redis.flushall();
    expect(await rebuild()).toEqual(before);
    expect(await rebuild()).toEqual(before);
  });

  test("an index that was emptied under a running hub is made again unasked", async () => {
    const before = await settled();
    await hub.platform.redis.flushall();
    await eventually(
      async () =>
        (await hub.platform.projections.fingerprint()).sha256 === before.sha256 ? true : undefined,
      "the index is whole again",
    );
  });

  test("rebuilding while commands come, while the index is emptied, and twice at once, ends in the same bytes", async () => {
    for (let n = 0; n < 3; n++) {
      await hub.platform.redis.flushall();
      await Promise.all([rounds(3), rebuild(), rebuild()]);
      // An index that was being emptied showed nobody waiting; only now it tells who does.
      await caughtUp();
      await joinedAll();
    }
    const before = await settled();
    await hub.platform.redis.flushall();
    expect(await rebuild()).toEqual(before);
    for (const { name } of journalStreams(hub.platform.layout)) await onlyOneFollower(name);
  });

  test("a Redis that was killed and came back empty is filled again, and the inbox is what it was", async () => {
    const inbox = async (): Promise<InboxItem[] | undefined> => {
      const gln = who.practice;
      const asked = { gln, show: "all", limit: 500 };
      const reply = await hub.query<InboxPage>("worklist.inbox", gln, asked);
      return reply.status === "ok" ? reply.value.items : undefined;
    };
    const before = await settled();
    const items = await inbox();
    expect(items?.length).toBeGreaterThan(20);
    await hub.redis.kill();
    await hub.redis.restart();
    await eventually(
      async () =>
        (await hub.platform.projections.fingerprint()).sha256 === before.sha256 ? true : undefined,
      "the index is whole again",
    );
    expect(await inbox()).toEqual(items);
  });
});
