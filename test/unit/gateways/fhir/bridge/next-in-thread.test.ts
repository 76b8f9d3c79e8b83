import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { careCategories } from "../../../../../contracts/codes/fhir-care-communication.ts";
import { danishOf } from "../../../../../contracts/codes/fhir-code.ts";
import { CareCommunication } from "../../../../../contracts/fhir/care-communication.ts";
import { type Next, nextInThread } from "../../../../../gateways/fhir/bridge/next-in-thread.ts";
import { textsOf } from "../../../../../gateways/fhir/bridge/timeline.ts";
import {
  printCareCommunication,
  readCareCommunication,
} from "../../../../../gateways/fhir/codec/care-communication.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { withKept } from "../../../../../gateways/fhir/families/care-in.ts";
import { letter as letterOf, photoObject } from "../../../../support/advice-given.ts";
import { type CareWish, careCommunication, fhirParties, uuid } from "../../../../support/fhir-bundles.ts";
import { anyCareCommunication } from "../../../../support/fhir-care-arbitraries.ts";
import { who } from "../../../../support/region-view.ts";

const { practice, municipality, acuteTeam } = who;
const sors: Record<string, string> = {
  [practice]: fhirParties.practice.sor,
  [municipality]: fhirParties.municipality.sor,
  [acuteTeam]: fhirParties.acuteTeam.sor,
};
const context = {
  idFor: (name: string) =>
    ({
      bundle: uuid(0x901),
      message: uuid(0x902),
      thread: `urn:uuid:${uuid(0x903)}`,
      text: `urn:uuid:${uuid(0x904)}`,
    })[name] ?? `urn:uuid:${uuid(0x905)}`,
  now: "2026-11-24T09:00:00+01:00",
  organisation: (gln: string) => ({ sor: sors[gln], phone: "90000003" }),
};
const made = (previous: CareCommunication, next: Next) => {
  const result = nextInThread(previous, next, context);
  if ("missing" in result) throw new Error("Not addressable.");
  return result.message;
};

const wish: CareWish = {
  category: "carecoordination",
  topic: "Hjemmebesøg",
  senderTeam: "Sekretærerne",
  attachments: [{ title: "Plan", id: `urn:uuid:${uuid(0x42)}`, bytes: new Uint8Array([1, 2]) }],
  episodes: [
    { system: "https://www.esundhed.dk/Registre/Landspatientregisteret", value: `urn:uuid:${uuid(0x62)}` },
  ],
};
const asked = () => {
  const { message, contents } = readCareCommunication(careCommunication(wish));
  return withKept(message, new Map([...contents.keys()].map((id) => [id, photoObject.digest])));
};
const answer = letterOf(municipality, practice, {
  subject: `${danishOf(careCategories, "carecoordination")}, Hjemmebesøg`,
  texts: [["Vi kommer fredag."]],
  authorised: "2026-11-24T08:59",
});
const reply = (previous = asked(), letter = answer) => made(previous, { letter, as: "reply" });

