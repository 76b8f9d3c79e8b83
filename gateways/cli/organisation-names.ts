import { z } from "zod";
import { type Caller, type HubClient, readAnswer } from "./hub-client.ts";

const Listed = z.object({
  organisations: z.array(z.object({ gln: z.string(), name: z.string(), department: z.string().optional() })),
});

/** What an organisation is called; an unknown one by its GLN. */
export type NameOf = (gln: string) => string;
export type Names = { nameOf: NameOf; has: (gln: string) => boolean };

/** The names of the directory as a caller may see it. @throws CommandFailed */
export const readNames = async (hub: HubClient, as: Caller): Promise<Names> => {
  const { organisations } = readAnswer(await hub.call({ path: "/v1/directory", as }), Listed);
  const names = new Map(
    organisations.map((o) => [o.gln, o.department === undefined ? o.name : `${o.name}, ${o.department}`]),
  );
  return {
    nameOf: (gln) => (gln === "hub" ? "the hub" : (names.get(gln) ?? gln)),
    has: (gln) => names.has(gln),
  };
};
