import { readFileSync } from "node:fs";
import { DirectoryFile, type Organisation } from "../../contracts/messages/directory.ts";
import type { DirectoryView } from "../../services/case/directory-view.ts";

/** The made-up region, as the directory file of the services tells it. */
export const region: readonly Organisation[] = DirectoryFile.parse(
  JSON.parse(readFileSync("services/directory/region.json", "utf8")),
).organisations;

/** Who plays which part in the tests. */
export const who = {
  practice: "5790000100019",
  otherPractice: "5790000100026",
  jsonPractice: "5790000100040",
  endocrinology: "5790000200016",
  cardiology: "5790000200023",
  cardiologyClinic: "5790000200061",
  geriatrics: "5790000200047",
  hospital: "5790000210015",
  otherHospital: "5790000210022",
  municipality: "5790000300013",
  acuteTeam: "5790000310012",
  region: "5790000400010",
  outOfHours: "5790000401017",
  nobody: "5790000999998",
} as const;

export const viewOf = (organisations: readonly Organisation[]): DirectoryView => {
  const byGln = new Map(organisations.map((o) => [o.gln, o]));
  const all = [...byGln.values()];
  return { organisation: (gln) => byGln.get(gln), all: () => all };
};

export const regionView = viewOf(region);

/** What an organisation of the made-up region is. */
export const kindOf = (gln: string): Organisation["kind"] | undefined => regionView.organisation(gln)?.kind;

export const organisation = (gln: string): Organisation => {
  const found = regionView.organisation(gln);
  if (found === undefined) throw new Error(`Nobody in the region has the GLN ${gln}.`);
  return found;
};

/** The region with some of its organisations changed, or others added. */
export const regionWith = (...changed: Organisation[]): DirectoryView => viewOf([...region, ...changed]);

export const changed = (gln: string, change: Partial<Organisation>): Organisation => ({
  ...organisation(gln),
  ...change,
});

/** A way in that takes what `accepts` says. */
export const oioxmlTaking = (...accepts: string[]): Organisation["channels"] => [
  { standard: "oioxml", transport: "inbox", accepts, sendsReceipts: true },
];
