import { describe, expect, it } from "vitest";
import type { ReferralLetter } from "../../../../../contracts/letters/referral-letter.ts";
import { ReferralCommand } from "../../../../../contracts/messages/referral.ts";
import { letterCommandId } from "../../../../../gateways/oioxml/families/letter-command-id.ts";
import { readReferral } from "../../../../../gateways/oioxml/families/referral-in.ts";
import { leavesOf } from "../../../../support/leaves.ts";
import { createLetterCases, throughXml } from "../../../../support/letter-cases.ts";
import { oio } from "../../../../support/oioxml-region.ts";
import { episode, xref01, xref02, xref15, xref22 } from "../../../../support/referral-letters.ts";
import { who } from "../../../../support/region-view.ts";

const read = (letter: ReferralLetter) =>
  readReferral(letter, { commandId: letterCommandId(letter), cases: [] });
const payloadOf = (letter: ReferralLetter) => read(letter).payload as Record<string, unknown>;

const every = [
  xref01(),
  xref01({
    version: "XH0131R",
    episodeOfCareId: undefined,
    episodesOfCare: [{ type: "AFF", id: episode }],
    hospitalChoice: "ALDB01",
    referralStatus: "hjemmet",
    refer: { description: "henv_diagnose", code: "DK409", codeType: "SKSdiagnosekode", text: "Lyskebrok" },
  }),
  xref02(),
  xref15(),
  xref15({ version: "XH1530R", category: undefined }),
  xref22(),
];

/** Who the parties are the directory knows; the rest says what kind of letter it is. The letter itself is in the record. */
const administrative =
  /^(type|version|status|authorised|statisticalCode|sender\.(?!phone)|receiver\.(?!gln))/;

describe("a referral letter", () => {
  it.each(every)("$version says nothing that is neither in the command nor in its notes", (letter) => {
    const { payload, notes } = read(throughXml(letter) as ReferralLetter);
    const told = leavesOf(payload).map(({ value }) => value);
    const missing = leavesOf(letter)
      .filter(({ path }) => !administrative.test(path))
      .filter(({ value }) => !told.includes(value));
    expect(missing).toEqual([]);
    expect(notes).toEqual([]);
  });

  it.each(every)("$version is a command that the service takes", (letter) => {
    const { type, payload } = read(letter);
    const plain = JSON.parse(JSON.stringify(payload)) as unknown;
    expect(ReferralCommand.safeParse({ type, id: "1", payload: plain }).error).toBeUndefined();
  });

  it.each([
    [xref01(), "hospital"],
    [xref02(), "imaging"],
    [xref15(), "prevention"],
    [xref22(), "acute-team"],
    [xref01({ refer: { code: "DZ031B", codeType: "SKSdiagnosekode", text: "Obs." } }), "cancer"],
    [
      xref01({ referralAdditional: [{ code: "DZ031", codeType: "SKSdiagnosekode", text: "Obs." }] }),
      "cancer",
    ],
    [xref22({ refer: { code: "DZ031B", codeType: "SKSdiagnosekode", text: "Obs." } }), "acute-team"],
  ] as const)("tells its kind by its type and its diagnoses (%#)", (letter, kind) => {
    expect(payloadOf(letter)["kind"]).toBe(kind);
  });

  it("whose sender's number is too short to be one says so, and is taken", () => {
    const letter = xref01({ sender: { ...xref01().sender, phone: "12" } });
    expect(read(letter).notes).toMatchObject([
      { path: "Sender/TelephoneSubscriberIdentifier", code: "phone-too-short", severity: "warning" },
    ]);
    expect(leavesOf(payloadOf(letter)["referrer"]).map(({ value }) => value)).not.toContain("12");
  });
});

describe("a referral letter that is sent", () => {
  it("opens one case, and the same letter again is the same case", async () => {
    const hub = createLetterCases();
    const first = await hub.sent(throughXml(xref01()));
    const again = await hub.sent(throughXml(xref01()));
    expect(again).toEqual({ ...first, duplicate: true });
  });

  it("to a unit that takes psychiatry alone is one to psychiatry", async () => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(xref01({ receiver: { ...xref01().receiver, gln: "5790000213016" } }));
    expect(hub.view(caseId).card?.kind).toBe("psychiatry");
  });

  it.each([xref15(), xref22()])("as $type gets the municipality of its receiver", async (letter) => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(letter);
    expect(hub.cases.records(caseId)[0]?.facts[0]).toMatchObject({ referral: { municipality: "0892" } });
  });

  it.each(every)(
    "as $version is never refused for what MedCom's letter has no element for",
    async (letter) => {
      const hub = createLetterCases();
      expect((await hub.send(letter)).status).toBe("accepted");
    },
  );

  it("from a municipality that refers under a framework delegation alone is taken, and warned of", async () => {
    const hub = createLetterCases();
    const sender = { ...xref22().sender, gln: oio.municipality };
    const { warnings } = await hub.sent(xref22({ sender }));
    expect(warnings).toMatchObject([{ code: "delegation-not-told" }, ...(warnings ?? []).slice(1)]);
  });

  it("without what it could have said is taken, and its sender is told what lacks", async () => {
    const hub = createLetterCases();
    const { warnings } = await hub.sent(xref01({ clinicalReason: undefined }));
    expect(warnings).toMatchObject([{ path: "clinicalReason", code: "reason-missing", severity: "warning" }]);
  });

  it("that says what its receiver may not take is refused, with all that is wrong", async () => {
    const hub = createLetterCases();
    const child = { ...xref02().patient, cpr: "0107156105" };
    expect(await hub.send(xref02({ priority: "akut", patient: child }))).toMatchObject({
      status: "refused",
      code: "referral-incomplete",
      problems: [
        { path: "patient.cpr", code: "adults-only" },
        { path: "priority", code: "elective-only" },
      ],
    });
  });
});

