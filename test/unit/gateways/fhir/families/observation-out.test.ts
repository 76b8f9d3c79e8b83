import { describe, expect, it } from "vitest";
import { patient } from "../../../../support/advice-given.ts";
import { following, measuredAtHome } from "../../../../support/fhir-observation-cases.ts";
import { performer, sound, world } from "../../../../support/fhir-observation-told.ts";
import { isbar, totalling, values } from "../../../../support/observation-given.ts";
import { who } from "../../../../support/region-view.ts";

describe("a measurement, told to a practice that speaks FHIR", () => {
  it("names both parties, the citizen and whoever measured, and each value by MedCom's code and unit", async () => {
    const { open } = world();
    const message = sound(
      await open({
        values: values({ pulse: 92, diastolic: 83, spo2: 93 }),
        performer,
        measuredAt: "2026-11-23T09:05:00.000Z",
      }),
    );
    expect(message).toMatchObject({
      version: "1.1",
      sender: { gln: who.acuteTeam, producerId: "KAF" },
      receiver: { gln: who.practice, ydernummer: "991001", contactInitials: null },
      patient: { cpr: patient.cpr, surname: patient.surname },
      report: {
        performer: {
          givenNames: ["Mette", "Prøve"],
          surname: "Åsen",
          role: { code: "sygeplejerske" },
          phone: "90000002",
        },
        sharingRefused: false,
        conclusion: "Målested (temperature): rectal",
      },
      history: [{ activity: "new-message", removes: false }],
    });
    expect(
      message.results.map(({ code, value }) => [
        code.code,
        value?.kind === "quantity" && [value.value, value.unit ?? value.code],
      ]),
    ).toEqual([
      ["MCS88122", ["16", "1/min"]],
      ["NPU21692", ["92", "1/min"]],
      ["DNK05472", ["130", "mmHg"]],
      ["NPU08676", ["37", "°C"]],
      ["MCS88126", ["0", "1"]],
      ["DNK05473", ["83", "mmHg"]],
      ["NPU10197", ["93", "%"]],
      ["MCS88125", ["1", "1"]],
    ]);
    expect(
      message.results.every(
        ({ at, interpretation }) => at === "2026-11-23T09:05:00.000Z" && interpretation?.code === "NI",
      ),
    ).toBe(true);
  });

  it.each([
    ["habituel", "0"],
    ["agiteret", "1"],
    ["tiltale", "1"],
  ])("tells the consciousness %s as %s points", async (consciousness, points) => {
    const { open, owed, hub } = world();
    await open({ values: { consciousness, pulse: 70 }, performer });
    const message = sound(hub.told(owed().at(-1)));
    expect(message.results.find(({ code }) => code.code === "MCS88126")?.value).toMatchObject({
      value: points,
    });
  });

  it("that lacks a value is told without a total", async () => {
    const { open } = world();
    const message = sound(await open({ values: { pulse: 70 }, performer }));
    expect(message.results.map(({ code }) => code.code)).toEqual(["NPU21692"]);
  });

  it("says in the comment what the message has no other place for", async () => {
    const { open, act } = world();
    await open({ values: totalling(3), performer });
    const concern = { text: "Anderledes end i går" };
    const measurement = { values: totalling(0), performer, isbar, concern, comment: "A: fri" };
    const message = sound(await act("observation.measure", { measurement }));
    expect(message.report.conclusion?.split("\n")).toEqual([
      "A: fri",
      "Bekymring: Anderledes end i går",
      "I: Test Sygeplejerske, Hjemmesygeplejen, 90000030",
      "S: Tiltagende træt siden i går",
      "R: Plan inden middag",
      "Målested (temperature): rectal",
    ]);
  });

  it("tells a refusal that it is shared", async () => {
    const { open } = world();
    const message = sound(await open({ values: totalling(0), performer }, { restricted: true }));
    expect(message.report.sharingRefused).toBe(true);
  });

  it("brings its pictures, named by their digests", async () => {
    const digest = `sha256-${"0".repeat(64)}`;
    const picture = { objectId: "0".repeat(32), code: "billede", extension: "jpeg", sizeBytes: 5, digest };
    const { open } = world();
    const message = sound(
      await open({ values: totalling(0), performer }, { attachments: [{ ...picture, description: "Sår" }] }),
    );
    expect(message.media).toMatchObject([{ contentType: "image/jpeg", title: "Sår", sizeBytes: 5, digest }]);
  });
});

describe("a measurement that stands instead of another, or was taken back", () => {
  it("is told as a change of the message before it", async () => {
    const { open, act } = world();
    const first = sound(await open({ values: totalling(0), performer }));
    const replaces = { measurement: 1, reason: "Tastefejl" };
    const second = sound(
      await act("observation.measure", { measurement: { values: totalling(1), performer }, replaces }),
    );
    expect(second.history).toMatchObject([
      { messageId: first.messageId, activity: "new-message" },
      {
        messageId: second.messageId,
        activity: "modified-message",
        earlier: { kind: "message", messageId: first.messageId },
        removes: false,
      },
    ]);
  });

  it("is told as the taking back of the message that told it, with what it told", async () => {
    const { open, act } = world();
    const first = sound(await open({ values: totalling(0), performer }));
    const last = sound(await act("observation.retract", { measurement: 1, reason: "Forkert borger" }));
    expect(last.history.at(-1)).toMatchObject({
      activity: "retract-message",
      earlier: { kind: "message", messageId: first.messageId },
      removes: true,
    });
    expect(last.results).toHaveLength(first.results.length);
  });

  it("names the letter that told it, where it was told in words", async () => {
    const { hub, open, act, owed } = world();
    // Nobody could be called back, so it went in words; what stands instead of it says who measured.
    await open({ values: totalling(0) });
    expect(owed().map(({ documentType }) => documentType)).toEqual(["XDIS91"]);
    const replaces = { measurement: 1, reason: "Tastefejl" };
    await act("observation.measure", { measurement: { values: totalling(1), performer }, replaces });
    const { history } = sound(hub.told(owed().at(-1)));
    expect(history).toMatchObject([{ activity: "modified-message", earlier: { kind: "letter" } }]);
    expect(history[0]?.earlier).toMatchObject({
      value: expect.stringMatching(new RegExp(`^${who.acuteTeam}#\\w{14}$`)) as string,
    });
  });
});

describe("a message as an acute team wrote it", () => {
  it("goes to its receiver as it was written, and what the hub tells later follows it", async () => {
    const { hub } = world();
    const written = measuredAtHome(1);
    const { caseId } = await hub.sent(written);
    const owed = () => hub.owedTo(who.practice, caseId);
    expect(owed().map(({ standard, documentType }) => [standard, documentType])).toEqual([
      ["fhir", "HomeCareObservation"],
    ]);
    expect(hub.told(owed()[0])).toEqual(written);
    await hub.does("observation.retract", who.acuteTeam, {
      caseId,
      measurement: 1,
      reason: "Forkert borger",
    });
    const last = sound(hub.told(owed().at(-1)));
    expect(last.history.map(({ messageId, activity }) => [messageId, activity])).toEqual([
      [written.messageId, "new-message"],
      [last.messageId, "retract-message"],
    ]);
    expect(last.results.map(({ code, value }) => [code.code, value])).toEqual(
      written.results.map(({ code, value }) => [code.code, value]),
    );
    const back = measuredAtHome(2, { activity: "retract-message", ...following(1) });
    expect(hub.read(back).ok).toBe(true);
  });
});
