import { describe, expect, it } from "vitest";
import { DischargeCommand } from "../../../../../contracts/messages/discharge.ts";
import { leavesOf } from "../../../../support/leaves.ts";
import { createLetterCases, throughXml } from "../../../../support/letter-cases.ts";
import { oio } from "../../../../support/oioxml-region.ts";
import { who } from "../../../../support/region-view.ts";
import { codesOf, opened, reviewsOf, statusOf } from "../../../../support/stay-cases.ts";
import { fromWard, xdis01, xdis17, xdis20 } from "../../../../support/stay-letters.ts";

const stay = () => opened(xdis20(), xdis17());
const corrected = (change: object = {}) =>
  xdis01({ status: "corrected", authorised: "2026-11-23T15:00", ...change });

describe("a summary by letter", () => {
  it.each([xdis01(), corrected(), xdis01({ type: "XDIS03", version: "XD0334L" })])(
    "(%#) is a command that the service takes, and nothing of it is lost",
    async (letter) => {
      for (const { hub } of [await stay(), { hub: createLetterCases() }]) {
        const { type, payload, notes } = hub.read(throughXml(letter));
        const plain = JSON.parse(JSON.stringify(payload)) as unknown;
        expect(DischargeCommand.safeParse({ type, id: "1", payload: plain }).error).toBeUndefined();
        expect(notes).toEqual([]);
        const told = leavesOf(payload).map(({ value }) => value);
        const administrative =
          /^(type|version|letterId|status|statisticalCode|authorised|sender\.|receiver\.)/;
        const ofCase = /^(patient\.|diagnoses\.other\.\d+\.(description|codeType))/;
        const missing = leavesOf(letter)
          .filter(({ path }) => !administrative.test(path) && !ofCase.test(path))
          .filter(({ value }) => !told.includes(value));
        expect(missing).toEqual([]);
      }
    },
  );

  it("names in its notes each part that stands in the letter alone", () => {
    const { hub } = { hub: createLetterCases() };
    const identifier = { code: "ydernummer", value: "991001" };
    const [main] = [{ code: "DI509", text: "Hjertesvigt" }];
    const other = { description: "bidiagnose", code: "DE119", codeType: "ICPCkode", text: "Diabetes" };
    const whole = xdis01({
      contact: { identifier, organisation: "Amb." },
      copyTo: { identifier, organisation: "Lægerne Torvet" },
      relatives: [{ relation: "mor", surname: "Prøvesen", telephones: [] }],
      diagnoses: { main, mainAdditional: [], other: [other] },
      texts: [{ signed: { at: "2026-11-23T10:30" }, text: ["Indlagt."] }],
      references: [{ description: "Billede", target: { kind: "url", url: "https://prove.example/1" } }],
    });
    const { notes } = hub.read(throughXml(whole));
    expect(notes.map(({ path }) => path)).toEqual([
      "Sender/Contact",
      "CCReceiver",
      "Relative",
      "Diagnose/Other",
      "ClinicalInformation/Signed",
      "Reference",
    ]);
    expect(new Set(notes.map(({ code }) => code))).toEqual(new Set(["in-letter-alone"]));
    expect(JSON.stringify(notes)).not.toContain("Prøvesen");
  });

  it("keeps procedures and additions as what they are, whatever length their codes have", () => {
    const long = {
      description: "tillaegsdiagnose",
      code: "DI509X0000000001A",
      codeType: "SKSdiagnosekode",
      text: "Svær",
    };
    const diagnoses = { ...xdis01().diagnoses, other: [...(xdis01().diagnoses?.other ?? []), long] };
    expect(createLetterCases().read(xdis01({ diagnoses })).payload).toMatchObject({
      diagnoses: [
        { kind: "main", code: "DI509" },
        { kind: "additional", code: "TUL1" },
        { kind: "other", code: "DE119" },
        { kind: "additional", code: "DI509X0000000001A" },
      ],
      procedures: [{ code: "KJAB30" }],
    });
  });

  it("that is marked and recommends nothing is taken, and says so; and the other way round", async () => {
    const hub = createLetterCases();
    const silent = xdis01({ recommendation: undefined });
    expect(codesOf(hub, silent)).toEqual(["recommendation-missing"]);
    expect(hub.read(silent)).toMatchObject({ payload: { recommendedAction: ["Se epikrisens tekst."] } });
    const unmarked = xdis01({ actionPriority: undefined, letterId: "EPI2" });
    expect(codesOf(hub, unmarked)).toEqual(["mark-missing"]);
    const { payload } = hub.read(unmarked);
    expect(JSON.stringify((payload as { resume: unknown }).resume)).toContain("Kontrol af kalium i dag.");
    for (const letter of [silent, unmarked, xdis01({ texts: [], letterId: "EPI3" })])
      expect(await hub.sent(letter)).toMatchObject({ status: "accepted" });
  });
});

