import { z } from "zod";
import { markdownTable } from "../../../gateways/cli/markdown.ts";

const Subscriptions = z.object({
  subscriptions_list: z.array(z.object({ subject: z.string(), qgroup: z.string().optional() })),
});
const Streams = z.object({
  account_details: z.array(
    z.object({
      stream_detail: z.array(
        z.object({
          name: z.string(),
          config: z.object({ subjects: z.array(z.string()).optional(), max_age: z.number().default(0) }),
        }),
      ),
    }),
  ),
});

const read = async <T>(monitor: string, path: string, schema: z.ZodType<T>): Promise<T> =>
  schema.parse(await (await fetch(new URL(path, monitor))).json());

const ofTheServer = "_sys_";
const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** `cmd.advice.*` and the like, by the name of who answers them together with its likes in other hubs. */
const servedBy = async (monitor: string): Promise<Map<string, string[]>> => {
  const { subscriptions_list: all } = await read(monitor, "/subsz?subs=1&limit=10000", Subscriptions);
  const served = new Map<string, Set<string>>();
  for (const { subject, qgroup } of all)
    if (qgroup !== undefined && qgroup !== ofTheServer)
      served.set(qgroup, (served.get(qgroup) ?? new Set()).add(subject.replace(uuid, "<id>")));
  return new Map(
    [...served]
      .map(([name, subjects]) => [name, [...subjects].toSorted()] as const)
      .toSorted(([a], [b]) => a.localeCompare(b)),
  );
};

/** Who answers which subjects in a running hub. */
export const tellServices = async (monitor: string): Promise<string> =>
  markdownTable(
    ["who", "answers"],
    [...(await servedBy(monitor))].map(([name, subjects]) => [
      name,
      subjects.map((subject) => `\`${subject}\``).join(" "),
    ]),
  );

const nanosPerDay = 86_400 * 1_000_000_000;

/** Streams that differ in their number alone are one row: the shards are laid over them. */
const kindOf = (name: string): string => name.replace(/_\d+$/, "_n");

/** Which streams and buckets a running hub keeps, and for how long. */
export const tellStores = async (monitor: string): Promise<string> => {
  const { account_details: accounts } = await read(monitor, "/jsz?streams=1&config=1", Streams);
  const rows = new Map<string, [string, string, string]>();
  for (const { name, config } of accounts.flatMap(({ stream_detail: streams }) => streams)) {
    const [first = ""] = config.subjects ?? [];
    const subjects = first.replace(/^(\w+)\.\d\d\./, "$1.<shard>.");
    const days = config.max_age / nanosPerDay;
    const span = days < 1 ? `${String(days * 24)} hours` : `${String(days)} days`;
    const kept = config.max_age === 0 ? "for good" : span;
    rows.set(kindOf(name), [`\`${kindOf(name)}\``, `\`${subjects}\``, kept]);
  }
  return markdownTable(
    ["stream", "subjects", "kept"],
    [...rows].toSorted(([a], [b]) => a.localeCompare(b)).map(([, row]) => row),
  );
};
