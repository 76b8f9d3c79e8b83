import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Acknowledgement } from "../../../../../contracts/fhir/acknowledgement.ts";
import {
  printAcknowledgement,
  readAcknowledgement,
} from "../../../../../gateways/fhir/codec/acknowledgement.ts";
import { readFhir } from "../../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { type Answered, acknowledge } from "../../../../../gateways/fhir/reliable/acknowledge.ts";
import { issueOf, issuesOf } from "../../../../../gateways/fhir/reliable/issues.ts";
import { knownHead } from "../../../../../gateways/fhir/reliable/known-head.ts";
import { hospital } from "../../../../support/fhir-answers.ts";
import { without, withValue } from "../../../../support/fhir-bundle-edit.ts";
import {
  fhirParties,
  homeCareObservation,
  hospitalNotification,
  uuid,
} from "../../../../support/fhir-bundles.ts";

const now = "2026-11-23T10:20:00+01:00";
const answering = {
  now,
  idFor: (name: string) => uuid(name === "Bundle" ? 0x901 : 0x902),
  lookUp: () => undefined,
};
const answered = (result: Answered): Acknowledgement => {
  if (!result.ok) throw new Error(result.why);
  return result.answer;
};
const answerTo = (bundle: FhirResource, change: Partial<typeof answering> = {}): Acknowledgement => {
  const { problems } = checkMessage(bundle);
  const code = problems.some(({ severity }) => severity === "error") ? "fatal-error" : "ok";
  return answered(
    acknowledge(knownHead(bundle), { code, issues: issuesOf(problems) }, { ...answering, ...change }),
  );
};
const errorsIn = (message: Acknowledgement) => {
  const bundle = printAcknowledgement(message, { idFor: (name) => name.replaceAll(".", "-") });
  return checkMessage(bundle).problems.filter(({ severity }) => severity === "error");
};

describe("the answer to a message that is in order", () => {
  const message = answerTo(homeCareObservation());

  it("is ok, from its receiver to its sender, about its MessageHeader", () => {
    expect(Acknowledgement.safeParse(message).error).toBeUndefined();
    expect(message).toMatchObject({
      code: "ok",
      about: knownHead(homeCareObservation()).messageId,
      sender: { gln: fhirParties.practice.gln },
      receiver: { gln: fhirParties.acuteTeam.gln },
      created: now,
    });
    expect(message.issues.every(({ severity }) => severity !== "error")).toBe(true);
  });

  it("carries the message's latest step, and its own after it, which names the message", () => {
    const latest = knownHead(homeCareObservation({ activity: "modified-message" })).latest;
    const { history, about } = answerTo(homeCareObservation({ activity: "modified-message" }));
    expect(history).toEqual([
      { ...latest, by: expect.objectContaining({ gln: latest?.by.gln, sor: latest?.by.sor }) as object },
      {
        messageId: uuid(0x902),
        occurred: now,
        activity: "acknowledgement",
        by: expect.objectContaining({ gln: fhirParties.practice.gln }) as object,
        earlier: { kind: "message", messageId: about },
        removes: false,
        added: [],
      },
    ]);
    expect(latest?.activity).toBe("modified-message");
  });

  it("breaks no rule of Acknowledgement when it is printed, and is read as it was made", () => {
    expect(errorsIn(message)).toEqual([]);
    const printed = printAcknowledgement(message, { idFor: (name) => name.replaceAll(".", "-") });
    expect(readAcknowledgement(printed).message).toEqual(message);
  });
});

describe("the answer to a message that is not in order", () => {
  const bundle = without(
    without(hospitalNotification(), "Encounter.class"),
    "MessageHeader.eventCoding.code",
  );

  it("is fatal-error, and tells everything that is wrong: severity, kind, MedCom's code, place and Danish words", () => {
    const { code, issues } = answerTo(bundle);
    expect(code).toBe("fatal-error");
    const paths = issues.flatMap(({ expression }) => expression);
    expect(paths).toContain("Bundle.entry[0].resource.eventCoding.code");
    expect(paths.some((path) => path.startsWith("Bundle.entry[2].resource.class"))).toBe(true);
    expect(issues[0]).toMatchObject({
      severity: "error",
      code: "required",
      details: { code: "MSG_RESOURCE_REQUIRED" },
      text: expect.stringMatching(/påkrævet|mangler/) as string,
    });
  });

  it("breaks no rule itself", () => {
    expect(errorsIn(answerTo(bundle))).toEqual([]);
  });

  it("never says a value of the message", () => {
    const secret = "Hemmelig-Ord-0101650001";
    const places = [
      "Patient.name[0].family",
      "Patient.identifier[0].value",
      "Encounter.status",
      "Encounter.class.code",
      "MessageHeader.eventCoding.code",
      "Bundle.timestamp",
      "Provenance.activity.coding[0].code",
    ];
    for (const place of places) {
      const wrong = answerTo(withValue(hospitalNotification(), place, secret));
      expect(JSON.stringify(wrong.issues)).not.toContain(secret);
    }
  });

  it("tells errors before warnings, and no more than an answer holds", () => {
    const problem = { path: "Bundle", code: "element-required", text: { da: "Mangler.", en: "Missing." } };
    const many = [
      ...Array.from({ length: 1500 }, () => ({ ...problem, severity: "warning" as const })),
      { ...problem, severity: "error" as const },
    ];
    const issues = issuesOf(many);
    expect([issues.length, issues[0]?.severity]).toEqual([1000, "error"]);
  });

  it("says why also when nothing was told, as MedCom's Ack-1 wants", () => {
    const fatal = answered(acknowledge(knownHead(bundle), { code: "fatal-error", issues: [] }, answering));
    const transient = answered(
      acknowledge(knownHead(bundle), { code: "transient-error", issues: [] }, answering),
    );
    expect(fatal.issues.map(({ details }) => details?.code)).toEqual(["MSG_BAD_FORMAT"]);
    expect(transient.issues).toMatchObject([
      { code: "transient", details: { code: "MSG_Mailbox_Out_Of_Operation" } },
    ]);
    expect([errorsIn(fatal), errorsIn(transient)]).toEqual([[], []]);
  });
});

