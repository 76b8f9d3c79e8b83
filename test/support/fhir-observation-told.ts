import { expect } from "vitest";
import { uuidOf } from "../../contracts/derived-ids.ts";
import { HomeCareObservation } from "../../contracts/fhir/home-care-observation.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import {
  printHomeCareObservation,
  readHomeCareObservation,
} from "../../gateways/fhir/codec/home-care-observation.ts";
import { checkMessage } from "../../gateways/fhir/codec/rules/check-message.ts";
import { patient } from "./advice-given.ts";
import { createObservationCases } from "./fhir-observation-cases.ts";
import { changed, oioxmlTaking, regionWith, who } from "./region-view.ts";

const fhir: Organisation["channels"] = [
  { standard: "fhir", transport: "inbox", accepts: ["HomeCareObservation"], sendsReceipts: true },
  ...oioxmlTaking("XDIS91", "XBIN01"),
];
const region = regionWith(changed(who.practice, { channels: fhir }));
export const performer = { name: "Mette Prøve Åsen", title: "Sygeplejerske", phone: "90000002" };

/** What is told is valid by its contract and by MedCom's rules, and reads as it was after it is printed. */
export const sound = (message: HomeCareObservation | undefined): HomeCareObservation => {
  expect(HomeCareObservation.safeParse(message).error).toBeUndefined();
  if (message === undefined) throw new Error("nothing is told");
  const bundle = printHomeCareObservation(message, {
    idFor: (name) => uuidOf(`${message.messageId}:${name}`),
    contents: new Map(),
  });
  expect(checkMessage(bundle).problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const media = message.media.map(({ digest: _digest, ...one }) => one);
  expect(readHomeCareObservation(bundle).message).toEqual({ ...message, media });
  return message;
};

export const world = (directory = region) => {
  const hub = createObservationCases(directory);
  let caseId = "";
  const told = () => hub.told(hub.owedTo(who.practice, caseId).at(-1));
  const open = async (measurement: object, change: object = {}) => {
    const payload = { messageId: "OBS-1", patient, practice: who.practice, measurement, ...change };
    ({ caseId } = await hub.does("observation.open", who.acuteTeam, payload));
    return told();
  };
  const act = async (type: string, payload: object) => {
    await hub.does(type, who.acuteTeam, { caseId, ...payload });
    return told();
  };
  return { hub, open, act, told, owed: () => hub.owedTo(who.practice, caseId) };
};
