import type { CommandReply } from "../../contracts/envelope.ts";
import { isGln } from "../../contracts/identifiers.ts";
import { type DirectoryFile, ImportCommand, type Organisation } from "../../contracts/messages/directory.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import type { Problem } from "../../contracts/problem.ts";
import { operator } from "../case/hub-actor.ts";
import { type Registered, registrationsByCitizen } from "./core/registrations.ts";

export type DirectoryPorts = {
  organisation: (gln: string) => Organisation | undefined;
  /** All of it or nothing. @throws Fault when it is not kept */
  change: (change: DirectoryChange) => Promise<void>;
  /** Resolves when every reader in this process sees what was put. */
  settled: () => Promise<void>;
  /** A keyed hash: what a citizen is kept under. */
  digest: (text: string) => string;
  now: () => string;
};

/** Everything that one import changes, and whose doing it is. No citizen's number is in it. */
export type DirectoryChange = {
  changedBy: string;
  changedAt: string;
  organisations: Organisation[];
  registrations: { patient: string; with: Registered[] }[];
};

const refused = (code: string, problems: Problem[]): CommandReply => ({
  status: "refused",
  code,
  problems,
  duplicate: false,
});

/** What a schema cannot see: two entries for one GLN, a whole that is nowhere. */
const problemsOfFile = (
  organisations: readonly Organisation[],
  known: DirectoryPorts["organisation"],
): Problem[] => {
  const glns = new Set(organisations.map((o) => o.gln));
  return organisations.flatMap((o, i): Problem[] => {
    const path = `organisations.${String(i)}`;
    const first = organisations.findIndex((other) => other.gln === o.gln);
    const twice =
      first !== i
        ? [
            {
              path: `${path}.gln`,
              code: "gln-twice",
              message: "This GLN stands in the file twice.",
              severity: "error" as const,
            },
          ]
        : [];
    const lost = o.partOf !== undefined && !glns.has(o.partOf) && known(o.partOf) === undefined;
    const whole = lost
      ? [
          {
            path: `${path}.partOf`,
            code: "part-of-unknown",
            message: "The organisation that it is part of is neither in the file nor in the directory.",
            severity: "error" as const,
          },
        ]
      : [];
    return [...twice, ...whole];
  });
};

/** A citizen cannot be registered with a practice that nobody knows. */
const problemsOfRegistrations = (
  { organisations, registrations = [] }: DirectoryFile,
  known: DirectoryPorts["organisation"],
): Problem[] => {
  const glns = new Set(organisations.map((o) => o.gln));
  return registrations.flatMap(({ gln }, i): Problem[] => {
    if (glns.has(gln) || known(gln) !== undefined) return [];
    const message = "The practice is neither in the file nor in the directory.";
    const path = `registrations.${String(i)}.gln`;
    return [{ path, code: "practice-unknown", message, severity: "error" }];
  });
};

/** MedCom's own examples use addresses that fail the check digit, so a wrong one is a warning. */
const warningsOf = (organisations: readonly Organisation[]): Problem[] =>
  organisations.flatMap(({ gln }, i): Problem[] =>
    isGln(gln)
      ? []
      : [
          {
            path: `organisations.${String(i)}.gln`,
            code: "gln-check-digit",
            message: "This is no GLN with a valid check digit; it is used as an address as it stands.",
            severity: "warning",
          },
        ],
  );

/**
 * Imports a directory file: everything in it is added or replaced, all of it or, with a problem anywhere, nothing. What is
 * not in the file stays: an organisation ends by its `validTo`.
 */
export const createDirectoryHandler = (
  ports: DirectoryPorts,
): ((message: unknown) => Promise<CommandReply>) => {
  return async (message) => {
    const parsed = parseCommand(ImportCommand, message);
    if (!parsed.ok) return parsed.reply;
    if (parsed.envelope.sender !== operator) return refused("operator-only", []);
    const { file, changedBy = operator } = parsed.command.payload;
    const { organisations, registrations = [] } = file;
    const problems = [
      ...problemsOfFile(organisations, ports.organisation),
      ...problemsOfRegistrations(file, ports.organisation),
    ];
    if (problems.length > 0) return refused("message-invalid", problems);
    const at = ports.now();
    await ports.change({
      changedBy,
      changedAt: at,
      organisations,
      registrations: registrationsByCitizen(registrations, ports.digest),
    });
    await ports.settled();
    return {
      status: "accepted",
      caseId: "directory",
      recordNo: organisations.length,
      at,
      duplicate: false,
      clocks: [],
      facts: ["DirectoryImported"],
      warnings: warningsOf(organisations),
    };
  };
};
