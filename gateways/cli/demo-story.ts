import { setTimeout as sleep } from "node:timers/promises";
import { CommandReply } from "../../contracts/envelope.ts";
import type { InboxItem } from "../../contracts/messages/worklist.ts";
import { CaseView, InboxPage } from "../../contracts/messages/worklist.ts";
import { caseText } from "./case-text.ts";
import { danishTimeNow } from "./danish-time.ts";
import type { DemoLetters, LetterName } from "./demo-letters.ts";
import { excerptOf, type Teller } from "./demo-teller.ts";
import { CommandFailed } from "./failure.ts";
import { type Answer, type Caller, type HubClient, readAnswer, refusalText, textOf } from "./hub-client.ts";
import type { NameOf } from "./organisation-names.ts";

export const practice: Caller = { gln: "5790000100019", role: "organisation" };
export const department: Caller = { gln: "5790000200016", role: "organisation" };

/** Everything that the scenes share. */
export type Stage = { hub: HubClient; teller: Teller; letters: DemoLetters; nameOf: NameOf };
type Party = "PRACTICE" | "DEPARTMENT";
const callers: Record<Party, Caller> = { PRACTICE: practice, DEPARTMENT: department };

const bearer = (party: Party): string => `-H "authorization: Bearer $${party}"`;
const latin1 = (answer: Answer): string => Buffer.from(answer.bytes).toString("latin1");

const failed = (step: number, why: string): CommandFailed =>
  new CommandFailed(`The demo failed in step ${step}. ${why}`);

const mustBe = ({ teller }: Stage, answer: Answer, status: number): void => {
  if (answer.status !== status)
    throw failed(
      teller.steps(),
      answer.status < 400 ? `HTTP ${answer.status}, not ${status}.` : refusalText(answer),
    );
};

/** A letter of the demo, as the system of a party would send it. */
const sendLetter = async (stage: Stage, party: Party, name: LetterName): Promise<Answer> => {
  const { hub, teller, letters } = stage;
  teller.curl(
    `-i $HUB/v1/messages ${bearer(party)}`,
    `-H "content-type: application/xml" --data-binary @$LETTERS/${name}.xml`,
  );
  return hub.call({
    method: "POST",
    path: "/v1/messages",
    as: callers[party],
    type: "application/xml",
    accept: "application/xml",
    body: letters.bytes[name],
  });
};

const receiptLines = (answer: Answer): string[] => {
  const due = answer.header("sektorbro-due");
  return [
    `HTTP ${answer.status}, MedCom's receipt (${excerptOf(latin1(answer), ["StatisticalCode"])[0] ?? "none"})`,
    `sektorbro-case: ${answer.header("sektorbro-case") ?? ""}`,
    ...(due === undefined ? [] : [`sektorbro-due: ${due}   (${danishTimeNow(due)})`]),
  ];
};

const waitMs = 10_000;

/** The inbox follows the journal within moments; whoever asks at once asks again. */
const waitingFor = async ({ hub, teller }: Stage, party: Party): Promise<InboxItem> => {
  const end = Date.now() + waitMs;
  for (;;) {
    const answer = await hub.call({ path: "/v1/inbox", as: callers[party] });
    const item = readAnswer(answer, InboxPage).items.findLast(({ status }) => status === "waiting");
    if (item !== undefined) return item;
    if (Date.now() > end) throw failed(teller.steps(), "Nothing came into the inbox in ten seconds.");
    await sleep(50);
  }
};

const lookIntoInbox = async (stage: Stage, party: Party): Promise<InboxItem> => {
  stage.teller.curl(`$HUB/v1/inbox ${bearer(party)}`);
  const item = await waitingFor(stage, party);
  stage.teller.result(
    `${item.documentType} from ${stage.nameOf(item.from)}, ${item.status}`,
    `delivery ${item.deliveryId}`,
  );
  return item;
};

const fetchItem = async (stage: Stage, party: Party, { deliveryId }: InboxItem): Promise<void> => {
  stage.teller.curl(`$HUB/v1/inbox/${deliveryId} ${bearer(party)}`);
  const answer = await stage.hub.call({
    path: `/v1/inbox/${deliveryId}`,
    as: callers[party],
    accept: "application/xml",
  });
  mustBe(stage, answer, 200);
  stage.teller.result(
    `HTTP 200, ${answer.header("content-type") ?? ""}`,
    ...excerptOf(latin1(answer), ["VersionCode", "Subject", "Text01"]),
  );
};

const giveReceipt = async (stage: Stage, party: Party, { deliveryId }: InboxItem): Promise<void> => {
  const body = JSON.stringify({ outcome: "positive" });
  stage.teller.curl(
    `$HUB/v1/inbox/${deliveryId}/receipt ${bearer(party)}`,
    `-H "content-type: application/json" -d '${body}'`,
  );
  const path = `/v1/inbox/${deliveryId}/receipt`;
  const call = { method: "POST", path, as: callers[party], type: "application/json", body } as const;
  mustBe(stage, await stage.hub.call(call), 200);
  stage.teller.result("HTTP 200, recorded: the sender's side knows that it arrived");
};

const readCase = async ({ hub }: Stage, caseId: string): Promise<CaseView> =>
  readAnswer(await hub.call({ path: `/v1/cases/${caseId}`, as: practice }), CaseView);

const clockLine = async (stage: Stage, caseId: string): Promise<string> => {
  const { clocks } = await readCase(stage, caseId);
  return clocks
    .map(({ agreement, status, debtor, due }) =>
      [
        `clock ${agreement}: ${status}, ${stage.nameOf(debtor)} owes it`,
        ...(due === undefined ? [] : [`due ${danishTimeNow(due)}`]),
      ].join(", "),
    )
    .join("\n");
};

