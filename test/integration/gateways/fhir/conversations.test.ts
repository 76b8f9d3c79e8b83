import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCareCommunication } from "../../../../gateways/fhir/codec/care-communication.ts";
import { readHospitalNotification } from "../../../../gateways/fhir/codec/hospital-notification.ts";
import { newId } from "../../../../infra/ids.ts";
import { eventually } from "../../../support/eventually.ts";
import {
  careCommunication,
  fhirParties,
  type HospitalWish,
  hospitalNotification,
} from "../../../support/fhir-bundles.ts";
import {
  answerIn,
  bundleIn,
  caseOf,
  clinic,
  type FhirHub,
  ids,
  startFhirHub,
  town,
} from "../../../support/fhir-hub.ts";
import type { Answer } from "../../../support/hub-client.ts";

type Told = Pick<HospitalWish, "activity" | "status" | "end" | "leave" | "deceased" | "start">;

describe("a conversation in FHIR over a running hub", () => {
  let hub: FhirHub;
  beforeAll(async () => {
    hub = await startFhirHub();
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
  });

  /** One stay of one citizen, told message by message; each carries the history of those before it. */
  const createStay = () => {
    const episodes = [{ system: "https://sor2.sum.dsdn.dk/#id=999081000016005", value: newId() }];
    const history: { headerId: string; activity: string }[] = [];
    const tell = async (activity: string, told: Told = {}): Promise<Answer> => {
      const { bundleId, headerId } = ids();
      const message = { bundleId, headerId, from: clinic, to: town, episodes, activity, ...told };
      const sent = await hub.sendMessage(
        clinic.gln,
        hospitalNotification({ ...message, history: [...history] }),
      );
      history.push({ headerId, activity });
      return sent;
    };
    /** What the municipality has got of the stay, in the order of its inbox. */
    const received = (caseId: string, count: number) =>
      eventually(async () => {
        const items = await hub.inboxOf(town.gln, caseId, count);
        const client = await hub.as(town.gln);
        const all = await Promise.all(items.map(({ deliveryId }) => client.get(`/v1/inbox/${deliveryId}`)));
        const messages = all.map(({ bytes }) => readHospitalNotification(bundleIn(bytes)).message);
        return messages.map((message) => ({ ...message, activity: message.history.at(-1)?.activity }));
      }, "the notifications");
    return { tell, received };
  };
  const accepted = (answers: readonly Answer[]): void => {
    const issues = answers.flatMap((one) => answerIn(one).issues.map(({ text }) => text)).join();
    expect(
      answers.map((one) => [one.status, answerIn(one).code, caseOf(one)]),
      issues,
    ).toEqual(answers.map(() => [201, "ok", caseOf(answers[0] as Answer)]));
  };

  test("a duplicate with the same Bundle.id and one with a new one are answered alike, and shown once", async () => {
    const own = ids();
    const send = (bundleId: string) =>
      hub.sendMessage(clinic.gln, careCommunication({ ...own, bundleId, from: clinic, to: town }));
    const answers = [await send(own.bundleId), await send(own.bundleId), await send(newId())];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200]);
    const said = answers.map(answerIn).map(({ code, messageId }) => `${code} ${messageId}`);
    expect(new Set(said).size).toBe(1);
    expect(new Set(answers.map(answerIn).map(({ bundleId }) => bundleId)).size).toBe(3);
    expect(await hub.inboxOf(town.gln, caseOf(answers[0] as Answer))).toHaveLength(1);
  });

  test("the same MessageHeader.id and Bundle.id from two senders are two messages, each with its own answers", async () => {
    const own = ids();
    const other = fhirParties.department;
    const send = (from: typeof clinic) =>
      hub.sendMessage(from.gln, careCommunication({ ...own, from, to: town }));
    const [one, two, again] = [await send(clinic), await send(other), await send(clinic)];
    expect([one.status, two.status, again.status]).toEqual([201, 201, 200]);
    expect(caseOf(one)).not.toBe(caseOf(two));
    expect(caseOf(again)).toBe(caseOf(one));
  });

  /** What answers a message, and repeats what that said. */
  const replyTo = (
    { headerId, thread }: ReturnType<typeof ids>,
    own: { bundleId: string; headerId: string; cpr?: string },
  ) => {
    const earlier = `urn:uuid:${newId()}`;
    return careCommunication({
      ...{ ...own, thread, from: town, to: clinic, activity: "reply-message" },
      texts: [
        { text: "Vi ringer til jer i dag.", id: `urn:uuid:${newId()}` },
        { text: "Kan I ringe?", id: earlier, earlier: true },
      ],
      history: [{ headerId, activity: "new-message", payloads: [earlier] }],
    });
  };

  test("a reply that comes before its original is one conversation with it", async () => {
    const [original, reply] = [ids(), ids()];
    const first = await hub.sendMessage(town.gln, replyTo(original, reply), "json");
    const got = async (gln: string, caseId: string): Promise<string> => {
      const { bytes } = await hub.fetched(gln, caseId, "CareCommunication");
      return readCareCommunication(bundleIn(bytes)).message.messageId;
    };
    expect(answerIn(first).code, JSON.stringify(answerIn(first).issues)).toBe("ok");
    // At once: what the index does not hold yet is one conversation all the same.
    const second = await hub.sendMessage(
      clinic.gln,
      careCommunication({ ...original, from: clinic, to: town }),
    );
    expect(answerIn(second).code).toBe("ok");
    expect(caseOf(second)).toBe(caseOf(first));
    expect(await got(clinic.gln, caseOf(first))).toBe(reply.headerId);
    // The original was written before the reply: that it came later does not tell that the reply was read.
    expect(await got(town.gln, caseOf(first))).toBe(original.headerId);
  });

  test("a message and its reply that come at the same time are one conversation, whichever is first", async () => {
    const both = await Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        // Of one citizen with many conversations, a reply whose thread nobody knows yet is taken for an answer in another.
        const [original, cpr] = [ids(), `04046500${String(n + 10)}`];
        return Promise.all([
          hub.sendMessage(clinic.gln, careCommunication({ ...original, cpr, from: clinic, to: town })),
          hub.sendMessage(town.gln, replyTo(original, { ...ids(), cpr })),
        ]);
      }),
    );
    for (const answers of both) {
      const issues = answers.flatMap((one) => answerIn(one).issues.map(({ text }) => text)).join();
      expect(
        answers.map((one) => answerIn(one).code),
        issues,
      ).toEqual(["ok", "ok"]);
      expect(new Set(answers.map(caseOf)).size).toBe(1);
    }
    expect(new Set(both.flat().map(caseOf)).size).toBe(both.length);
  });

  test("a message that comes after the discharge is taken, and the stay stays ended", async () => {
    const { tell, received } = createStay();
    const admitted = await tell("admit-inpatient");
    const home = await tell("discharge-inpatient-home", { end: "2026-11-21T18:00:00+01:00" });
    const late = await tell("start-leave-inpatient", { leave: { start: "2026-11-20T12:00:00+01:00" } });
    const issues = [home, late].flatMap((one) => answerIn(one).issues.map(({ text }) => text)).join();
    expect(
      [admitted, home, late].map((one) => answerIn(one).code),
      issues,
    ).toEqual(["ok", "ok", "ok"]);
    const messages = await received(caseOf(admitted), 2);
    expect(messages.map(({ activity }) => activity).slice(0, 2)).toEqual([
      "admit-inpatient",
      "discharge-inpatient-home",
    ]);
    expect(messages[1]?.stay.status).toBe("finished");
  });

  test("death on leave ends the stay, and is told as death", async () => {
    const { tell, received } = createStay();
    const answers = [
      await tell("admit-inpatient"),
      await tell("start-leave-inpatient", { leave: { start: "2026-11-20T12:00:00+01:00" } }),
      // The activity is that of the state in which it happened (guide to MedCom FHIR, section 4.1, MORS).
      await tell("start-leave-inpatient", {
        deceased: true,
        status: "finished",
        leave: { start: "2026-11-20T12:00:00+01:00" },
        end: "2026-11-21T18:00:00+01:00",
      }),
    ];
    accepted(answers);
    const messages = await received(caseOf(answers[0] as Answer), 3);
    expect(messages.at(-1)).toMatchObject({ patient: { deceased: true }, stay: { status: "finished" } });
  });

  test("an admission that is corrected and then cancelled is told three times, and its end is none", async () => {
    const { tell, received } = createStay();
    const answers = [
      await tell("admit-inpatient"),
      await tell("revise-admit-inpatient", { start: "2026-11-20T07:45:00+01:00" }),
      await tell("cancel-admit-inpatient"),
    ];
    accepted(answers);
    const messages = await received(caseOf(answers[0] as Answer), 3);
    expect(messages.map(({ activity, stay }) => [activity, stay.status])).toEqual([
      ["admit-inpatient", "in-progress"],
      ["revise-admit-inpatient", "in-progress"],
      ["cancel-admit-inpatient", "entered-in-error"],
    ]);
    expect(messages[1]?.stay.start).toBe("2026-11-20T07:45:00+01:00");
  });
});
