import { readFileSync } from "node:fs";
import { z } from "zod";

/**
 * Who may know what, said once more in the simplest way there is, from what the test itself did: it shares nothing with the policy
 * or with the services, and reads the made-up region by itself.
 */
const Region = z.object({
  organisations: z.array(z.object({ gln: z.string(), partOf: z.string().optional() })),
});
const wholes = new Map(
  Region.parse(JSON.parse(readFileSync("services/directory/region.json", "utf8"))).organisations.map(
    ({ gln, partOf }) => [gln, partOf] as const,
  ),
);
export const everybody: readonly string[] = [...wholes.keys()];

const isWithin = (gln: string, whole: string): boolean => {
  for (let one: string | undefined = gln; one !== undefined; one = wholes.get(one))
    if (one === whole) return true;
  return false;
};

/** A word that stands in one place of one case alone, and who was ever told of that place. */
type Secret = { word: string; told: readonly string[] };

export type Secrets = {
  keep: (word: string, ...told: string[]) => void;
  /** Whether somebody was told of a place that a text names. */
  concerns: (text: string, viewer: string) => boolean;
  /** The words in an answer that whoever got it may not know, but those it asked with. */
  leaked: (answer: string, to: { viewer: string; asked: string; ids: "any" | "own" }) => string[];
};

/** What can be a secret at all: a planted word, a made-up CPR number, a case's id. */
const shapes =
  /(?:hemmelig|siden|brev)-\d+-x|0107\d{2}1\d{3}|[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const isId = (word: string): boolean => word.includes("-") && !word.endsWith("-x");

export const createSecrets = (): Secrets => {
  const secrets = new Map<string, Secret>();
  return {
    keep: (word, ...told) => {
      secrets.set(word, { word, told });
    },
    concerns: (text, viewer) =>
      (text.match(shapes) ?? []).some((word) =>
        secrets.get(word)?.told.some((gln) => isWithin(gln, viewer) || isWithin(viewer, gln)),
      ),
    leaked: (answer, { viewer, asked, ids }) =>
      [...new Set(answer.match(shapes))].filter((word) => {
        const secret = secrets.get(word);
        if (secret === undefined || asked.includes(word) || (ids === "any" && isId(word))) return false;
        return !secret.told.some((gln) => isWithin(gln, viewer));
      }),
  };
};