describe("a summary of a stay that is known", () => {
  it("is that stay's by its days, reaches the practice as it was written, and is owed a review", async () => {
    const one = await stay();
    const reply = await one.hub.sent(xdis01());
    expect(reply).toMatchObject({ caseId: one.caseId });
    expect(reply.facts).toContain("SummarySent");
    expect(statusOf(one)).toBe("summarySent");
    expect(one.hub.owedTo(oio.practice, one.caseId).map(({ documentType }) => documentType)).toContain(
      "XDIS01",
    );
    expect(reviewsOf(one)).toEqual(["EPI-REVIEW-AKUT"]);
    expect(await one.hub.sent(xdis01())).toEqual({ ...reply, duplicate: true });
  });

  it("is that stay's by the episode that it names, whatever its days are", async () => {
    const one = await stay();
    for (const episodeOfCareId of [
      one.caseId.replaceAll("-", ""),
      one.caseId.replaceAll("-", "").toUpperCase(),
    ])
      expect(one.hub.read(xdis01({ episodeOfCareId, from: undefined, until: undefined }))).toMatchObject({
        type: "discharge.sendSummary",
        payload: { caseId: one.caseId },
      });
  });

  it("comes in the place of the one that it corrects, and again when it comes again", async () => {
    const one = await stay();
    await one.hub.sent(xdis01());
    const reply = await one.hub.sent(corrected({ actionPriority: "rutine" }));
    expect(reply.caseId).toBe(one.caseId);
    expect(reply.facts).toContain("SummaryCorrected");
    expect(reviewsOf(one)).toEqual(["EPI-REVIEW-RUTINE"]);
    expect(await one.hub.sent(corrected({ actionPriority: "rutine" }))).toEqual({
      ...reply,
      duplicate: true,
    });
    expect(await one.hub.sent(xdis01())).toMatchObject({ caseId: one.caseId, duplicate: true });
  });

  it("does not put away what its own correction said, when that came first", async () => {
    const one = await stay();
    await one.hub.sent(corrected({ actionPriority: "rutine" }));
    expect(await one.hub.send(xdis01())).toMatchObject({ status: "refused", code: "wrong-state" });
    expect(reviewsOf(one)).toEqual(["EPI-REVIEW-RUTINE"]);
  });

  it("of another ward of the same stay puts away nothing: both are owed a review", async () => {
    const one = await stay();
    await one.hub.sent(xdis01());
    const second = xdis01({ letterId: "EPI0000000002", actionPriority: "subakut" });
    expect(codesOf(one.hub, second)).toEqual(["stay-has-summary"]);
    const { caseId } = await one.hub.sent(second);
    expect(caseId).not.toBe(one.caseId);
    expect([reviewsOf(one), reviewsOf({ hub: one.hub, caseId })]).toEqual([
      ["EPI-REVIEW-AKUT"],
      ["EPI-REVIEW-SUBAKUT"],
    ]);
  });

  it("is that one of two stays whose both days it tells", async () => {
    const later = { notificationId: "OPHOLD-2" };
    const { hub, caseId } = await opened(
      xdis20({ ...later, letterId: "A2", at: "2026-11-23T18:00" }),
      xdis17({ ...later, letterId: "A3", at: "2026-11-24T09:00" }),
      xdis20(),
      xdis17(),
    );
    expect(hub.read(xdis01())).toMatchObject({ payload: { caseId } });
    const second = xdis01({ from: "2026-11-23T18:00", until: "2026-11-24T09:00" });
    expect(hub.read(second)).not.toMatchObject({ payload: { caseId } });
    expect(hub.read(second)).toMatchObject({ type: "discharge.sendSummary" });
  });

  it("is none of two stays that are alike", async () => {
    const { hub } = await opened(
      xdis20(),
      xdis17(),
      xdis20({ notificationId: "OPHOLD-2", letterId: "A2" }),
      xdis17({ notificationId: "OPHOLD-2", letterId: "A3" }),
    );
    expect(hub.read(xdis01()).type).toBe("discharge.receiveSummary");
    expect(codesOf(hub, xdis01())).toEqual(["stay-not-clear"]);
  });

  it("is none of another hospital's stays, nor of one that was cancelled, nor of other days", async () => {
    const { hub } = await stay();
    expect(hub.read(xdis01(fromWard(who.endocrinology))).type).toBe("discharge.receiveSummary");
    expect(hub.read(xdis01({ from: "2026-10-01T09:00", until: "2026-10-02T09:00" })).type).toBe(
      "discharge.receiveSummary",
    );
    const cancelled = await opened(
      xdis20(),
      xdis20({ status: "cancelled", letterId: "A2", authorised: "2026-11-20T10:00:00" }),
    );
    expect(cancelled.hub.read(xdis01()).type).toBe("discharge.receiveSummary");
  });

  it("written to another practice than the stay's goes to whom it is written to", async () => {
    const { hub, caseId } = await stay();
    await hub.does("discharge.notify", oio.department, {
      messageId: "json-1",
      stayId: xdis20().notificationId,
      patient: xdis01().patient,
      municipality: oio.municipality,
      practice: who.practice,
      event: "discharged",
      occurredAt: "2026-11-23T09:00:01.000Z",
      department: oio.department,
    });
    expect(codesOf(hub, xdis01())).toEqual(["practice-differs"]);
    const reply = await hub.sent(xdis01());
    expect(reply.caseId).not.toBe(caseId);
    expect(hub.owedTo(oio.practice, reply.caseId)).toHaveLength(1);
  });

  it("is not refused for lacking what no letter has an element for: that is a warning", async () => {
    const { hub, caseId } = await opened(xdis20({ at: "2026-11-20T09:30" }));
    await hub.does("discharge.assess", oio.department, {
      caseId,
      psychiatric: false,
      treatmentFinished: true,
      municipalNursing: true,
      municipalCare: true,
      terminal: false,
      phone: "90000025",
    });
    await hub.sent(xdis17());
    const { facts, warnings } = await hub.sent(xdis01());
    expect(facts).toContain("SummarySent");
    expect((warnings ?? []).map(({ code, severity }) => [code, severity])).toContainEqual([
      "responsibility-missing",
      "warning",
    ]);
  });

  it("is no visit's: outpatient and casualty letters of those days have cases of their own", async () => {
    const { hub } = await stay();
    for (const [type, version] of [
      ["XDIS02", "XD0234L"],
      ["XDIS03", "XD0334L"],
    ])
      expect(hub.read(xdis01({ type, version })).type).toBe("discharge.receiveSummary");
  });
});

