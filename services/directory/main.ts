import { commandSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { createDirectoryHandler } from "./handler.ts";

export const startDirectory = (platform: Platform): Part => {
  const { organisation, put, settled } = platform.directory;
  const handle = createDirectoryHandler({ organisation, put, settled, now: effects.now });
  return platform.bus.serve(commandSubject("directory.*"), "directory", overJson(handle));
};
