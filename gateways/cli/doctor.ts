import { z } from "zod";
import { configFrom } from "../../infra/config/config.ts";
import { type Check, doctor as examine } from "../../infra/embedded/doctor-checks.ts";
import { settingChecks } from "./check-settings.ts";
import { inspectFolders } from "./compose.ts";
import { CommandFailed } from "./failure.ts";
import { type Answer, hubAt, hubUrl, textOf, type Where } from "./hub-client.ts";
import { columns, print, printJson } from "./say.ts";

export type DoctorOptions = Where & { json?: boolean; folders?: string };

/** What only a hub that runs its own servers needs on this machine. */
const ownServers = new Set(["nats-server", "redis-server"]);

const Health = z.object({
  ok: z.boolean(),
  durability: z.enum(["safe", "unsafe"]),
  parts: z.record(z.string(), z.string()),
});

const bad = (detail: string, whatToDo: string): Check => ({
  name: "health",
  status: "bad",
  detail,
  whatToDo,
});

const noAnswer = (url: string): Check =>
  bad(
    `${url} does not answer`,
    'Start the hub again with "sektorbro up": nothing that it accepted is lost. Or mend the address.',
  );

const judged = (url: string, answer: Answer): Check => {
  const read = z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(Health)
    .safeParse(textOf(answer));
  if (!read.success) return bad(`${url} is no Sektorbro hub`, "Mend the address (--url, SEKTORBRO_URL).");
  const { ok, durability, parts } = read.data;
  const detail = `${url}: ${Object.entries(parts)
    .map(([name, state]) => `${name} ${state}`)
    .join(", ")}; durability ${durability}`;
  const down = Object.entries(parts).filter(([, state]) => state === "down");
  if (!ok) return bad(detail, "See the hub's log for why, and that its servers run.");
  if (durability === "unsafe")
    return {
      name: "health",
      status: "warn",
      detail,
      whatToDo: "It runs with --unsafe-fsync: a power cut can lose what was accepted.",
    };
  if (down.length > 0)
    return {
      name: "health",
      status: "warn",
      detail,
      whatToDo: "What is accepted is safe, but inboxes wait until it is up again.",
    };
  return { name: "health", status: "ok", detail, whatToDo: "" };
};

/** What a running hub says of itself; nothing to ask when none is known. */
const askHealth = async (
  url: string | undefined,
  config: { dataDir: string; audience: string },
): Promise<Check[]> => {
  if (url === undefined) return [];
  const answer = await hubAt(url, config)
    .call({ path: "/health" })
    .catch((error: unknown) => {
      if (error instanceof CommandFailed) return undefined;
      throw error;
    });
  return [answer === undefined ? noAnswer(url) : judged(url, answer)];
};

const checkText = (checks: readonly Check[]): string =>
  columns(checks.map(({ status, name, detail }) => [status.toUpperCase().padEnd(4), name, detail]));

/** Looks at everything that can be wrong with this machine and its hub. @throws CommandFailed when something is bad */
export const doctor = async (options: DoctorOptions): Promise<void> => {
  const config = configFrom(process.env, { data: options.data, folders: options.folders });
  const { servers, dataDir, folders } = config;
  const machine =
    servers.kind === "embedded"
      ? await examine({ dataDir, ...servers })
      : (await examine({ dataDir, natsMonitorUrl: servers.natsMonitorUrl })).filter(
          ({ name }) => !ownServers.has(name),
        );
  const inFolders = folders === undefined ? [] : await inspectFolders(folders.root, Date.now());
  const checks = [
    ...machine,
    ...(await settingChecks(config)),
    ...inFolders,
    ...(await askHealth(await hubUrl(options, config), config)),
  ];
  if (options.json === true) printJson(checks);
  else print(checkText(checks));
  const advice = checks.filter(({ whatToDo }) => whatToDo !== "");
  if (options.json !== true && advice.length > 0)
    print(["", "What to do", ...advice.map(({ name, whatToDo }) => `  ${name}: ${whatToDo}`)].join("\n"));
  const wrong = checks.filter(({ status }) => status === "bad").length;
  if (wrong > 0) throw new CommandFailed(`${wrong} of ${checks.length} checks are bad.`);
};
