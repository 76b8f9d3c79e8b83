import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainUuid } from "../../../../contracts/derived-ids.ts";
import { toPlainText } from "../../../../contracts/formatted-text.ts";
import type { ClinicalLetter } from "../../../../contracts/letters/any-letter.ts";
import type { CaseView, InboxItem } from "../../../../contracts/messages/worklist.ts";
import { startDischarge } from "../../../../services/discharge/main.ts";
import { startReferral } from "../../../../services/referral/main.ts";
import { xdis02, xdis13, xdis15, xdis22 } from "../../../support/closing-letters.ts";
import { eventually } from "../../../support/eventually.ts";
import {
  type Answer,
  caseOf,
  type GatewayHub,
  type HubClient,
  startGatewayHub,
} from "../../../support/hub-client.ts";
import { complaintsOf, readOne } from "../../../support/letter-cases.ts";
import { oio } from "../../../support/oioxml-region.ts";
import { printAttachments, printClinicalLetter } from "../../../support/printing.ts";
import { call, complete, units } from "../../../support/referral-given.ts";
import { xref01, xref02, xref15, xref22 } from "../../../support/referral-letters.ts";
import { who } from "../../../support/region-view.ts";

let hub: GatewayHub;
let practice: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub(undefined, undefined, [startReferral, startDischarge]);
  practice = await hub.as(oio.practice);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

let count = 0;
/** A citizen and numbers that no other test uses. */
const fresh = () => {
  count += 1;
  const n = String(count).padStart(4, "0");
  return { cpr: `010756${n}`, letterId: `HENV${n}`, answerId: `SVAR${n}`, episode: plainUuid(randomUUID()) };
};
type Fresh = ReturnType<typeof fresh>;
const sentBy = (letter: ClinicalLetter): Uint8Array => {
  const envelope = {
    envelopeId: `K${letter.letterId}`.slice(0, 14),
    sent: "2026-11-23T10:15",
    wantsPositiveReceipt: true,
  };
  return printClinicalLetter(letter, envelope).bytes;
};
const referral = <L extends ClinicalLetter>(letter: L, { cpr, letterId, episode }: Fresh): L => ({
  ...letter,
  letterId,
  episodeOfCareId: episode,
  patient: { ...letter.patient, cpr },
});
const answer = <L extends ClinicalLetter>(letter: L, { cpr, letterId, answerId, episode }: Fresh): L => ({
  ...letter,
  letterId: answerId,
  episodeOfCareId: episode,
  patient: { ...letter.patient, cpr },
  referral: { ...("referral" in letter ? letter.referral : {}), identifier: letterId },
});

const send = async (letter: ClinicalLetter): Promise<Answer> =>
  (await hub.as(letter.sender.gln)).send(sentBy(letter));
const sent = async (letter: ClinicalLetter): Promise<string> => {
  const reply = await send(letter);
  expect([200, 201], reply.text).toContain(reply.status);
  return caseOf(reply);
};
const documents = async (
  gln: string,
  caseId: string,
  atLeast = 1,
): Promise<{ item: InboxItem; bytes: Buffer }[]> => {
  const client = await hub.as(gln);
  const items = await hub.inboxOf(gln, caseId, atLeast);
  const found: { item: InboxItem; bytes: Buffer }[] = [];
  for (const item of items)
    found.push({ item, bytes: (await client.get(`/v1/inbox/${item.deliveryId}`)).bytes });
  return found;
};
/** The letters of a case in an inbox, each valid by the standard's schema. */
const letters = async (gln: string, caseId: string, atLeast = 1): Promise<ClinicalLetter[]> =>
  (await documents(gln, caseId, atLeast)).flatMap(({ bytes }) => {
    expect(complaintsOf(bytes)).toEqual([]);
    const letter = readOne(bytes);
    return letter.kind === "clinical" ? [letter.letter] : [];
  });
const viewOf = async (caseId: string, viewer: string): Promise<CaseView> => {
  const reply = await hub.query<CaseView>("worklist.case", viewer, { caseId });
  if (reply.status !== "ok") throw new Error(reply.code);
  return reply.value;
};

describe("a referral between systems that speak MedCom's letters alone", () => {
  test.each([
    ["XREF01", xref01(), xdis02(), oio.department],
    ["XREF15", xref15(), xdis15(), oio.prevention],
    ["XREF22", xref22(), xdis22(), oio.acuteTeam],
  ] as const)(
    "%s goes out as it was written, is booked, and comes back closed",
    async (_type, out, back, unit) => {
      const one = fresh();
      const letter = referral(out, one);
      const caseId = await sent(letter);
      expect(await letters(unit, caseId)).toEqual([JSON.parse(JSON.stringify(letter))]);

      const booking = {
        ...answer(xdis13(), { ...one, answerId: `TID${one.letterId}` }),
        sender: back.sender,
      };
      expect(await sent(booking)).toBe(caseId);
      const closing = answer(back, one);
      expect(await sent(closing)).toBe(caseId);
      const answers = (await letters(oio.practice, caseId, 2)).map(({ type }) => type);
      expect(answers).toEqual(["XDIS13", back.type]);

      const view = await viewOf(caseId, oio.practice);
      expect(view.status).toBe("concluded");
      const owed = view.clocks.filter(({ status }) => status === "running" || status === "paused");
      expect(owed.filter(({ agreement }) => agreement !== "RECEIPT")).toEqual([]);
      // The same letters again are the same commands.
      for (const again of [letter, booking, closing]) expect(await sent(again)).toBe(caseId);
      expect(
        (await viewOf(caseId, oio.practice)).records.filter(({ facts }) => facts.length > 0),
      ).toHaveLength(3);
    },
  );

  test("that is corrected is corrected with its receiver", async () => {
    const one = fresh();
    const caseId = await sent(referral(xref01(), one));
    await hub.inboxOf(oio.department, caseId);
    const corrected = referral(
      xref01({ status: "corrected", authorised: "2026-11-23T12:00", cave: ["Ingen."] }),
      one,
    );
    expect(await sent(corrected)).toBe(caseId);
    expect((await letters(oio.department, caseId, 2)).map(({ status }) => status)).toEqual([
      "new",
      "corrected",
    ]);
  });

  test("that its receiver may not take is refused with a receipt that says why in Danish", async () => {
    const reply = await send(referral(xref02({ priority: "akut" }), fresh()));
    expect(reply.status).toBe(422);
    const receipt = readOne(reply.bytes);
    if (receipt.kind !== "receipt") throw new Error(receipt.kind);
    expect(complaintsOf(reply.bytes)).toEqual([]);
    expect(receipt).toMatchObject({ outcome: "negative" });
    expect(toPlainText(receipt.originalLetters[0]?.refuseText ?? [])).toContain(
      "Kun elektivt: det akutte og hastende henvises til specialet.",
    );
  });
});

