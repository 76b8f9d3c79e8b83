import { randomBytes } from "node:crypto";
import { shardOf } from "../../contracts/derived-ids.ts";
import type { CommandReply } from "../../contracts/envelope.ts";
import type { CaseView, InboxItem } from "../../contracts/messages/worklist.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { streamIndexOf } from "../../infra/nats/streams.ts";
import { eventually } from "./eventually.ts";
import type { TestHub } from "./test-platform.ts";

export const practice = "5790000100019";
export const department = "5790000200016";

export const accepted = (reply: CommandReply) => {
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply;
};

export type ArchivedCases = ReturnType<typeof createArchivedCases>;

/** Cases for an archive: asked, answered, received, on one hub. */
export const createArchivedCases = (hub: TestHub) => {
  const inboxOf = async (gln: string, caseId: string): Promise<InboxItem[]> => {
    const page = await hub.query<{ items: InboxItem[] }>("worklist.inbox", gln, {
      gln,
      show: "all",
      limit: 500,
    });
    return page.status === "ok" ? page.value.items.filter((item) => item.caseId === caseId) : [];
  };

  const settleAll = async (gln: string, caseId: string): Promise<void> => {
    const items = await eventually(async () => {
      const found = (await inboxOf(gln, caseId)).filter(({ status }) => status === "waiting");
      return found.length > 0 ? found : undefined;
    }, "a document in the inbox");
    for (const { deliveryId } of items) {
      accepted(await hub.command("delivery.markFetched", gln, { deliveryId }));
      accepted(await hub.command("delivery.settle", gln, { deliveryId, outcome: "positive" }));
    }
  };

  let n = 0;
  const question = (messageId: string, attachments: unknown[] = []) => ({
    messageId,
    to: { gln: department },
    patient: { cpr: "0101010101", surname: "Eksempel" },
    subject: "TSH",
    question: "Hvad gør vi?",
    attachments,
  });
  const asking = async (attachments: unknown[] = []) => {
    const messageId = `ARK-${String(++n)}`;
    const id = `ask:${messageId}`;
    const payload = question(messageId, attachments);
    const reply = accepted(await hub.command("advice.ask", practice, payload, id));
    const again = () => hub.command("advice.ask", practice, payload, id);
    return { caseId: reply.caseId, reply, again };
  };

  /** Something newer in every stream of the journal: its last record never leaves it. */
  const goOn = async (): Promise<void> => {
    const streams = new Set<number>();
    while (streams.size < 4) {
      const messageId = `ARK-${String(++n)}`;
      const stream = streamIndexOf(shardOf(caseIdFor(practice, messageId)), hub.platform.layout);
      if (streams.has(stream)) continue;
      streams.add(stream);
      accepted(await hub.command("advice.ask", practice, question(messageId), `ask:${messageId}`));
    }
  };

  /** A question that was answered, with everything received; `receipt`: or with the answer lying in the asker's inbox. */
  const answered = async (attachments: unknown[] = [], receipt = true) => {
    const asked = await asking(attachments);
    const { caseId } = asked;
    await settleAll(department, caseId);
    const text = { caseId, text: "Gentag om 6 uger", adviser: { name: "Overlæge E" } };
    accepted(await hub.command("advice.answer", department, text));
    if (receipt) await settleAll(practice, caseId);
    await goOn();
    return asked;
  };

  const viewOf = async (caseId: string, viewer = practice) => {
    const reply = await hub.query<CaseView>("worklist.case", viewer, { caseId });
    return reply.status === "ok" ? reply.value : reply.code;
  };

  const attachment = async () => {
    const bytes = randomBytes(400_000);
    const stored = await hub.platform.objects.put(bytes);
    const objectId = randomBytes(16).toString("hex");
    const told = { objectId, code: "proprietaert_indhold", extension: "pdf", description: "Billede" };
    return { bytes, named: { ...stored, ...told } };
  };
  return { inboxOf, settleAll, question, asking, goOn, answered, viewOf, attachment };
};
