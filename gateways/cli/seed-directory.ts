import { readFile } from "node:fs/promises";
import { commandReplyFrom } from "../../contracts/envelope.ts";
import { DirectoryFile } from "../../contracts/messages/directory.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { newId } from "../../infra/ids.ts";
import type { Platform } from "../../infra/platform.ts";
import { assetPath } from "./package-root.ts";

/** An empty directory gets the made-up region: a hub in which nobody can be written to tells nobody anything. */
export const seedDirectory = async ({ directory, bus, effects }: Platform): Promise<void> => {
  if (directory.all().length > 0) return;
  const text = await readFile(assetPath("services/directory/region.json"), "utf8");
  const file = DirectoryFile.parse(JSON.parse(text));
  const envelope = {
    id: newId(),
    type: "directory.import",
    version: 1,
    time: effects.now(),
    sender: "operator",
    payload: { file },
  };
  commandReplyFrom(await bus.ask(commandSubject(envelope.type), envelope));
};
