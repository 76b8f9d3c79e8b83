import { setTimeout as sleep } from "node:timers/promises";
import type { InboxItem } from "../../contracts/messages/worklist.ts";
import { InboxPage } from "../../contracts/messages/worklist.ts";
import { conversion, type ParsedMessage, parseMessage } from "./compose.ts";
import type { DemoMessages, MessageName } from "./demo-messages.ts";
import { excerptOf, type Teller } from "./demo-teller.ts";
import { CommandFailed } from "./failure.ts";
import { type Answer, type HubClient, readAnswer, refusalText } from "./hub-client.ts";
import type { NameOf } from "./organisation-names.ts";

/** Whose systems speak FHIR alone, in XML and in JSON, and a practice whose system takes MedCom's letters alone. */
export const fhirParties = {
  WARD: "5790000200085",
  TOWN: "5790000300044",
  TOWN_TEAM: "5790000310043",
  COUNTRY_PRACTICE: "5790000100057",
} as const;
type Party = keyof typeof fhirParties;

export type FhirStage = { hub: HubClient; teller: Teller; messages: DemoMessages; nameOf: NameOf };

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

const failed = ({ teller }: FhirStage, why: string): CommandFailed =>
  new CommandFailed(`The demo failed in step ${String(teller.steps())}. ${why}`);

type Typed = Extract<ParsedMessage, { kind: "message" }>["message"];

const typed = (stage: FhirStage, bytes: Uint8Array): Typed => {
  const parsed = parseMessage(bytes);
  if (parsed.kind === "message") return parsed.message;
  throw failed(stage, parsed.problems.map(({ code, path }) => `${path} [${code}]`).join("; "));
};

const bearer = (party: Party): string => `-H "authorization: Bearer $${party}"`;

interface Sending {
  readonly party: Party;
  readonly file: string;
  readonly type: string;
  readonly body: Uint8Array;
}

const post = async (stage: FhirStage, { party, file, type, body }: Sending): Promise<Answer> => {
  stage.teller.curl(
    `-i $HUB/v1/messages ${bearer(party)}`,
    `-H "content-type: ${type}" --data-binary @$MESSAGES/${file}`,
  );
  const as = { gln: fhirParties[party], role: "organisation" } as const;
  const answer = await stage.hub.call({ method: "POST", path: "/v1/messages", as, type, accept: type, body });
  if (answer.status >= 300) throw failed(stage, refusalText(answer));
  return answer;
};

const typeOf = (file: string): string => `application/fhir+${file.endsWith(".xml") ? "xml" : "json"}`;

/** Sends a message, and shows the Acknowledgement that answers it. @returns the case */
const sendMessage = async (stage: FhirStage, party: Party, name: MessageName): Promise<string> => {
  const file = stage.messages.file(name);
  const answer = await post(stage, { party, file, type: typeOf(file), body: stage.messages.bytes[name] });
  const said = typed(stage, answer.bytes);
  if (said.kind !== "Acknowledgement") throw failed(stage, "The answer is no Acknowledgement.");
  stage.teller.result(
    `HTTP ${answer.status}, ${answer.header("content-type") ?? ""}: Acknowledgement ${said.code}, in the sender's own format`,
  );
  return answer.header("sektorbro-case") ?? "";
};

const waitMs = 10_000;

const arrived = async (stage: FhirStage, party: Party, caseId: string): Promise<InboxItem> => {
  const as = { gln: fhirParties[party], role: "organisation" } as const;
  const end = Date.now() + waitMs;
  for (;;) {
    const { items } = readAnswer(await stage.hub.call({ path: "/v1/inbox", as }), InboxPage);
    const item = items.findLast((one) => one.caseId === caseId && one.status === "waiting");
    if (item !== undefined) return item;
    if (Date.now() > end) throw failed(stage, "Nothing came into the inbox in ten seconds.");
    await sleep(50);
  }
};

/** What a party finds of a case in its inbox, fetched in its own standard. */
const fetchAs = async (stage: FhirStage, party: Party, caseId: string): Promise<Answer> => {
  const { deliveryId, documentType } = await arrived(stage, party, caseId);
  const path = `/v1/inbox/${deliveryId}`;
  stage.teller.curl(`$HUB${path} ${bearer(party)}`);
  const as = { gln: fhirParties[party], role: "organisation" } as const;
  const answer = await stage.hub.call({ path, as, accept: "application/fhir+json, application/xml" });
  if (answer.status !== 200) throw failed(stage, refusalText(answer));
  stage.teller.result(
    `${stage.nameOf(fhirParties[party])} gets ${documentType}, ${answer.header("content-type") ?? ""}`,
  );
  return answer;
};

/** What a message tells, in a few lines. */
const excerptLines = (message: Typed): string[] => {
  const { activity = "" } = message.history.at(-1) ?? {};
  const steps = message.history.length === 1 ? "1 step" : `${message.history.length} steps`;
  switch (message.kind) {
    case "HospitalNotification":
      return [`activity ${activity}, status ${message.stay.status}, ${steps} in its history`];
    case "CareCommunication":
      return [
        `activity ${activity}, thread ${message.threadId}`,
        ...message.payloads.flatMap((one) =>
          one.kind === "text" ? [`"${one.text.replace(/\s+/g, " ")}"`] : [],
        ),
      ];
    case "HomeCareObservation":
    case "Acknowledgement":
      return [`activity ${activity}`];
  }
};

