import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Person } from "../../contracts/messages/session.ts";
import { createIssuer, developmentIssuer, IssuerKeys, issueToken, type TokenOrder } from "./token.ts";

export type TokenSource = {
  dataDir: string;
  audience: string;
};

const loopback = new Set(["127.0.0.1", "::1", "localhost"]);
/** Whether nobody but this machine reaches what listens there. */
export const isLoopback = (host: string): boolean => loopback.has(host);

const readKeys = async (file: string): Promise<IssuerKeys | undefined> => {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : IssuerKeys.parse(JSON.parse(text));
};

/**
 * The file appears with its whole content or not at all, and is there after a power cut: keys that were lost would make
 * strangers of all who hold a token, and an empty file would keep the hub from starting. One that is there stays.
 */
const keepOnce = async (dataDir: string, file: string, text: string): Promise<void> => {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  await link(draft, file).catch(() => undefined);
  await rm(draft, { force: true });
  const folder = await open(dataDir);
  await folder.sync().finally(() => folder.close());
};

/** The development issuer's keys, made at first use and readable by this user alone. */
export const developmentKeys = async (dataDir: string): Promise<IssuerKeys> => {
  const file = join(dataDir, "development-issuer.json");
  const known = await readKeys(file);
  if (known !== undefined) return known;
  const made = await createIssuer();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Two that make keys at once must agree: the second reads what the first wrote.
  await keepOnce(dataDir, file, JSON.stringify(made));
  return (await readKeys(file)) ?? made;
};

/** The made-up people may sign in where nobody but this machine reaches the hub. */
export const developmentPeople = (host: string, people: readonly Person[]): readonly Person[] =>
  isLoopback(host) ? people : [];

/** A token of the development issuer, for the CLI and for tests. */
export const developmentToken = async (
  source: TokenSource,
  who: Pick<TokenOrder, "gln" | "role" | "ttlSeconds" | "name">,
): Promise<string> =>
  issueToken({
    keys: await developmentKeys(source.dataDir),
    issuer: developmentIssuer,
    audience: source.audience,
    now: new Date().toISOString(),
    ...who,
  });