describe("a referral by JSON to a system that speaks letters alone", () => {
  test.each([
    ["hospital", oio.department, "XREF01"],
    ["prevention", oio.prevention, "XREF15"],
    ["acute-team", oio.acuteTeam, "XREF22"],
  ] as const)("of the kind %s comes as its letter", async (kind, unit, type) => {
    const client = await hub.as(who.practice);
    const now = new Date().toISOString();
    const responsible = { name: "Test Lægesen" };
    const acuteTeam = { call: { ...call, at: now }, directNumber: "20109001", responsible };
    const body = {
      messageId: `JSON-${kind}`,
      kind,
      to: { gln: unit },
      ...complete[kind],
      ...(kind === "acute-team" ? { acuteTeam } : {}),
      municipality: "0892",
    };
    const reply = await client.post("/v1/referrals", body);
    expect(reply.status, reply.text).toBe(201);
    expect(await letters(unit, caseOf(reply))).toMatchObject([{ type, sender: { gln: who.practice } }]);
  });

  test("is forgiven nothing for saying that it is a letter", async () => {
    const client = await hub.as(who.practice);
    const { acuteTeam: _acuteTeam, ...lacking } = complete["acute-team"] as { acuteTeam: object };
    const body = {
      messageId: "JSON-x",
      kind: "acute-team",
      to: { gln: oio.acuteTeam },
      standard: "oioxml",
      ...lacking,
    };
    expect((await client.post("/v1/referrals", body)).status).toBe(422);
  });
});

describe("a closing letter", () => {
  test("of a department concludes what was referred to its hospital's visitation", async () => {
    const one = fresh();
    const out = referral(xref01(), one);
    const caseId = await sent({ ...out, receiver: { ...out.receiver, gln: units.otherVisitation } });
    await hub.inboxOf(units.otherVisitation, caseId);
    const letterCase = await sent(answer(xdis02(), one));
    expect(letterCase).not.toBe(caseId);
    const view = await eventually(async () => {
      const found = await viewOf(caseId, oio.practice);
      return found.status === "concluded" ? found : undefined;
    }, "the conclusion");
    expect(view.links).toContainEqual({ caseId: letterCase, relation: "concludedBy" });
  });

  test("of a municipality that answers nothing here still reaches its receiver", async () => {
    const caseId = await sent(answer(xdis15(), fresh()));
    expect(await letters(oio.practice, caseId)).toMatchObject([{ type: "XDIS15" }]);
  });
});

describe("attachments of a referral, in a letter of their own", () => {
  const bytes = Buffer.from("%PDF-1.4 made up");
  const withReference = (one: Fresh, objectId: string): ClinicalLetter => {
    const target = {
      kind: "bin",
      objectId,
      code: "vektor_grafik",
      extension: "pdf",
      sizeBytes: bytes.length,
    } as const;
    return { ...referral(xref01(), one), references: [{ description: "Journaludskrift", target }] };
  };
  const attachments = (one: Fresh, objectId: string): Uint8Array =>
    printAttachments(
      {
        letterId: one.answerId,
        authorised: "2026-11-23T10:12",
        statisticalCode: "XBIN01",
        sender: xref01().sender,
        receiver: xref01().receiver,
        about: { kind: "patient", cpr: one.cpr, surname: "Prøvesen" },
        objects: [{ objectId, code: "vektor_grafik", extension: "pdf", sizeBytes: bytes.length, bytes }],
      },
      { envelopeId: `B${one.letterId}`, sent: "2026-11-23T10:15", wantsPositiveReceipt: true },
    ).bytes;

  test.each(["before", "after"])("are joined to it when they come %s it", async (when) => {
    const one = fresh();
    const objectId = plainUuid(randomUUID());
    if (when === "before") await practice.send(attachments(one, objectId));
    const caseId = await sent(withReference(one, objectId));
    if (when === "after") await practice.send(attachments(one, objectId));
    const joined = await eventually(async () => {
      const facts = (await hub.recordsOf(caseId)).flatMap((record) => record.facts);
      return facts.find(({ type }) => type === "ReferralAttachmentsJoined");
    }, "the attachments");
    expect(joined).toMatchObject({ attachments: [{ objectId, description: "Journaludskrift" }] });
  });
});