const corrected = (change: object = {}): ReferralLetter =>
  xref01({ status: "corrected", authorised: "2026-11-23T11:00", anamnesis: ["Brok i to år."], ...change });

describe("a corrected referral letter", () => {
  it("of the same number comes in the place of what was sent, and its receiver gets it as it was written", async () => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(xref01());
    const before = hub.view(caseId).clocks;
    const reply = await hub.sent(corrected());
    expect(reply).toMatchObject({ caseId, recordNo: 2, facts: ["ReferralCorrected"] });
    expect(hub.view(caseId).clocks).toEqual(before);
    const [, owed] = hub.owedTo(oio.department, caseId);
    expect(owed).toMatchObject({ documentType: "XREF01" });
    expect(hub.cases.records(caseId)[1]?.written).toEqual(corrected());
    expect(await hub.sent(corrected())).toEqual({ ...reply, duplicate: true });
  });

  it("with a number of its own is about the only open referral of its forløb", async () => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(xref01());
    const own = corrected({ letterId: "RET000000001" });
    const reply = await hub.sent(own);
    expect(reply.caseId).toBe(caseId);
    expect(await hub.sent(own)).toEqual({ ...reply, duplicate: true });
  });

  it("of another's forløb is about nobody's, and opens its own", async () => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(xref01());
    const sender = { ...xref01().sender, gln: who.practice };
    const reply = await hub.sent(corrected({ letterId: "RET000000001", sender }));
    expect(reply.caseId).not.toBe(caseId);
  });

  it("that comes before what it corrects opens the referral with a warning; the old letter changes nothing then", async () => {
    const hub = createLetterCases();
    const reply = await hub.sent(corrected());
    expect(reply).toMatchObject({ facts: ["ReferralSent"], warnings: [{ code: "original-unknown" }] });
    expect(await hub.send(xref01())).toMatchObject({ status: "ignored", reason: "corrected-already" });
    expect(await hub.sent(corrected())).toEqual({ ...reply, duplicate: true });
    const second = corrected({ authorised: "2026-11-23T12:00" });
    expect(await hub.sent(second)).toMatchObject({ caseId: reply.caseId, facts: ["ReferralCorrected"] });
  });

  it("goes to the unit that has the referral now", async () => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(xref01());
    await hub.does("referral.forward", oio.department, {
      caseId,
      to: { gln: who.endocrinology },
      reason: "Struma",
    });
    await hub.sent(corrected());
    expect(hub.owedTo(who.endocrinology, caseId)).toHaveLength(2);
    expect(hub.owedTo(oio.department, caseId)).toHaveLength(1);
  });

  it.each([
    ["another receiver", { receiver: { ...xref01().receiver, gln: who.cardiology } }, "correction-elsewhere"],
  ])("with %s is refused", async (_what, change, code) => {
    const hub = createLetterCases();
    await hub.sent(xref01());
    expect(await hub.send(corrected(change))).toMatchObject({ status: "refused", code });
  });

  it("that says what its receiver may not take is refused as the first letter would have been", async () => {
    const hub = createLetterCases();
    await hub.sent(xref02());
    const hurried = xref02({ status: "corrected", authorised: "2026-11-23T11:00", priority: "akut" });
    expect(await hub.send(hurried)).toMatchObject({
      status: "refused",
      problems: [{ path: "priority", code: "elective-only" }],
    });
  });

  it("of a referral that was withdrawn is refused", async () => {
    const hub = createLetterCases();
    const { caseId } = await hub.sent(xref01());
    await hub.does("referral.withdraw", oio.practice, { caseId, reason: "Løst" });
    expect(await hub.send(corrected())).toMatchObject({ status: "refused", code: "wrong-state" });
  });

  it("to suspected cancer leaves the kind as it was, and says so", async () => {
    const hub = createLetterCases();
    await hub.sent(xref01());
    const refer = { code: "DZ031B", codeType: "SKSdiagnosekode", text: "Obs." };
    const { warnings } = await hub.sent(corrected({ refer }));
    expect(warnings).toMatchObject([{ code: "correction-other-kind" }]);
  });
});
