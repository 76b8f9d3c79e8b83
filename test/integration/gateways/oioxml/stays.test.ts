import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localTimeOf } from "../../../../contracts/danish-time.ts";
import { toPlainText } from "../../../../contracts/formatted-text.ts";
import type { Letter } from "../../../../contracts/letter.ts";
import type { ClinicalLetter } from "../../../../contracts/letters/any-letter.ts";
import type { InboxItem } from "../../../../contracts/messages/worklist.ts";
import { startDischarge } from "../../../../services/discharge/main.ts";
import { eventually } from "../../../support/eventually.ts";
import { type Answer, caseOf, type GatewayHub, startGatewayHub } from "../../../support/hub-client.ts";
import { complaintsOf, readOne } from "../../../support/letter-cases.ts";
import { oio } from "../../../support/oioxml-region.ts";
import { printClinicalLetter } from "../../../support/printing.ts";
import { xdis01, xdis14, xdis17, xdis20 } from "../../../support/stay-letters.ts";

let hub: GatewayHub;
beforeAll(async () => {
  hub = await startGatewayHub(undefined, undefined, [startDischarge]);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const hour = 3_600_000;
/** An instant so many hours from now. */
const inHours = (hours: number): string => new Date(Date.now() + hours * hour).toISOString();
const localIn = (hours: number): string => localTimeOf(inHours(hours));
const admittedAt = localIn(-50);
const dischargedAt = localIn(-2);
const authorised = (hours: number): string => `${localIn(hours)}:00`;

const send = async (letter: ClinicalLetter): Promise<Answer> => {
  const envelope = {
    envelopeId: `K${letter.letterId}`.slice(0, 14),
    sent: localIn(0),
    wantsPositiveReceipt: true,
  };
  return (await hub.as(letter.sender.gln)).send(printClinicalLetter(letter, envelope).bytes);
};
const sent = async (letter: ClinicalLetter): Promise<string> => {
  const reply = await send(letter);
  expect([200, 201], reply.text).toContain(reply.status);
  return caseOf(reply);
};

type Held = ClinicalLetter | Letter;
/** The XML that somebody fetches, valid by the standard's own schema, once there are `count` of that type. */
const fetched = async (
  gln: string,
  { caseId, type, count = 1 }: { caseId: string; type: string; count?: number },
): Promise<Held> => {
  const item = await eventually(async () => {
    const items = await hub.inboxOf(gln, caseId);
    const fitting = items.filter((one: InboxItem) => one.documentType === type);
    return fitting.length >= count ? fitting.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1) : undefined;
  }, `${type} in the inbox`);
  const reply = await (await hub.as(gln)).get(`/v1/inbox/${item.deliveryId}`);
  expect(reply.status, reply.text).toBe(200);
  expect(complaintsOf(reply.bytes)).toEqual([]);
  const read = readOne(reply.bytes);
  if (read.kind === "clinical" || read.kind === "letter") return read.letter;
  throw new Error(JSON.stringify(read));
};

const admission = xdis20({ authorised: authorised(-50), at: admittedAt });
const discharge = xdis17({ authorised: authorised(-2), at: dischargedAt });
const summary = xdis01({ authorised: localIn(-1), from: admittedAt, until: dischargedAt });

describe("a stay told by a department that speaks OIOXML alone", () => {
  let caseId = "";

  test("is in the municipality's inbox as XDIS20, and its answer in the department's as XDIS14", async () => {
    caseId = await sent(admission);
    expect(await fetched(oio.municipality, { caseId, type: "XDIS20" })).toMatchObject({
      status: "new",
      notificationId: admission.notificationId,
      at: admittedAt,
    });
    const answer = xdis14({ authorised: authorised(-49) });
    await eventually(async () => {
      const reply = await send(answer);
      return caseOf(reply) === caseId ? reply : undefined;
    }, "the answer in its case");
    expect(await fetched(oio.department, { caseId, type: "XDIS14" })).toMatchObject({
      contacts: answer.contacts,
      notificationId: admission.notificationId,
    });
  });

  test("ends by XDIS17, and its summary reaches the practice, then the corrected one", async () => {
    const assessment = {
      psychiatric: false,
      treatmentFinished: true,
      municipalNursing: true,
      municipalCare: true,
      terminal: false,
      phone: "90000025",
    };
    const department = await hub.as(oio.department);
    const assessed = await department.post(`/v1/discharges/${caseId}/assess`, assessment);
    expect([assessed.status, assessed.text]).toEqual([200, expect.any(String)]);
    expect(await sent(discharge)).toBe(caseId);
    expect(await fetched(oio.municipality, { caseId, type: "XDIS17" })).toMatchObject({ at: dischargedAt });

    expect(await sent(summary)).toBe(caseId);
    expect(await fetched(oio.practice, { caseId, type: "XDIS01" })).toMatchObject({
      status: "new",
      actionPriority: "akut",
      recommendation: summary.recommendation,
    });
    const corrected = { ...summary, status: "corrected", authorised: localIn(0) } as const;
    expect(await sent({ ...corrected, actionPriority: "rutine" })).toBe(caseId);
    expect(await fetched(oio.practice, { caseId, type: "XDIS01", count: 2 })).toMatchObject({
      status: "corrected",
      actionPriority: "rutine",
    });
    const clocks = (await hub.recordsOf(caseId)).flatMap(({ facts }) => facts);
    expect(clocks.filter(({ type }) => type === "ReviewAwaited")).toMatchObject([
      { priority: "akut" },
      { priority: "rutine" },
    ]);
  });

  test("is kept longer by its hospital, and the municipality reads so in Danish", async () => {
    const until = inHours(96);
    const department = await hub.as(oio.department);
    const extended = await department.post(`/v1/discharges/${caseId}/responsibility-extension`, {
      until,
      reason: "Afventer svar på bloddyrkning.",
    });
    expect([extended.status, extended.text]).toEqual([200, expect.any(String)]);
    const letter = await eventually(async () => {
      const items = await hub.inboxOf(oio.municipality, caseId);
      for (const { deliveryId } of items.filter(({ documentType }) => documentType === "XDIS91")) {
        const reply = await (await hub.as(oio.municipality)).get(`/v1/inbox/${deliveryId}`);
        expect(complaintsOf(reply.bytes)).toEqual([]);
        const read = readOne(reply.bytes);
        if (read.kind === "letter" && read.letter.subject?.includes("forlænget") === true) return read.letter;
      }
      return undefined;
    }, "the correspondence");
    const text = letter.texts.map(toPlainText).join("\n");
    expect(text).toContain("Afventer svar på bloddyrkning.");
    expect(text).toContain(`kl. ${localTimeOf(until).slice(11).replace(":", ".")}`);
    expect(letter).toMatchObject({ sender: { gln: oio.department }, receiver: { gln: oio.municipality } });
  });
});

test("an admission that is cancelled is so to the municipality too, and is closed", async () => {
  const about = {
    notificationId: "ANNULLERET-1",
    patient: { cpr: "0107560107", status: "indlagt" },
  } as const;
  const caseId = await sent({ ...admission, ...about, letterId: "ADV1" });
  const cancelled = { ...admission, ...about, letterId: "ADV2", authorised: authorised(-49) };
  expect(await sent({ ...cancelled, status: "cancelled" })).toBe(caseId);
  expect(await fetched(oio.municipality, { caseId, type: "XDIS20", count: 2 })).toMatchObject({
    status: "cancelled",
    notificationId: "ANNULLERET-1",
  });
  const records = await hub.recordsOf(caseId);
  expect(records.at(-1)?.meta.card?.closed).toBe(true);
});

test("a summary of a stay that nobody told of is owed a review all the same", async () => {
  const alone = { letterId: "EPI9", patient: { ...summary.patient, cpr: "0107560108" } };
  const caseId = await sent({ ...summary, ...alone });
  expect(await fetched(oio.practice, { caseId, type: "XDIS01" })).toMatchObject({ actionPriority: "akut" });
  const [record] = await hub.recordsOf(caseId);
  expect(record?.meta.card).toMatchObject({ kind: "summary", closed: false });
});
