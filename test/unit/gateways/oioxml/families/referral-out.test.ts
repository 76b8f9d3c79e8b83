import { describe, expect, it } from "vitest";
import { oioxmlTypeOfFact } from "../../../../../contracts/codes/fact-documents.ts";
import { plainUuid } from "../../../../../contracts/derived-ids.ts";
import { toPlainText } from "../../../../../contracts/formatted-text.ts";
import { ReferralLetter } from "../../../../../contracts/letters/referral-letter.ts";
import type { ReferralKind } from "../../../../../contracts/messages/referral-content.ts";
import { photoObject } from "../../../../support/advice-given.ts";
import {
  complaintsOf,
  createLetterCases,
  type LetterCases,
  readOne,
} from "../../../../support/letter-cases.ts";
import { oio } from "../../../../support/oioxml-region.ts";
import { complete, kinds, receivers } from "../../../../support/referral-given.ts";
import { xref01 } from "../../../../support/referral-letters.ts";
import { who } from "../../../../support/region-view.ts";

import { referralIn, telling, written } from "../../../../support/told-letters.ts";

/** Everything that a typed referral may say, on top of what each kind asks for. */
const everything = {
  relatives: [
    {
      relation: "aegtefaelle",
      surname: "Prøvesen",
      givenName: "Ib",
      telephones: [{ number: "20000002", code: "mobil" }],
    },
    { relation: "datter", surname: "Datter", street: "Sidegade 2", telephones: [] },
  ],
  referralAdditional: [{ codeType: "uspecificeretkode", text: "Hypertension uden kode" }],
  answerCopyTo: { identifier: { code: "ydernummer", value: "991001" }, organisation: "Lægerne Torvet" },
  references: [{ description: "Vejledning", target: { kind: "url", url: "https://prove.example/2" } }],
  visitation: [{ about: "egen_laege", text: ["Ønsker Sønderå."] }],
  supplementary: "Indkaldes fra sommerhus.",
  results: "Hb 8,1.",
  comorbidity: "Astma.",
  interpreterLanguage: "tyrkisk",
  specialNeeds: "Kørestol.",
  referralStatus: "hjemmet",
  hospitalChoice: "ALDB01",
  firstDateOfPeriod: "01.11.26",
  episodeOfCareId: "65528acda12c4d85b7016f4b12eec2bc",
};
const words: Record<ReferralKind, string[]> = {
  hospital: [],
  imaging: ["CT abdomen", ">90", "20. november 2026", "UL uden fund."],
  psychiatry: ["Afsluttet.", "Nedtrykt.", "God.", "Bor alene.", "Intet."],
  cancer: ["lungekræft", "Infiltrat."],
  prevention: ["Rygestop", "sundhedspleje", "givet af Borgeren, 2. januar 2026"],
  "acute-team": [
    "Akut",
    "ringet 23. november 2026 kl. 10.05, af Test Lægesen, til 90000030, talt med Prøve Sygeplejersken",
    "20109001",
  ],
};
const common = [
  "Udredning?",
  "Træt i tre måneder.",
  "Upåfaldende.",
  "Ingen.",
  "Datter Datter, Sidegade 2",
  "Hypertension uden kode",
  "Lægerne Torvet",
  "https://prove.example/2",
  "Ønsker Sønderå.",
  "Indkaldes fra sommerhus.",
  "Hb 8,1.",
  "Astma.",
  "tyrkisk",
  "Kørestol.",
  "i hjemmet",
  "ALDB01",
  "01.11.26",
  "65528acda12c4d85b7016f4b12eec2bc",
  "90000001",
  "DE050",
  "Thyreotoksikose",
];
const types: Record<ReferralKind, string> = {
  hospital: "XREF01",
  psychiatry: "XREF01",
  cancer: "XREF01",
  imaging: "XREF02",
  prevention: "XREF15",
  "acute-team": "XREF22",
};

const send = async (hub: LetterCases, kind: ReferralKind, change: object = {}): Promise<string> => {
  const payload = {
    messageId: "H-1",
    kind,
    to: { gln: receivers[kind].first },
    ...complete[kind],
    ...change,
  };
  return (await hub.does("referral.send", who.practice, payload)).caseId;
};
const toReceiver = (kind: ReferralKind) => ({ from: who.practice, to: receivers[kind].first });

