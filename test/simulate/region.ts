import { readFileSync } from "node:fs";
import { DirectoryFile } from "../../contracts/messages/directory.ts";

/** Who takes part: of the made-up region a few of each kind, and whom they belong to. */
export const who = {
  practice: "5790000100019",
  other: "5790000100026",
  /** Is brought its documents, on the bus. */
  pushed: "5790000100040",
  department: "5790000200016",
  fhirDepartment: "5790000200085",
  bothWays: "5790000100057",
  visitation: "5790000211012",
  municipality: "5790000300013",
  acuteTeam: "5790000310012",
} as const;

const upwards: readonly string[] = [
  "5790000210015",
  "5790000210022",
  "5790000400010",
  "5790000200047",
  "5790000300020",
];

const pushChannel = {
  standard: "json",
  transport: "nats",
  accepts: ["*"],
  sendsReceipts: true,
  nats: { timeoutSeconds: 2 },
} as const;

const read = (): DirectoryFile => {
  const file = new URL("../../services/directory/region.json", import.meta.url);
  return DirectoryFile.parse(JSON.parse(readFileSync(file, "utf8")));
};

/** A small directory: a start of the hub reads all of it, and a history has many starts. */
export const smallRegion = (): DirectoryFile => {
  const region = read();
  const wanted = new Set<string>([...Object.values(who), ...upwards]);
  const organisations = region.organisations
    .filter(({ gln }) => wanted.has(gln))
    .map((one) => (one.gln === who.pushed ? { ...one, channels: [pushChannel] } : one));
  return DirectoryFile.parse({ ...region, organisations });
};
