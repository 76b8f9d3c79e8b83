import { z } from "zod";
import { type Caller, type HubClient, readAnswer } from "./hub-client.ts";

const Listed = z.object({
  organisations: z.array(z.object({ gln: z.string(), name: z.string(), department: z.string().optional() })),
  next: z.string().optional(),
});
type Organisation = z.infer<typeof Listed>["organisations"][number];

/** Every organisation, page by page. */
const readAll = async (hub: HubClient, as: Caller): Promise<Organisation[]> => {
  const all: Organisation[] = [];
  const query = new URLSearchParams({ limit: "1000" });
  for (;;) {
    const page = readAnswer(await hub.call({ path: `/v1/directory?${query.toString()}`, as }), Listed);
    all.push(...page.organisations);
    if (page.next === undefined) return all;
    query.set("cursor", page.next);
  }
};

/** What an organisation is called; an unknown one by its GLN. */
export type NameOf = (gln: string) => string;
export type Names = { nameOf: NameOf; has: (gln: string) => boolean };

/** The names of the directory as a caller may see it. @throws CommandFailed */
export const readNames = async (hub: HubClient, as: Caller): Promise<Names> => {
  const organisations = await readAll(hub, as);
  const names = new Map(
    organisations.map((o) => [o.gln, o.department === undefined ? o.name : `${o.name}, ${o.department}`]),
  );
  return {
    nameOf: (gln) => (gln === "hub" ? "the hub" : (names.get(gln) ?? gln)),
    has: (gln) => names.has(gln),
  };
};