describe("a typed referral to a system that takes MedCom's letters alone", () => {
  it.each(kinds)("of the kind %s is written with everything that it says", async (kind) => {
    const hub = createLetterCases();
    const caseId = await send(hub, kind, everything);
    const { letter, text } = written(telling(hub, caseId, toReceiver(kind)));
    expect(letter.type).toBe(types[kind]);
    const spouse = kind === "acute-team" ? "aegtefaelle" : "Ægtefælle Ib Prøvesen, tlf. 20000002 (mobil)";
    expect([...common, spouse, ...words[kind]].filter((word) => !text.includes(word))).toEqual([]);
    expect(text).not.toMatch(/undefined|\[object/);
  });

  it.each(kinds)("of the kind %s is written when it says no more than it must", async (kind) => {
    const hub = createLetterCases();
    const caseId = await send(hub, kind, { refer: undefined, priority: undefined });
    const letter = referralIn(telling(hub, caseId, toReceiver(kind)));
    expect(letter.episodeOfCareId).toBe(plainUuid(caseId));
    expect(letter.sender).toMatchObject({ gln: who.practice, phone: "90000001" });
    expect(letter.patient.telephones).toEqual([{ number: "20000001", code: "mobil" }]);
  });

  it("names its attachments, which travel in a letter of their own", async () => {
    const hub = createLetterCases();
    const attachments = [{ ...photoObject, description: "Billede" }];
    const caseId = await send(hub, "hospital", { attachments, to: { gln: oio.department } });
    expect(hub.owedTo(oio.department, caseId).map(({ documentType }) => documentType)).toEqual([
      "XREF01",
      "XBIN01",
    ]);
    const { references } = referralIn(telling(hub, caseId, { from: who.practice, to: oio.department }));
    expect(references).toMatchObject([
      { description: "Billede", target: { objectId: photoObject.objectId } },
    ]);
  });

  it.each([
    ["hospital", oio.department],
    ["prevention", oio.prevention],
    ["acute-team", oio.acuteTeam],
  ] as const)("of the kind %s is printed for its receiver, and read again by the codec", async (kind, to) => {
    const hub = createLetterCases();
    const caseId = await send(hub, kind, { to: { gln: to }, municipality: "0892" });
    const [owed] = hub.owedTo(to, caseId);
    if (owed === undefined) throw new Error("nothing owed");
    const { bytes, losses } = await hub.printed(owed);
    expect(losses).toEqual([]);
    expect(complaintsOf(bytes)).toEqual([]);
    expect(readOne(bytes)).toMatchObject({ kind: "clinical", type: types[kind] });
  });

  it("that the hub made of a question is told to whoever it is from in words", () => {
    const fact = { type: "ReferralSent", kind: "hospital", sender: who.practice, receiver: oio.department };
    expect(oioxmlTypeOfFact(fact, oio.department)).toBe("XREF01");
    expect(oioxmlTypeOfFact(fact, who.practice)).toBeUndefined();
  });
});

describe("a referral by letter that is sent on", () => {
  const forwarded = async (
    letter: ReferralLetter,
    reason = "Hjertet",
  ): Promise<{ hub: LetterCases; caseId: string }> => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(letter);
    await hub.does("referral.requestInformation", letter.receiver.gln, { caseId, text: "Vægt?" });
    await hub.does("referral.giveInformation", letter.sender.gln, { caseId, text: "70 kg" });
    await hub.does("referral.forward", letter.receiver.gln, { caseId, to: { gln: who.cardiology }, reason });
    return { hub, caseId };
  };

  it("is what its sender wrote, with a new number, and what happened on its way as visitation", async () => {
    const { hub, caseId } = await forwarded(xref01());
    const told = telling(hub, caseId, { from: oio.practice, to: who.cardiology, n: 1 });
    const letter = referralIn(told);
    const { letterId, receiver, visitation, ...rest } = letter;
    const { letterId: was, receiver: _to, visitation: noted, ...original } = xref01();
    expect(JSON.parse(JSON.stringify(rest))).toEqual(JSON.parse(JSON.stringify(original)));
    expect(letterId).not.toBe(was);
    expect(receiver.gln).toBe(who.cardiology);
    expect(visitation.slice(0, noted.length)).toEqual(noted);
    expect(visitation.slice(noted.length).map(({ about, text }) => [about, toPlainText(text)])).toEqual([
      ["visitering", "23. november 2026: Spørgsmål til henviser:\nVægt?"],
      ["egen_laege", "23. november 2026: Svar fra henviser:\n70 kg"],
      [
        "visitering",
        "23. november 2026: Omvisiteret fra Sygehus Sønderå, Kirurgisk Afd.\nBegrundelse: Hjertet",
      ],
    ]);
  });

  it("with nine notes of visitation keeps them all, the last ones together", async () => {
    const nine = Array.from({ length: 9 }, (_, n) => ({
      about: "ustruktureret",
      text: [`Note ${String(n)}`],
    }));
    const { hub, caseId } = await forwarded(xref01({ visitation: nine }));
    const { letter, text } = written(telling(hub, caseId, { from: oio.practice, to: who.cardiology, n: 1 }));
    expect(ReferralLetter.parse(letter).visitation).toHaveLength(9);
    for (const word of ["Note 0", "Note 8", "Vægt?", "70 kg", "Hjertet"]) expect(text).toContain(word);
  });

  it("and then corrected is corrected for the unit that has it, under the number that it knows", async () => {
    const hub = createLetterCases();
    const receiver = { ...xref01().receiver, gln: who.cardiology };
    const { caseId } = await hub.sent(xref01({ receiver }));
    const to = { gln: oio.department };
    await hub.does("referral.forward", who.cardiology, { caseId, to, reason: "Kirurgi" });
    const change = { status: "corrected", authorised: "2026-11-23T11:00", anamnesis: ["Rettet."], receiver };
    await hub.sent(xref01(change));
    const letters = await Promise.all(
      hub.owedTo(oio.department, caseId).map(async (owed) => readOne((await hub.printed(owed)).bytes)),
    );
    const [first, second] = letters.map((one) => (one.kind === "clinical" ? one.letter : undefined));
    expect(first).toMatchObject({ status: "new", type: "XREF01" });
    expect(second).toMatchObject({
      status: "corrected",
      letterId: first?.letterId,
      anamnesis: ["Rettet."],
      receiver: { gln: oio.department },
    });
  });
});
