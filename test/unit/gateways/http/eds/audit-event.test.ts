import { describe, expect, test } from "vitest";
import { edsProfiles, edsSystems } from "../../../../../contracts/codes/eds-stations.ts";
import { ExportedHop } from "../../../../../contracts/messages/message-log.ts";
import { type AuditEvent, auditEventOf } from "../../../../../gateways/http/eds/audit-event.ts";

const practice = { gln: "5790000100019", name: "Lægehuset Åparken" };
const unit = { gln: "5790000200016", name: "Endokrinologisk Afd." };
const hop = (change: object = {}): ExportedHop =>
  ExportedHop.parse({
    id: "c5a0a1d2-93ce-8b6d-a3a4-5c9a2e0a7f11",
    at: "2026-11-23T09:15:00.000Z",
    what: "owed",
    by: "hub",
    station: "AP-MSH",
    subtype: "msg-received",
    outcome: "0",
    envelopeId: "KUVERT1",
    messageId: "BREV1",
    version: "XD9134L",
    message: {
      id: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0",
      direction: "out",
      status: "waiting",
      at: "2026-11-23T09:15:00.000Z",
      from: practice,
      to: [unit],
      type: "XDIS91",
    },
    ...change,
  });
const sorOf = (gln: string): string | undefined => (gln === unit.gln ? "999021000016009" : undefined);
const eventOf = (change: object = {}): AuditEvent => {
  const event = auditEventOf(hop(change), sorOf);
  if (event === undefined) throw new Error("There is no event.");
  return event;
};
const roles = ({ entity }: AuditEvent): string[] => entity.map(({ type }) => type.code);

const coded = (coding: readonly { code: string }[]): string[] => coding.map(({ code }) => code);

/** The rules of EdsBasicDeliveryStatus that a machine can hold an event to (dk-ehmi-eds, edsBasicDeliveryStatus.fsh). */
const rules: Readonly<Record<string, (event: AuditEvent) => boolean>> = {
  "subtype 1..1": ({ subtype }) => subtype.length === 1,
  "agent ehmiSender 1..1, ehmiReceiver 1..1": ({ agent }) =>
    agent.flatMap(({ type }) => coded(type.coding)).join(" ") === "ehmiSender ehmiReceiver",
  "agent.who.identifier 1..1": ({ agent }) => agent.every(({ who }) => who.identifier.value !== ""),
  "agent.name 1..1": ({ agent }) => agent.every(({ name }) => name !== ""),
  "source.observer 1..1": ({ contained, source }) =>
    contained.some(({ id }) => source.observer.reference === `#${id}`),
  "source.type 1..1": ({ source }) => source.type.length === 1,
  "entity 2..": ({ entity }) => entity.length >= 2,
  "ehmiMessage 1..1": (event) => roles(event).filter((code) => code === "ehmiMessage").length === 1,
  "ehmiMessage.detail": ({ entity }) =>
    entity
      .filter(({ type }) => type.code === "ehmiMessage")
      .flatMap(({ detail = [] }) => detail.map(({ type }) => type))
      .join(" ") === "ehmiMessageType ehmiMessageVersion",
};
const broken = (event: AuditEvent): string[] =>
  Object.entries(rules).flatMap(([rule, holds]) => (holds(event) ? [] : [rule]));

describe("a hop as an AuditEvent of EHMI's delivery status", () => {
  test("names who sent what to whom, at which station, in which envelope", () => {
    const event = eventOf();
    expect(broken(event)).toEqual([]);
    expect(event.meta.profile).toEqual([edsProfiles.basic]);
    expect(event.subtype).toEqual([
      { system: edsSystems.subtype, code: "msg-received", display: "Message received" },
    ]);
    expect(event.source.type[0]?.code).toBe("AP-MSH");
    expect(event.entity.map(({ what }) => what.identifier.value)).toEqual(["BREV1", "KUVERT1"]);
    expect(event.entity[0]?.detail).toEqual([
      { type: "ehmiMessageType", valueString: "XDIS91" },
      { type: "ehmiMessageVersion", valueString: "XD9134L" },
    ]);
  });

  test("tells SOR codes where they are known, and GLNs always", () => {
    const [sender, receiver] = eventOf().agent;
    expect(sender?.who.identifier.value).toBe(practice.gln);
    expect(receiver?.who.identifier).toMatchObject({
      value: "999021000016009",
      system: "urn:oid:1.2.208.176.1.1",
    });
    expect(receiver?.extension?.[0]).toMatchObject({
      url: edsProfiles.otherId,
      valueIdentifier: { value: unit.gln },
    });
  });

  test("of a citizen is of the profile that has one", () => {
    const event = eventOf({ patient: "0404650010" });
    expect(event.meta.profile).toEqual([edsProfiles.patient]);
    expect(event.entity[0]).toMatchObject({
      what: { identifier: { system: "urn:oid:1.2.208.176.1.2", value: "0404650010" } },
      type: { code: "ehmiPatient" },
      role: { code: "1" },
    });
    expect(broken(event)).toEqual([]);
    expect(eventOf({ patient: "040465AA10" }).entity[0]?.what.identifier).toEqual({ value: "040465AA10" });
  });

  test("whose receiver nobody could read keeps to the profile", () => {
    const { message } = hop();
    const event = eventOf({ message: { ...message, to: [] }, outcome: "8", envelopeId: undefined });
    expect(broken(event)).toEqual([]);
    expect(event.agent[1]).toMatchObject({ name: "unknown", who: { identifier: { value: "unknown" } } });
    expect(event.entity.at(-1)?.what.identifier.value).toBe(message.id);
  });

  test("is none for a step of people", () => {
    expect(
      auditEventOf(hop({ station: undefined, subtype: undefined, outcome: undefined }), sorOf),
    ).toBeUndefined();
  });
});