describe("a summary of which no stay is known", () => {
  it("has a case of its own, reaches the practice as it was written, and is owed the same review", async () => {
    const one = await opened(xdis01());
    expect(statusOf(one)).toBe("loneSummary");
    expect(one.hub.owedTo(oio.practice, one.caseId).map(({ documentType }) => documentType)).toEqual([
      "XDIS01",
    ]);
    expect(reviewsOf(one)).toEqual(["EPI-REVIEW-AKUT"]);
    expect(await one.hub.sent(xdis01())).toMatchObject({ caseId: one.caseId, duplicate: true });
  });

  it("is corrected in its own case, also when the stay is known by then", async () => {
    const one = await opened(xdis01());
    await one.hub.sent(xdis20());
    await one.hub.sent(xdis17());
    const reply = await one.hub.sent(corrected({ actionPriority: undefined, recommendation: undefined }));
    expect(reply).toMatchObject({ caseId: one.caseId, facts: ["LoneSummaryReceived", "ReviewNotAwaited"] });
    expect(reviewsOf(one)).toEqual([]);
    expect(await one.hub.sent(corrected({ actionPriority: undefined, recommendation: undefined }))).toEqual({
      ...reply,
      duplicate: true,
    });
  });

  it("is not undone by the letter that its correction overtook", async () => {
    const one = await opened(corrected({ actionPriority: "rutine" }));
    expect(await one.hub.send(xdis01())).toMatchObject({ status: "ignored", reason: "superseded" });
    expect(reviewsOf(one)).toEqual(["EPI-REVIEW-RUTINE"]);
  });
});
