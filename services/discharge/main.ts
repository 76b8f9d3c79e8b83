import { patientHash, patientKey } from "../../contracts/index-keys.ts";
import { commandSubject, querySubject } from "../../contracts/subjects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { createCanHandler } from "../case/can.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { dischargeCore } from "./core/decide.ts";
import { createResponsibleHandler } from "./find-responsible.ts";
import { createDischargeHandler } from "./handler.ts";
import type { ResponsiblePorts } from "./ports.ts";

/** More cases than a citizen has in a lifetime of ordinary illness; the newest come first. */
const maxCases = 500;

/** A citizen's cases, by the hash that the index files them under (services/worklist). */
const patientFinder =
  ({ projections, indexDigest }: Platform): ResponsiblePorts["casesOfPatient"] =>
  (patient) =>
    projections.page(patientKey(patientHash(patient, indexDigest)), undefined, maxCases);

export const startDischarge = (platform: Platform): Part => {
  const { bus, journal, directory } = platform;
  const handle = createDischargeHandler({ ...casePortsFrom(platform), caseIdFor });
  const find = createResponsibleHandler({
    load: journal.load,
    now: platform.effects.now,
    directory,
    casesOfPatient: patientFinder(platform),
  });
  const commands = bus.serve(commandSubject("discharge.*"), "discharge", overJson(handle));
  const queries = bus.serve(querySubject("discharge.*"), "discharge", overJson(find));
  const can = createCanHandler(dischargeCore, casePortsFrom(platform));
  const canQueries = bus.serve(querySubject("can.discharge"), "discharge", overJson(can));
  return {
    stop: async () => {
      await canQueries.stop();
      await queries.stop();
      await commands.stop();
    },
  };
};