describe("a reply that is made of a letter", () => {
  it("is a new message in the same thread, with its category and topic", () => {
    expect(reply()).toMatchObject({
      bundleId: uuid(0x901),
      messageId: uuid(0x902),
      threadId: asked().threadId,
      category: asked().category,
      topic: "Hjemmebesøg",
      sender: { gln: municipality },
      receiver: { gln: practice },
    });
  });

  it("repeats what was written before, and earlier attachments without what they hold", () => {
    const { payloads } = reply();
    expect(payloads.map((one) => (one.kind === "text" ? one.text : one.title))).toEqual([
      "Borgeren har det bedre.",
      "Plan",
      "Vi kommer fredag.",
    ]);
    expect(payloads[0]).toEqual(asked().payloads[0]);
    expect(payloads[1]).not.toHaveProperty("digest");
    expect(payloads[1]).not.toHaveProperty("sizeBytes");
    expect(payloads[1]).toMatchObject({
      id: `urn:uuid:${uuid(0x42)}`,
      title: "Plan",
      contentType: "application/pdf",
    });
  });

  it("goes on with the history: a reply that follows the message, and what it added", () => {
    const { history } = reply();
    expect(history.slice(0, -1)).toEqual(asked().history);
    expect(history.at(-1)).toMatchObject({
      messageId: uuid(0x902),
      activity: "reply-message",
      occurred: context.now,
      by: { gln: municipality },
      earlier: { kind: "message", messageId: asked().messageId },
      removes: false,
      added: [`urn:uuid:${uuid(0x904)}`],
    });
    expect(textsOf(reply()).fresh.map(({ text }) => text)).toEqual(["Vi kommer fredag."]);
  });

  it("is especially to whom the message was especially from", () => {
    expect(reply().specificRecipient).toEqual(asked().specificSender);
    expect(reply().specificSender).toBeUndefined();
  });

  it("is especially from and to the same when the sender itself writes again", () => {
    const more = letterOf(practice, municipality);
    expect(reply(asked(), more).specificSender).toEqual(asked().specificSender);
    expect(reply(asked(), more).specificRecipient).toBeUndefined();
  });

  it("belongs to the same course", () => {
    expect(reply().encounter).toEqual(asked().encounter);
  });

  it("has a topic of its own when the letter has another subject", () => {
    expect(reply(asked(), { ...answer, subject: "Aflysning" }).topic).toBe("Aflysning");
    const { subject: _, ...bare } = answer;
    expect(reply(asked(), bare).topic).toBe("Hjemmebesøg");
    expect(reply(asked(), { ...answer, subject: "SV: Hjemmebesøg" }).topic).toBe("Hjemmebesøg");
  });

  it("has a priority where the thread regards a referral", () => {
    const referral = { ...asked(), category: { ...asked().category, code: "regarding-referral" } };
    expect(reply(referral, { ...answer, priority: "high" }).priority).toBe("asap");
    expect(reply(referral, { ...answer, priority: "routine" }).priority).toBe("routine");
    expect(reply(asked(), { ...answer, priority: "high" }).priority).toBeUndefined();
  });

  it("tells that the citizen has died, and else names the citizen as the thread does", () => {
    const dead = { ...answer, patient: { ...answer.patient, episodeOfCareStatus: "doed" as const } };
    expect(reply(asked(), dead).patient).toEqual({ ...asked().patient, deceased: true });
    expect(reply().patient).toEqual(asked().patient);
  });

  it("brings its own attachments", () => {
    const message = made(asked(), {
      letter: answer,
      attachmentLetter: { objects: [photoObject] },
      as: "reply",
    });
    expect(message.payloads.at(-1)).toMatchObject({ kind: "attachment", digest: photoObject.digest });
    expect(message.history.at(-1)?.added).toHaveLength(2);
  });

  it("is answered in turn, and the thread grows by one step each time", () => {
    const again = nextInThread(
      reply(),
      { letter: letterOf(practice, municipality), as: "reply" },
      { ...context, idFor: (name) => (name === "message" ? uuid(0x911) : `urn:uuid:${uuid(0x912)}`) },
    );
    if ("missing" in again) throw new Error("Not addressable.");
    expect(again.message.history.map(({ activity }) => activity)).toEqual([
      "new-message",
      "reply-message",
      "reply-message",
    ]);
    expect(again.message.threadId).toBe(asked().threadId);
  });
});

describe("a forward that is made of a letter", () => {
  const forward = made(asked(), { letter: letterOf(practice, acuteTeam), as: "forward" });

  it("begins a thread of its own, with the history behind it", () => {
    expect(forward.threadId).toBe(`urn:uuid:${uuid(0x903)}`);
    expect(forward.history.at(-1)).toMatchObject({
      activity: "forward-message",
      earlier: { kind: "message", messageId: asked().messageId },
    });
    expect(forward.history).toHaveLength(2);
  });

  it("brings the earlier attachments with what they hold (CC_IG_4)", () => {
    expect(forward.payloads[1]).toEqual(asked().payloads[1]);
    expect(forward.payloads[1]).toHaveProperty("digest");
  });

  it("is especially from and to nobody: they belong to other organisations", () => {
    expect(forward).not.toHaveProperty("specificSender");
    expect(forward).not.toHaveProperty("specificRecipient");
  });
});

describe("any next message of any thread", () => {
  it("is a message as its contract has it, and holds every text of the thread", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        anyCareCommunication,
        fc.constantFrom("reply" as const, "forward" as const),
        ({ message }, as) => {
          const next = made(message, { letter: answer, as });
          expect(CareCommunication.safeParse(next).error?.issues ?? []).toEqual([]);
          const texts = (of: CareCommunication) => of.payloads.filter(({ kind }) => kind === "text");
          expect(texts(next)).toEqual([...texts(message), next.payloads.at(-1)]);
          expect(next.history.slice(0, -1)).toEqual(message.history);
          expect(next.threadId === message.threadId).toBe(as === "reply");
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each(["reply", "forward"] as const)("is one in which the rules find no error (%s)", (as) => {
    const letter = as === "reply" ? answer : letterOf(practice, acuteTeam);
    const message = made(asked(), { letter, as });
    const contents = new Map([[`urn:uuid:${uuid(0x42)}`, new Uint8Array([1, 2])]]);
    const bundle = printCareCommunication(message, {
      idFor: (name) => name,
      contents: as === "reply" ? new Map() : contents,
    });
    expect(checkMessage(bundle).problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
