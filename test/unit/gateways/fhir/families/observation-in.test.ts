import { describe, expect, it } from "vitest";
import { OpenObservation } from "../../../../../contracts/messages/observation.ts";
import { readHomeCareObservation } from "../../../../../gateways/fhir/codec/home-care-observation.ts";
import { readObservation } from "../../../../../gateways/fhir/families/observation-in.ts";
import { uuid } from "../../../../support/fhir-bundles.ts";
import {
  createObservationCases,
  following,
  measuredAtHome,
  orderOf,
} from "../../../../support/fhir-observation-cases.ts";
import { sampleOf, samplesIn } from "../../../../support/fhir-samples.ts";
import { who } from "../../../../support/region-view.ts";

const measuredFacts = (hub: ReturnType<typeof createObservationCases>, caseId: string) =>
  hub
    .facts(caseId)
    .flatMap((fact) => (fact.type === "Measured" || fact.type === "PartlyMeasured" ? [fact] : []));

describe("a message of an acute team", () => {
  it("opens an episode with the practice that it is sent to", async () => {
    const hub = createObservationCases();
    const { caseId } = await hub.sent(measuredAtHome(1, { conclusion: "A: fri luftvej" }));
    expect(hub.facts(caseId)[0]).toMatchObject({
      type: "EpisodeOpened",
      team: who.acuteTeam,
      practice: who.practice,
      restricted: false,
      scheme: { id: "tobs-dk-2013" },
    });
    expect(measuredFacts(hub, caseId)).toMatchObject([
      {
        type: "Measured",
        no: 1,
        messageId: uuid(0x1001),
        senderTotal: 2,
        score: { total: 2 },
        performer: { name: "Mette Prøve", title: "Sygeplejerske", phone: "90000002" },
        comment: "A: fri luftvej",
      },
    ]);
  });

  it("joins the episode that is open between the same two, and ends the repeat that was owed", async () => {
    const hub = createObservationCases();
    const { caseId } = await hub.sent(measuredAtHome(1));
    expect((await hub.sent(measuredAtHome(2))).caseId).toBe(caseId);
    expect(measuredFacts(hub, caseId).map(({ no }) => no)).toEqual([1, 2]);
    expect(hub.cases.state(caseId).clocks["TOBS-REPEAT.1.measurement-1"]?.status).toBe("met");
  });

  it("opens another when the last was closed", async () => {
    const hub = createObservationCases();
    const { caseId } = await hub.sent(measuredAtHome(1));
    await hub.does("observation.close", who.acuteTeam, { caseId, outcome: "recovered" });
    expect((await hub.sent(measuredAtHome(2))).caseId).not.toBe(caseId);
  });

  it("that comes again is the same command, whatever came after it", async () => {
    const hub = createObservationCases();
    const first = measuredAtHome(1);
    const second = measuredAtHome(2);
    const [one, two] = [await hub.sent(first), await hub.sent(second)];
    await hub.does("observation.close", who.acuteTeam, { caseId: one.caseId, outcome: "recovered" });
    expect(await hub.sent(first)).toEqual({ ...one, duplicate: true });
    expect(await hub.sent(second)).toEqual({ ...two, duplicate: true });
  });

  it("of a blood sample alone opens an episode in which nothing is owed and nobody is warned", async () => {
    const hub = createObservationCases();
    const values = [{ code: "NPU22089", value: "6.80", unit: "mmol/L" }];
    const { caseId, warnings } = await hub.sent(measuredAtHome(1, { values }));
    expect(measuredFacts(hub, caseId)).toMatchObject([
      { type: "PartlyMeasured", results: [{ value: "6.80" }] },
    ]);
    expect([warnings, hub.cases.state(caseId).status]).toEqual([undefined, "observing"]);
  });

  it.runIf(samplesIn("homecareobservation").length > 0)(
    "whose total is another than the hub's is taken with a warning that shows both (HCO_IG_TOBS_new)",
    async () => {
      const { message } = readHomeCareObservation(sampleOf("homecareobservation/xml/HCO_IG_TOBS_new.xml"));
      const hub = createObservationCases();
      const { sender, receiver } = measuredAtHome(1);
      const { caseId, warnings = [] } = await hub.sent({ ...message, sender, receiver });
      expect(warnings.map(({ code }) => code)).toContain("total-differs");
      expect(measuredFacts(hub, caseId)).toMatchObject([
        {
          senderTotal: 3,
          score: { total: 2 },
          results: [{}, { note: "Patienten har været ud og går lige inden målingen." }, {}, {}, {}, {}],
        },
      ]);
    },
  );

  it("names whom it is for, a citizen without a CPR number, and says what is in the message alone", () => {
    const message = measuredAtHome(1);
    const { payload, notes } = orderOf(
      readObservation(
        {
          ...message,
          receiver: { ...message.receiver, contactInitials: "OKM" },
          patient: { national: "0101651AB1", regional: { system: "x", value: "0101655AB1" }, givenNames: [] },
          report: { ...message.report, producer: { otherIdentifiers: [], gln: "1" } },
        },
        { commandId: "c", cases: [] },
      ),
    );
    expect(OpenObservation.parse(payload)).toMatchObject({
      patient: { alternativeId: "0101651AB1", surname: "_" },
      measurement: { requester: "OKM" },
    });
    expect(notes.map(({ code }) => code)).toEqual([
      "producer-elsewhere",
      "patient-in-message-alone",
      "patient-unnamed",
    ]);
    expect(notes.every(({ severity }) => severity === "warning")).toBe(true);
  });
});

