import type { CommandReply } from "../../contracts/envelope.ts";
import { isGln } from "../../contracts/identifiers.ts";
import { ImportCommand, type Organisation } from "../../contracts/messages/directory.ts";
import { parseCommand } from "../../contracts/parse-command.ts";
import type { Problem } from "../../contracts/problem.ts";

export type DirectoryPorts = {
  organisation: (gln: string) => Organisation | undefined;
  put: (organisation: Organisation) => Promise<void>;
  /** Resolves when every reader in this process sees what was put. */
  settled: () => Promise<void>;
  now: () => string;
};

/** The hub's own name as a sender: only its operators import a directory. */
const operator = "operator";

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
    const { organisations } = parsed.command.payload.file;
    const problems = problemsOfFile(organisations, ports.organisation);
    if (problems.length > 0) return refused("message-invalid", problems);
    for (const organisation of organisations) await ports.put(organisation);
    await ports.settled();
    return {
      status: "accepted",
      caseId: "directory",
      recordNo: organisations.length,
      at: ports.now(),
      duplicate: false,
      clocks: [],
      facts: ["DirectoryImported"],
      warnings: warningsOf(organisations),
    };
  };
};