const asked = async (stage: Stage): Promise<{ caseId: string; receipt: Answer }> => {
  stage.teller.step(
    "The practice asks",
    "Lægehuset Åparken sends a letter as its system has always written it: MedCom XDIS91 in ISO-8859-1. The hub keeps " +
      "the bytes, decides, writes one record to disk, and only then says yes, with MedCom's own receipt. A header tells " +
      "when the department's answer is due: in three working days, at the department's closing time.",
  );
  const receipt = await sendLetter(stage, "PRACTICE", "question");
  mustBe(stage, receipt, 201);
  stage.teller.result(...receiptLines(receipt));
  return { caseId: receipt.header("sektorbro-case") ?? "", receipt };
};

const received = async (stage: Stage): Promise<void> => {
  stage.teller.step(
    "The department looks into its inbox",
    "Ids and times only; who the patient is stands in the letter.",
  );
  const item = await lookIntoInbox(stage, "DEPARTMENT");
  stage.teller.step(
    "It fetches the letter",
    "In its own standard. That it was fetched is on disk before it is handed over.",
  );
  await fetchItem(stage, "DEPARTMENT", item);
  stage.teller.step(
    "Its system gives a receipt",
    "A delivery without a receipt in 15 minutes is shown to operations.",
  );
  await giveReceipt(stage, "DEPARTMENT", item);
};

const requestText = "Er TPO-antistoffer målt, og får hun medicin?";

const askedBack = async (stage: Stage, caseId: string): Promise<void> => {
  stage.teller.step(
    "The department needs to know more",
    "MedCom has no letter that says so, but the department's system can, in JSON. The hub writes the letter for it and " +
      "pauses the clock: the practice is the one to act now.",
  );
  const body = JSON.stringify({ text: requestText });
  const path = `/v1/cases/${caseId}/request-information`;
  stage.teller.curl(
    `$HUB${path} ${bearer("DEPARTMENT")}`,
    `-H "content-type: application/json" -d '${body}'`,
  );
  const call = { method: "POST", path, as: department, type: "application/json", body } as const;
  const answer = await stage.hub.call(call);
  mustBe(stage, answer, 200);
  const { facts } = readAnswer(answer, CommandReply.options[0]);
  stage.teller.result(`HTTP 200, ${facts.join(", ")}`, await clockLine(stage, caseId));
  stage.teller.step(
    "The practice finds the request in its inbox",
    "As XDIS91, since that is what its system reads.",
  );
  const item = await lookIntoInbox(stage, "PRACTICE");
  await fetchItem(stage, "PRACTICE", item);
};

const informed = async (stage: Stage, caseId: string): Promise<void> => {
  stage.teller.step(
    "The practice answers the request",
    "An ordinary XDIS91 again. The hub knows the thread and whose turn it was, and the clock runs again. Each working " +
      "day that the department had begun by waiting would have moved the due time by one; today that is none.",
  );
  const receipt = await sendLetter(stage, "PRACTICE", "information");
  mustBe(stage, receipt, 201);
  stage.teller.result(...receiptLines(receipt), await clockLine(stage, caseId));
};

const answered = async (stage: Stage, caseId: string): Promise<void> => {
  stage.teller.step("The department answers", "XDIS91 from its own system. The clock stops, in time.");
  const receipt = await sendLetter(stage, "DEPARTMENT", "answer");
  mustBe(stage, receipt, 201);
  stage.teller.result(...receiptLines(receipt), await clockLine(stage, caseId));
  stage.teller.step(
    "The practice has its answer",
    "As XDIS91 in the hub's own envelope, and its system gives a receipt.",
  );
  const item = await lookIntoInbox(stage, "PRACTICE");
  await fetchItem(stage, "PRACTICE", item);
  await giveReceipt(stage, "PRACTICE", item);
};

const toldAgain = async (stage: Stage, caseId: string, first: Answer): Promise<void> => {
  stage.teller.step(
    "What happened, and when",
    "Both parties see it; to anybody else the case does not exist.",
  );
  stage.teller.curl(`$HUB/v1/cases/${caseId} ${bearer("PRACTICE")}`);
  const view = await readCase(stage, caseId);
  stage.teller.result(caseText(view, { nameOf: stage.nameOf, now: new Date().toISOString() }));
  stage.teller.step(
    "The practice's system sends the first letter once more",
    "Systems do, after a time-out. It gets the very same answer, and nothing happens twice.",
  );
  const again = await sendLetter(stage, "PRACTICE", "question");
  mustBe(stage, again, 200);
  if (textOf(again) !== textOf(first))
    throw failed(stage.teller.steps(), "The second receipt differs from the first.");
  const records = (await readCase(stage, caseId)).records.length;
  if (records !== view.records.length)
    throw failed(stage.teller.steps(), "The case has a record that it did not have.");
  stage.teller.result(
    ...receiptLines(again),
    "the receipt is the first one again, to the byte, and the case has as many records as before",
  );
};

/** Plays one question from a practice to a department and back, over HTTP. @throws CommandFailed when a step failed */
export const playStory = async (stage: Stage): Promise<void> => {
  const { caseId, receipt } = await asked(stage);
  await received(stage);
  await askedBack(stage, caseId);
  await informed(stage, caseId);
  await answered(stage, caseId);
  await toldAgain(stage, caseId, receipt);
};
