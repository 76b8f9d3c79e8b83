import { describe, expect, it } from "vitest";
import { hospitalCommandId, readHospital } from "../../../../../gateways/fhir/families/hospital-in.ts";
import { fhirParties, uuid } from "../../../../support/fhir-bundles.ts";
import { createHospitalCases, notification } from "../../../../support/fhir-hospital-cases.ts";
import {
  died,
  hubAfter,
  notesOf,
  payloadOf,
  revised,
  statusAfter,
  step,
  told,
} from "../../../../support/fhir-hospital-course.ts";
import { createLetterCases } from "../../../../support/letter-cases.ts";

const lpr3 = "https://www.esundhed.dk/Registre/Landspatientregisteret";
const local = "https://sor2.sum.dsdn.dk/#id=999071000016008";
const own = { system: local, value: uuid(0x500) };

describe("which stay a notification belongs to", () => {
  const course = { system: lpr3, value: `urn:uuid:${uuid(0x700).toUpperCase()}` };

  it("is told by LPR3's id before the sender's own, however they are written", async () => {
    const both = { episodes: [own, course] };
    const { hub, caseId } = await hubAfter(told("STIN", both));
    expect(payloadOf(told("STIN", both))["stayId"]).toBe(uuid(0x700).replaceAll("-", ""));
    for (const value of [uuid(0x700), uuid(0x700).replaceAll("-", ""), `urn:uuid:${uuid(0x700)}`])
      expect(
        (await hub.sent(told("SLHJ", { episodes: [{ system: lpr3, value }], headerId: uuid(value.length) })))
          .caseId,
      ).toBe(caseId);
  });

  it("is found by any of its ids: the course may get LPR3's when it has begun", async () => {
    const { hub, caseId } = await hubAfter(told("STAA", { episodes: [own] }));
    expect(await hub.sent(told("STIN", { episodes: [course, own] }))).toMatchObject({ caseId });
    expect(await hub.sent(told("STOR", { episodes: [course] }))).toMatchObject({ caseId });
  });

  it("is one that letters opened, where their id of it is one of the message's", async () => {
    const letters = createLetterCases();
    letters.cases.at("2026-11-24 12:00");
    const { caseId } = await letters.does("discharge.notify", fhirParties.department.gln, {
      messageId: "XDIS20:1",
      stayId: uuid(0x500).replaceAll("-", ""),
      patient: { cpr: "0101650001" },
      municipality: fhirParties.municipality.gln,
      event: "admitted",
      occurredAt: "2026-11-20T08:00:00.000Z",
      department: fhirParties.department.gln,
    });
    const cases = [letters.view(caseId)];
    const message = notification({ activity: "cancel-admit-inpatient", headerId: uuid(77), history: [] });
    const order = readHospital(message, { commandId: hospitalCommandId(message), cases, isWard: () => true });
    expect(order).toMatchObject({ type: "discharge.cancel", payload: { cancels: "XDIS20:1" } });
  });

  it("is never another sender's or another citizen's, though the ids of their messages are the same", async () => {
    const one = told("STIN");
    const elsewhere = told("STIN", { from: fhirParties.otherDepartment });
    const other = told("STIN", { cpr: "0107560106", episodes: [{ system: local, value: uuid(0x501) }] });
    const { hub, caseId } = await hubAfter(one);
    const second = await hub.sent(elsewhere);
    expect(second.duplicate).not.toBe(true);
    expect(second.caseId).not.toBe(caseId);
    expect(hub.view(caseId).status).toBe("admitted");
    const { hub: apart } = { hub: createHospitalCases() };
    expect((await apart.sent(other)).caseId).not.toBe(
      (await apart.sent(told("STIN", { headerId: uuid(78) }))).caseId,
    );
  });

  it("has an id of seventy characters at most", async () => {
    const long = { system: local, value: "x".repeat(200) };
    const { hub, caseId } = await hubAfter(told("STIN", { episodes: [long] }));
    expect(await hub.sent(told("SLHJ", { episodes: [long] }))).toMatchObject({ caseId });
  });
});

describe("the report of admission", () => {
  it("is wanted where an arrival says so, and of silence it is not", () => {
    expect(payloadOf(told("STIN", { reportTo: fhirParties.department }))["wantsReport"]).toBe(true);
    expect(payloadOf(told("STAA"))["wantsReport"]).toBe(false);
    expect(payloadOf(told("STOR"))).not.toHaveProperty("wantsReport");
  });

  it("to another than who told, or with another event, is noted", () => {
    expect(notesOf(told("STIN", { reportTo: fhirParties.otherDepartment }))).toEqual(["answer-elsewhere"]);
    expect(notesOf(told("STOR", { reportTo: fhirParties.department }))).toEqual(["report-not-asked-for"]);
  });
});

describe("what a stay has no field for", () => {
  it("is noted, and the rest is taken", () => {
    const { leave: _leave, ...noLeave } = told("STOR").stay;
    expect(notesOf({ ...told("STOR"), stay: noLeave })).toEqual(["event-time-missing"]);
    const ward = { ...told("STIN").stay, serviceProvider: { otherIdentifiers: [], name: "Afsnit B3" } };
    expect(notesOf({ ...told("STIN"), stay: ward })).toEqual(["ward-unknown"]);
    const patient = { ...told("STIN").patient, surname: "Å".repeat(71) };
    expect(notesOf({ ...told("STIN"), patient })).toEqual(["names-too-long"]);
    const managed = { ...told("STIN").patient, managingOrganisation: { otherIdentifiers: [] } };
    expect(notesOf({ ...told("STIN"), patient: managed })).toEqual(["in-message-alone"]);
  });

  it("is the ward's own number, where the directory knows it", () => {
    const ward = { gln: fhirParties.otherDepartment.gln, otherIdentifiers: [] };
    const message = { ...told("STIN"), stay: { ...told("STIN").stay, serviceProvider: ward } };
    expect(payloadOf(message)["department"]).toBe(fhirParties.otherDepartment.gln);
  });

  it("is a correction that also tells a death: the death is told", async () => {
    const { hub } = await hubAfter(told("STIN"), told("SLHJ"));
    const message = { ...revised("SLHJ"), patient: { ...told("STIN").patient, deceased: true } };
    expect(hub.read(message)).toMatchObject({ type: "discharge.notify", payload: { event: "dead" } });
    expect(notesOf(message, hub)).toEqual(["death-with-correction"]);
    await hub.sent(died("SLHJ"));
    expect(hub.read(message)).toMatchObject({ type: "discharge.correct" });
  });

  it("is a correction of nothing that anyone knows: it changes nothing and is kept", async () => {
    const lost = revised("SLHJ", { history: [] });
    expect(notesOf(lost)).toEqual(["about-unknown"]);
    expect(await statusAfter(told("STIN"), lost)).toBe("admitted");
  });

  it("is that the patient lives after all, told without taking the death back: the death is taken back", async () => {
    const { hub, caseId } = await hubAfter(told("STIN"), died("STIN"));
    const again = told("STIN", {
      headerId: uuid(6000),
      deceased: false,
      history: [step("STIN"), { headerId: uuid(4000), activity: "admit-inpatient" }],
    });
    expect(hub.read(again)).toMatchObject({ type: "discharge.cancel", payload: { cancels: uuid(4000) } });
    await hub.sent(again);
    expect(hub.view(caseId).status).toBe("admitted");
  });
});
