import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CareThread } from "../../../contracts/fhir/care-communication.ts";
import type { CaseView, InboxItem } from "../../../contracts/messages/worklist.ts";
import { letter } from "../../support/advice-given.ts";
import { threadOf } from "../../support/care-given.ts";
import { eventually } from "../../support/eventually.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

let hub: TestHub;
let practice: string;
let department: string;
beforeAll(async () => {
  hub = await startTestHub();
  const all = hub.platform.directory.all();
  practice = all.find((o) => o.name.includes("Åparken"))?.gln ?? "";
  department =
    all.find((o) => o.kind === "department" && o.offers.length > 0 && o.channels[0]?.standard === "oioxml")
      ?.gln ?? "";
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const question = (messageId: string) => ({
  messageId,
  to: { gln: department },
  patient: { cpr: "0101010101", surname: "Eksempel" },
  subject: "TSH",
  question: "Hvad gør vi?",
});

const caseOf = async (caseId: string, viewer: string): Promise<CaseView> => {
  const reply = await hub.query<CaseView>("worklist.case", viewer, { caseId });
  if (reply.status !== "ok") throw new Error(reply.code);
  return reply.value;
};

describe("advice through the journal", () => {
  test("a question is accepted with its due time, and is in the unit's inbox", async () => {
    const reply = await hub.command("advice.ask", practice, question("M-1"));
    expect(reply).toMatchObject({ status: "accepted", facts: ["AdviceAsked"], duplicate: false });
    if (reply.status !== "accepted") throw new Error();
    expect(reply.due).toBeDefined();
    const items = await eventually(async () => {
      const inbox = await hub.query<{ items: InboxItem[] }>("worklist.inbox", department, {
        gln: department,
      });
      return inbox.status === "ok" && inbox.value.items.some((i) => i.caseId === reply.caseId)
        ? inbox.value.items
        : undefined;
    }, "the inbox");
    expect(items[0]).toMatchObject({ documentType: "XDIS91", from: practice, status: "waiting" });
  });

  test("the same message again gets the same answer, and other content under its id is refused", async () => {
    const first = await hub.command("advice.ask", practice, question("M-2"), "ask:1");
    const again = await hub.command("advice.ask", practice, question("M-2"), "ask:1");
    expect(again).toEqual({ ...first, duplicate: true });
    const other = await hub.command("advice.ask", practice, { ...question("M-2"), subject: "T4" }, "ask:1");
    expect(other).toMatchObject({ status: "refused", code: "content-differs" });
  });

  test("the clock pauses while the asker is to answer, and the answer stops it", async () => {
    const asked = await hub.command("advice.ask", practice, question("M-3"));
    if (asked.status !== "accepted") throw new Error(JSON.stringify(asked));
    const { caseId } = asked;
    const back = await hub.command("advice.requestInformation", department, { caseId, text: "Hvad er T4?" });
    expect(back.status).toBe("accepted");
    expect((await caseOf(caseId, department)).clocks).toMatchObject([
      { agreement: "ADVICE-MSG", status: "paused" },
    ]);
    await hub.command("advice.giveInformation", practice, { caseId, text: "T4 er 12" });
    expect((await caseOf(caseId, practice)).clocks).toMatchObject([{ status: "running" }]);
    await hub.command("advice.answer", department, {
      caseId,
      text: "Gentag om 6 uger",
      adviser: { name: "Overlæge E" },
    });
    const view = await caseOf(caseId, practice);
    expect(view).toMatchObject({ status: "answered", clocks: [{ status: "met" }] });
    expect(view.records.map((r) => r.meta.no)).toEqual([1, 2, 3, 4]);
  });

  test("to an organisation that is no party a case does not exist", async () => {
    const asked = await hub.command("advice.ask", practice, question("M-4"));
    if (asked.status !== "accepted") throw new Error();
    const stranger = hub.platform.directory.all().find((o) => o.kind === "municipality")?.gln ?? "";
    expect(await hub.query("worklist.case", stranger, { caseId: asked.caseId })).toEqual({
      status: "refused",
      code: "case-unknown",
    });
    const meddling = await hub.command("advice.answer", stranger, { caseId: asked.caseId, text: "x" });
    expect(meddling).toMatchObject({ status: "refused", code: "case-unknown" });
  });

  test("a FHIR reply joins the case of its thread, by the index alone", async () => {
    const sent = (from: string, to: string, thread: CareThread) => {
      const { episodeOfCareId: _, ...bare } = letter(from, to, { letterId: thread.messageId });
      const payload = { letter: bare, standard: "fhir", thread };
      return hub.command("advice.receiveLetter", from, payload, `care:${from}:${thread.messageId}`);
    };
    const started = await sent(practice, department, threadOf("A1"));
    if (started.status !== "accepted") throw new Error(started.status);
    await eventually(async () => {
      const inbox = await hub.query<{ items: InboxItem[] }>("worklist.inbox", department, {
        gln: department,
      });
      const items = inbox.status === "ok" ? inbox.value.items : [];
      return items.some(({ caseId }) => caseId === started.caseId) ? true : undefined;
    }, "the index knows of it");
    const other = { ...threadOf("B0", "A0"), id: "urn:uuid:00000000-0000-4000-8000-00000000000b" };
    const reply = await sent(department, practice, threadOf("B1", "A1"));
    expect(reply).toMatchObject({ status: "accepted", caseId: started.caseId });
    expect((await caseOf(started.caseId, practice)).status).toBe("answered");
    const elsewhere = await sent(department, practice, { ...other, activity: "new-message" });
    expect(elsewhere).toMatchObject({ status: "accepted", facts: ["AdviceAsked"] });
  });

  test("with Redis down commands still work", async () => {
    await hub.redis.kill();
    const asked = await hub.command("advice.ask", practice, question("M-5"));
    if (asked.status !== "accepted") throw new Error();
    const answered = await hub.command("advice.answer", department, { caseId: asked.caseId, text: "Ja" });
    expect(answered.status).toBe("accepted");
    await hub.redis.restart();
    await eventually(async () => {
      const inbox = await hub.query<{ items: InboxItem[] }>("worklist.inbox", practice, {
        gln: practice,
        show: "all",
      });
      return inbox.status === "ok" && inbox.value.items.some((i) => i.caseId === asked.caseId)
        ? true
        : undefined;
    }, "the inbox after Redis came back empty");
  });
});