describe("the answer to a message of which only half could be read", () => {
  const known = knownHead(hospitalNotification());
  const outcome = { code: "fatal-error", issues: [issueOf("MSG_BAD_SYNTAX")] } as const;

  it("finds an organisation that lacks its SOR code in the directory, by its GLN", () => {
    const sender = { gln: hospital.gln, otherIdentifiers: [] };
    const lookUp = (gln: string) => (gln === hospital.gln ? hospital : undefined);
    const result = acknowledge({ ...known, sender }, outcome, { ...answering, lookUp });
    expect(answered(result).receiver).toEqual(hospital);
  });

  it("goes without the history that could not be read", () => {
    const message = answered(acknowledge({ ...known, latest: undefined }, outcome, answering));
    expect(message.history).toHaveLength(1);
    expect(errorsIn(message)).toEqual([]);
  });

  it("takes a step of nobody in the message to be its sender's", () => {
    const latest = known.latest === undefined ? undefined : { ...known.latest, by: { otherIdentifiers: [] } };
    const message = answered(acknowledge({ ...known, latest }, outcome, answering));
    expect(message.history[0]?.by.gln).toBe(known.sender?.gln);
    expect(errorsIn(message)).toEqual([]);
  });

  it("names nobody by a number that is none: the directory knows better, or nobody is answered", () => {
    const sender = { gln: hospital.gln, sor: "not a code", otherIdentifiers: [] };
    const lookUp = (gln: string) => (gln === hospital.gln ? hospital : undefined);
    expect(answered(acknowledge({ ...known, sender }, outcome, { ...answering, lookUp })).receiver).toEqual(
      hospital,
    );
    expect(acknowledge({ ...known, sender }, outcome, answering)).toEqual({
      ok: false,
      why: "sender-unknown",
    });
  });

  it("carries no step along that tells of no activity there is, and names its doer rightly", () => {
    const step = known.latest;
    if (step === undefined) throw new Error("no step");
    const unlisted = { ...known, latest: { ...step, activity: "admit-somehow" } };
    const misnamed = { ...known, latest: { ...step, by: { sor: "12", otherIdentifiers: [] } } };
    expect(answered(acknowledge(unlisted, outcome, answering)).history).toHaveLength(1);
    const message = answered(acknowledge(misnamed, outcome, answering));
    expect(message.history[0]?.by.sor).toBe(known.sender?.sor);
    expect(errorsIn(message)).toEqual([]);
  });

  it.each([
    ["receiver-unknown", { receiver: undefined }],
    ["sender-unknown", { sender: undefined }],
    ["message-unknown", { messageId: undefined }],
  ] as const)("is none, and it is said why: %s", (why, change) => {
    expect(acknowledge({ ...known, ...change }, outcome, answering)).toEqual({ ok: false, why });
  });

  it.each([
    {},
    { entry: [] },
    { entry: [{ resource: { resourceType: "MessageHeader", id: "not an id!" } }] },
  ])("knows nothing of what tells nothing: %j", (rest) => {
    const head = knownHead({ resourceType: "Bundle", ...rest });
    expect([head.messageId, head.sender, head.latest]).toEqual([undefined, undefined, undefined]);
  });

  it("is made of whatever is left of a message, and never fails", () => {
    const whole = new TextDecoder().decode(new TextEncoder().encode(JSON.stringify(hospitalNotification())));
    fc.assert(
      fc.property(fc.nat({ max: whole.length }), fc.nat({ max: 60 }), (at, length) => {
        const bytes = new TextEncoder().encode(whole.slice(0, at) + whole.slice(at + length));
        const document = readFhir(bytes);
        if (!document.ok) return;
        const result = acknowledge(knownHead(document.resource), outcome, answering);
        if (result.ok) expect(Acknowledgement.safeParse(result.answer).error).toBeUndefined();
      }),
    );
  });
});
