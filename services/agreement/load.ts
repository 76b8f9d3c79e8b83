import { builtInFile, type Loaded, withFiles } from "./core/book.ts";
import type { SetFile } from "./core/check-set.ts";
import { type AgreementPorts, lookupIn } from "./handler.ts";

export type LoadPorts = Pick<AgreementPorts, "change" | "settled" | "directory" | "now" | "today">;

/**
 * Puts a region's files in force, or without any the set that the hub was built with: before anything is decided, and for every
 * process of the hub.
 */
export const loadAgreementSet = async (
  ports: LoadPorts,
  files: readonly SetFile[] | undefined,
): Promise<Loaded> => {
  const change = {
    by: "operator",
    at: ports.now(),
    today: ports.today(),
    organisation: lookupIn(ports.directory),
  };
  const loaded = await ports.change((book) =>
    withFiles(book, { files: files ?? [builtInFile], named: files !== undefined }, change),
  );
  await ports.settled();
  return loaded;
};
