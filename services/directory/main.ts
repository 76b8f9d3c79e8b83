import { commandSubject, querySubject } from "../../contracts/subjects.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { localDateOf } from "../case/clock-zone.ts";
import { createDirectoryHandler } from "./handler.ts";
import { createDirectoryQueries } from "./query.ts";

export const startDirectory = ({ bus, directory, effects, indexDigest: digest }: Platform): Part => {
  const { organisation, change, settled, history, registered } = directory;
  const handle = createDirectoryHandler({ organisation, change, settled, digest, now: effects.now });
  const today = (): string => localDateOf(effects.now());
  const answer = createDirectoryQueries({ directory, history, registered, digest, today });
  const commands = bus.serve(commandSubject("directory.*"), "directory", overJson(handle));
  const queries = bus.serve(querySubject("directory.*"), "directory", overJson(answer));
  return {
    stop: async () => {
      await commands.stop();
      await queries.stop();
    },
  };
};
