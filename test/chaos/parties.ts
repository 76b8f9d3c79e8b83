import { readFile } from "node:fs/promises";
import { asker, unit } from "../support/load.ts";
import { glnFrom, pushedDepartment } from "../support/push-hub.ts";

/** Asks, and fetches what is for it from its inbox. */
export const practiceGln = asker;
/** Is brought its documents as MedCom's letters; gives no receipts. */
export const letterUnit = unit;
/** Are brought the hub's own facts as JSON, and give receipts. */
export const jsonUnits = [glnFrom(1), glnFrom(2), glnFrom(3)] as const;
/** Who runs the hub: puts the others into the directory. */
export const operatorGln = "5790000999998";
/** A GLN that is nobody's here. */
export const nobody = "5790000999004";

export const pushed = [letterUnit, ...jsonUnits] as const;
export const everybody = [practiceGln, ...pushed] as const;

/** The made-up region with units that are brought their documents at `url`. */
export const directoryFor = async (url: string): Promise<unknown> => {
  const region = JSON.parse(await readFile("services/directory/region.json", "utf8")) as {
    organisations: { gln: string }[];
  };
  const webhook = { url, timeoutSeconds: 5 };
  const units = [
    pushedDepartment(letterUnit, { webhook }),
    ...jsonUnits.map((gln) => pushedDepartment(gln, { webhook }, { standard: "json", sendsReceipts: true })),
  ];
  const others = region.organisations.filter(({ gln }) => !pushed.some((known) => known === gln));
  return { format: "sektorbro-directory", version: 1, organisations: [...others, ...units] };
};
