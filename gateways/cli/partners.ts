import { readFile, writeFile } from "node:fs/promises";
import { nkeys } from "@nats-io/transport-node";
import type { Command } from "commander";
import { z } from "zod";
import { DirectoryFile, type Organisation } from "../../contracts/messages/directory.ts";
import { accountsText, keyProblems, PartnerKeys } from "../../infra/nats/partner-accounts.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { note, print } from "./say.ts";

type NatsOptions = { keys: string; directory?: string; tlsCert?: string; tlsKey?: string; tlsCa?: string };

const textOf = (path: string): Promise<string> =>
  readFile(path, "utf8").catch(() => {
    throw new CommandFailed(`${path} cannot be read.`, exitCodes.usage);
  });

const jsonOf = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
  const parsed = z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue("It is not JSON.");
        return z.NEVER;
      }
    })
    .pipe(schema)
    .safeParse(await textOf(path));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path: place, message }) => `  ${place.join(".")}: ${message}`);
  throw new CommandFailed([`${path} cannot be used:`, ...lines].join("\n"));
};

const organisationsIn = async (path: string | undefined): Promise<readonly Organisation[] | undefined> =>
  path === undefined ? undefined : (await jsonOf(path, DirectoryFile)).organisations;

/** Prints what nats-server is to know of the hub and its partners. @throws CommandFailed with every problem */
const natsConfiguration = async ({ keys, directory, tlsCert, tlsKey, tlsCa }: NatsOptions): Promise<void> => {
  const organisations = await organisationsIn(directory);
  const known = await jsonOf(keys, PartnerKeys);
  const problems = keyProblems(known, organisations);
  if (problems.length > 0) throw new CommandFailed([`${keys} cannot be used:`, ...problems].join("\n  "));
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw new CommandFailed("--tls-cert and --tls-key go together.", exitCodes.usage);
  const tls =
    tlsCert === undefined || tlsKey === undefined ? undefined : { cert: tlsCert, key: tlsKey, ca: tlsCa };
  print(accountsText(known, { organisations, tls }).trimEnd());
  if (tls === undefined)
    note("Without --tls-cert and --tls-key the server speaks no TLS: for one machine alone.");
};

/** Makes the key of a user: the seed into a file, the public half to standard output. */
const makeKey = async ({ to }: { to: string }): Promise<void> => {
  const pair = nkeys.createUser();
  const seed = new TextDecoder().decode(pair.getSeed());
  await writeFile(to, `${seed}\n`, { mode: 0o600, flag: "wx" }).catch(() => {
    throw new CommandFailed(`${to} cannot be written, or is there already: a key is not written over.`);
  });
  print(pair.getPublicKey());
  note(`The seed is in ${to}: whoever has it is that user. It belongs to the user's own machine.`);
};

/** `sektorbro partners`: who may do what on a NATS of your own. */
export const addPartners = (program: Command): void => {
  const partners = program
    .command("partners")
    .summary("make keys and the server's configuration for partners on NATS")
    .description(
      "For a NATS of your own that partners reach: each is a user with an nkey, who may publish and hear its own subjects alone. How a partner speaks there: gateways/partners.",
    );
  partners
    .command("nats")
    .summary("print what nats-server is to know of the hub and its partners")
    .description(
      'Prints accounts, users and permissions for nats-server, to be included in its configuration. The file of keys: { "hub": ["U..."], "system": ["U..."], "partners": [{ "gln": "...", "nkeys": ["U..."] }] }. After a change: nats-server --signal reload.',
    )
    .requiredOption("--keys <file>", "public keys of the hub, the server's watchers and each partner (JSON)")
    .option(
      "--directory <file>",
      "what `sektorbro directory export` wrote: partners are looked up, and their subjects taken from it",
    )
    .option("--tls-cert <file>", "the server's certificate, on its machine")
    .option("--tls-key <file>", "the key of that")
    .option("--tls-ca <file>", "issuers of clients' certificates; then every client must show one")
    .action(natsConfiguration);
  partners
    .command("key")
    .summary("make the key of a user: of the hub, or of a partner")
    .requiredOption("--to <file>", "where the seed goes, readable by this user alone")
    .action(makeKey);
};