const nobody = (): undefined => undefined;

/** What does not come along when a message becomes letters, as `sektorbro convert` tells it. */
const lossLines = (message: Typed): string[] => {
  const converted = conversion.messageToLetters(message, { organisation: nobody });
  if (!converted.ok) return converted.problems.map(({ en, code }) => `${en} [${code}]`);
  return converted.losses.length === 0
    ? ["nothing is lost on the way"]
    : converted.losses.map(({ en, code }) => `does not come along: ${en} [${code}]`);
};

/** The receiving system answers too, and the delivery is settled. */
const taken = async (stage: FhirStage, name: MessageName, body: Uint8Array): Promise<void> => {
  const file = stage.messages.file(name);
  const answer = await post(stage, { party: "TOWN", file, type: typeOf(file), body });
  stage.teller.result(`HTTP ${answer.status}, recorded: the sender's side knows that it arrived`);
};

const admitted = async (stage: FhirStage): Promise<void> => {
  const { teller, messages } = stage;
  teller.step(
    "FHIR: a hospital tells of an admission, in XML",
    "A HospitalNotification (STIN) from the medical department of Sygehus Sønderå. The hub reads it, holds it to MedCom's rules, " +
      "writes its record to disk, and answers with MedCom's Acknowledgement. The municipality's system takes JSON: the same message, " +
      "written in the other format, its numbers and its history as they were.",
  );
  const caseId = await sendMessage(stage, "WARD", "admitted");
  const { bytes } = await fetchAs(stage, "TOWN", caseId);
  teller.result(...excerptLines(typed(stage, bytes)));
  await taken(stage, "takenNotification", messages.bytes.takenNotification);
};

const discharged = async (stage: FhirStage): Promise<void> => {
  stage.teller.step(
    "The patient goes home: a second message of the same stay",
    "SLHJ. Its history names the admission, so it comes into the same case, whichever of the two arrives first.",
  );
  const caseId = await sendMessage(stage, "WARD", "discharged");
  const { bytes } = await fetchAs(stage, "TOWN", caseId);
  stage.teller.result(...excerptLines(typed(stage, bytes)));
};

const written = async (stage: FhirStage): Promise<string> => {
  const { teller, messages } = stage;
  teller.step(
    "The municipality writes to a practice: a message there, a letter here",
    "A CareCommunication in JSON. Fjordby Lægehus takes MedCom's letters and nothing else, so it gets XDIS91, by MedCom's own mapping " +
      "sheets. What a letter has no place for is listed, and nothing else may differ.",
  );
  const caseId = await sendMessage(stage, "TOWN", "message");
  const letter = latin1((await fetchAs(stage, "COUNTRY_PRACTICE", caseId)).bytes);
  teller.result(...excerptOf(letter, ["VersionCode", "Subject", "Text01"]));
  teller.result(...lossLines(typed(stage, messages.bytes.message)));
  return caseId;
};

const replied = async (stage: FhirStage, caseId: string): Promise<void> => {
  const { teller, messages } = stage;
  teller.step(
    "The practice answers with a letter, and it is a message again",
    "XDIS91, without the thread's id, which no letter could bring. The hub knows what was written before: the municipality gets a " +
      "reply in its own thread, with what went before in it, and its system acknowledges.",
  );
  const answer = await post(stage, {
    party: "COUNTRY_PRACTICE",
    file: "reply.xml",
    type: "application/xml",
    body: messages.reply,
  });
  const [code = "none"] = excerptOf(latin1(answer.bytes), ["StatisticalCode"]);
  teller.result(`HTTP ${answer.status}, MedCom's receipt (${code})`);
  if (answer.header("sektorbro-case") !== caseId) throw failed(stage, "The reply came into another case.");
  const reply = typed(stage, (await fetchAs(stage, "TOWN", caseId)).bytes);
  teller.result(...excerptLines(reply));
  await taken(stage, "takenReply", await messages.answerAbout("takenReply", reply.messageId));
};

const measured = async (stage: FhirStage): Promise<void> => {
  const { teller, messages } = stage;
  teller.step(
    "The acute team measures a citizen, in FHIR; the practice reads it in words",
    "A HomeCareObservation in JSON. The hub scores it again by the scheme. MedCom has no letter for it, so a system that takes letters " +
      "alone is told in Danish correspondence; one that speaks FHIR would have the message itself.",
  );
  const caseId = await sendMessage(stage, "TOWN_TEAM", "measured");
  const letter = latin1((await fetchAs(stage, "COUNTRY_PRACTICE", caseId)).bytes);
  teller.result(...excerptOf(letter, ["VersionCode", "Subject", "Text01"]));
  teller.result(...lossLines(typed(stage, messages.bytes.measured)));
};

/** Systems that speak FHIR, and one that does not, by way of the hub. @throws CommandFailed when a step failed */
export const playFhir = async (stage: FhirStage): Promise<void> => {
  await admitted(stage);
  await discharged(stage);
  await replied(stage, await written(stage));
  await measured(stage);
};
