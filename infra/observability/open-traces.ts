import { newId } from "../ids.ts";
import type { Log } from "./logger.ts";
import { noTraces, type TraceSettings, type Traces } from "./traces.ts";

/** The packages are read only where they are wanted: a hub that nobody asks for traces starts and runs without them. */
export const openTraces = async (settings: TraceSettings | undefined, log: Log): Promise<Traces> => {
  if (settings === undefined) return noTraces;
  const { createTraces } = await import("./otel-traces.ts");
  return createTraces({ ...settings, instance: newId(), log });
};