describe("a message whose citizen refuses that it is shared", () => {
  it("opens an episode of its own, which says so and stops there", async () => {
    const hub = createObservationCases();
    const open = await hub.sent(measuredAtHome(1));
    const { caseId } = await hub.sent(measuredAtHome(2, { restricted: true }));
    expect(caseId).not.toBe(open.caseId);
    expect(hub.facts(caseId)[0]).toMatchObject({ restricted: true, relatesTo: [open.caseId] });
    expect(measuredFacts(hub, caseId)).toMatchObject([{ restricted: true }]);
    expect(hub.cases.state(caseId).parties).toEqual([who.acuteTeam, who.practice]);
    // The next that is refused joins it, and one that is not stays out of it.
    expect((await hub.sent(measuredAtHome(3, { restricted: true }))).caseId).toBe(caseId);
    expect((await hub.sent(measuredAtHome(4))).caseId).toBe(open.caseId);
  });

  it("instead of one that was not refused stands apart from it, so that nobody there sees it", async () => {
    const hub = createObservationCases();
    const open = await hub.sent(measuredAtHome(1));
    const changed = measuredAtHome(2, { activity: "modified-message", restricted: true, ...following(1) });
    const { caseId } = await hub.sent(changed);
    expect(caseId).not.toBe(open.caseId);
    expect(
      orderOf(hub.read(measuredAtHome(2, { restricted: true }))).notes.map(({ code }) => code),
    ).toContain("sharing-refused-apart");
  });
});

