import { PersonRole } from "../../../contracts/messages/session.ts";
import type { demoPeople } from "../../../gateways/console/main.ts";
import { who } from "../region-view.ts";
import { operator, type RestHub } from "../rest-hub.ts";
import { everybody } from "./secrets.ts";

type Person = ReturnType<typeof demoPeople>[number];

/**
 * Somebody who asks. `knows`: the organisation whose cases may be shown to them, if any; `ids`: whether they may learn that there are
 * cases at all; of `audit` in what was looked at by their own, and nowhere else. `system`: who asks on the bus too, where persons have no connection.
 */
export type Viewer = {
  name: string;
  knows: string;
  ids: "any" | "own" | "audit";
  system?: string;
  headers: (hub: RestHub) => Promise<Record<string, string>>;
};

const places = [who.practice, who.endocrinology, who.cardiology, who.geriatrics, who.municipality];

/** Somebody of every role at every place: the made-up people of the demo are fewer. */
export const peopleOfEveryRole: readonly Person[] = places.flatMap((gln) =>
  PersonRole.options.map((role) => ({
    ...{ id: `${role.toLowerCase()}-${gln}`, name: "Prøve Person", gln },
    roles: [role],
  })),
);

/** Said once more, apart from the policy: who treats sees what their organisation does; the others see nobody's case. */
const treat = new Set<string>(["doctor", "nurse", "acuteNurse", "visitation", "secretary"]);
const nobody = "nobody";

const cookies = new Map<string, Promise<string>>();
const signedIn = async (hub: RestHub, id: string): Promise<string> => {
  const response = await fetch(`${hub.url}/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ person: id }),
  });
  const cookie = response.headers.get("set-cookie")?.split(";")[0];
  if (cookie === undefined) throw new Error(`${id} cannot sign in: ${String(response.status)}`);
  return cookie;
};

const asPerson = ({ id, gln, roles }: Person): Viewer => ({
  name: id,
  knows: roles.some((role) => treat.has(role)) ? gln : nobody,
  ids: roles.includes("operator") ? "any" : roles.includes("controller") ? "audit" : "own",
  headers: async (hub) => {
    const cookie = cookies.get(id) ?? signedIn(hub, id);
    cookies.set(id, cookie);
    return { cookie: await cookie, "sec-fetch-site": "same-origin" };
  },
});

const asSystem = (gln: string): Viewer => ({
  ...{ name: gln, knows: gln === operator ? nobody : gln, ids: gln === operator ? "any" : "own" },
  system: gln === operator ? "operator" : gln,
  headers: async (hub) => ({ authorization: `Bearer ${await hub.token(gln)}` }),
});

export const systems: readonly Viewer[] = [...everybody, operator].map(asSystem);
export const persons: readonly Viewer[] = peopleOfEveryRole.map(asPerson);
