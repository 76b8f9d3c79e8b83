import { commandSubject, querySubject } from "../../contracts/subjects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { createCanHandler } from "../case/can.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { observationCore } from "./core/decide.ts";
import { createObservationHandler } from "./handler.ts";

export const startObservation = (platform: Platform): Part => {
  const handle = createObservationHandler({ ...casePortsFrom(platform), caseIdFor });
  const { bus } = platform;
  const commands = bus.serve(commandSubject("observation.*"), "observation", overJson(handle));
  const can = createCanHandler(observationCore, casePortsFrom(platform));
  const queries = bus.serve(querySubject("can.observation"), "observation", overJson(can));
  return {
    stop: async () => {
      await queries.stop();
      await commands.stop();
    },
  };
};