describe("a message that changes or takes back another", () => {
  it("stands instead of the one that its history names", async () => {
    const hub = createObservationCases();
    const { caseId } = await hub.sent(measuredAtHome(1));
    const values = [{ code: "NPU21692", value: "64", unit: "1/min" }];
    await hub.sent(measuredAtHome(2, { activity: "modified-message", values, ...following(1) }));
    expect(hub.facts(caseId).slice(-4)).toMatchObject([
      { type: "MeasurementRetracted", measurement: 1, reason: "Rettet af afsenderen." },
      { type: "QuestionDropped" },
      { type: "RepeatDropped" },
      { type: "PartlyMeasured", no: 2, replaces: 1 },
    ]);
  });

  it("stands instead of what stands instead of it by now, when it names the first again", async () => {
    const hub = createObservationCases();
    const { caseId } = await hub.sent(measuredAtHome(1));
    await hub.sent(measuredAtHome(2, { activity: "modified-message", ...following(1) }));
    await hub.sent(measuredAtHome(3, { activity: "modified-message", ...following(1) }));
    expect(measuredFacts(hub, caseId).map(({ no, replaces }) => [no, replaces])).toEqual([
      [1, undefined],
      [2, 1],
      [3, 2],
    ]);
  });

  it("takes back the one that its history names; another of its own stands", async () => {
    const hub = createObservationCases();
    const { caseId } = await hub.sent(measuredAtHome(1));
    await hub.sent(measuredAtHome(2));
    await hub.sent(measuredAtHome(3, { activity: "retract-message", ...following(1) }));
    expect(
      hub.facts(caseId).flatMap((fact) => (fact.type === "MeasurementRetracted" ? [fact.measurement] : [])),
    ).toEqual([1]);
  });

  it("that is not known is taken as new when it changes something, and answered as unknown when it takes it back", () => {
    const hub = createObservationCases();
    const changed = measuredAtHome(2, { activity: "modified-message", ...following(1) });
    expect(orderOf(hub.read(changed)).type).toBe("observation.open");
    expect(orderOf(hub.read(changed)).notes.map(({ code }) => code)).toContain("earlier-unknown");
    expect(hub.read(measuredAtHome(3, { activity: "retract-message", ...following(1) }))).toMatchObject({
      ok: false,
      problems: [{ severity: "error", code: "earlier-unknown", acknowledgement: { code: "MSG_NO_MATCH" } }],
    });
  });

  it("of another sender is none of this one's", async () => {
    const hub = createObservationCases();
    await hub.sent(measuredAtHome(1));
    const other = measuredAtHome(2, { activity: "retract-message", ...following(1) });
    const sender = { ...other.sender, gln: who.municipality };
    expect(hub.read({ ...other, sender }).ok).toBe(false);
  });

  it("by a reply is another measurement", async () => {
    const hub = createObservationCases();
    const { caseId } = await hub.sent(measuredAtHome(1));
    await hub.sent(measuredAtHome(2, { activity: "reply-message", ...following(1) }));
    expect(measuredFacts(hub, caseId).map(({ replaces }) => replaces)).toEqual([undefined, undefined]);
  });
});

describe("pictures of a message", () => {
  const picture = (no: number, change: object = {}) => ({
    id: `media-${String(no)}`,
    contentType: "image/jpeg",
    sizeBytes: 5,
    digest: `sha256-${String(no).padStart(64, "0")}`,
    ...change,
  });

  it("are attachments of the measurement, each with its title, type and time", async () => {
    const hub = createObservationCases();
    const media = [
      picture(1, { title: "Sår", comment: "Højre hæl", created: "2026-11-23T09:45:00+01:00" }),
      picture(2, { contentType: "application/pdf" }),
      picture(3, { contentType: "video/mp4", created: "2026-11" }),
    ];
    const { caseId } = await hub.sent(measuredAtHome(1, {}, { media }));
    expect(measuredFacts(hub, caseId)[0]?.attachments).toMatchObject([
      {
        code: "billede",
        extension: "jpeg",
        description: "Sår: Højre hæl",
        takenAt: "2026-11-23T08:45:00.000Z",
      },
      { code: "vektor_grafik", extension: "pdf", contentType: "application/pdf" },
      { code: "multimedie", extension: "bin", contentType: "video/mp4" },
    ]);
  });

  it("without content, and beyond ten, stand in the message alone, and that is said", () => {
    const hub = createObservationCases();
    const many = Array.from({ length: 11 }, (_, at) => picture(at));
    const { digest: _digest, ...bare } = picture(1);
    for (const media of [many, [bare], [picture(1, { sizeBytes: 0 })]]) {
      const { payload, notes } = orderOf(hub.read(measuredAtHome(1, {}, { media })));
      expect(notes.map(({ code }) => code)).toContain("media-not-kept");
      expect(OpenObservation.parse(payload).attachments?.length ?? 0).toBe(media.length === 11 ? 10 : 0);
    }
  });
});
