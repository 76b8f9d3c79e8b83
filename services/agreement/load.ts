import type { AgreementBook } from "../../contracts/agreement-book.ts";
import type { DirectoryView } from "../case/directory-view.ts";
import { builtInFile, type Loaded, withFiles } from "./core/book.ts";
import type { SetFile } from "./core/check-set.ts";
import { lookupIn } from "./handler.ts";

export type LoadPorts = {
  change: <Result>(
    step: (book: AgreementBook) => { book?: AgreementBook; result: Result },
  ) => Promise<Result>;
  settled: () => Promise<void>;
  directory: DirectoryView;
  now: () => string;
  today: () => string;
};

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
