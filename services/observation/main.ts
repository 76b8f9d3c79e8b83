import { commandSubject } from "../../contracts/subjects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { createObservationHandler } from "./handler.ts";

export const startObservation = (platform: Platform): Part => {
  const handle = createObservationHandler({ ...casePortsFrom(platform), caseIdFor });
  return platform.bus.serve(commandSubject("observation.*"), "observation", overJson(handle));
};
