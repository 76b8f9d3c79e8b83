import { createHash } from "node:crypto";
import { Organisation } from "../../contracts/messages/directory.ts";
import { createDirectoryQueries } from "../../services/directory/query.ts";

export const gln = {
  practice: "5790000100019",
  unit: "5790000200016",
  hospital: "5790000000128",
  stranger: "5790000000135",
  operator: "5790000000142",
} as const;

const organisation = (more: Partial<Organisation> & { gln: string; name: string }): Organisation =>
  Organisation.parse({
    kind: "department",
    validFrom: "2020-01-01",
    channels: [{ standard: "oioxml", transport: "inbox", accepts: ["XDIS91"] }],
    ...more,
  });

export const organisations: readonly Organisation[] = [
  organisation({ gln: gln.practice, name: "Lægehuset Prøvebakken", kind: "practice" }),
  organisation({ gln: gln.hospital, name: "Prøveby Sygehus", kind: "hospital" }),
  organisation({
    gln: gln.unit,
    name: "Prøveby Endokrinologi",
    partOf: gln.hospital,
    offers: [{ service: "advice", speciality: "med_endokrinologi", validFrom: "2020-01-01" }],
  }),
  organisation({ gln: gln.stranger, name: "En Anden Praksis", kind: "practice", validTo: "2026-01-01" }),
];

export const sha256 = (bytes: string | Uint8Array): string =>
  `sha256-${createHash("sha256").update(bytes).digest("hex")}`;

export const due = "2026-11-25T09:00:00.000Z";
export const time = "2026-11-23T09:15:00.000Z";
export const lists = [
  "worklist.expected",
  "worklist.sent",
  "worklist.overdue",
  "worklist.cases",
  "worklist.ofPatient",
  "worklist.search",
];

/** A line of every list that the fake hub has. */
export const listed = {
  caseId: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90",
  family: "advice",
  kind: "specialist",
  status: "asked",
  no: 1,
  opener: gln.practice,
  openedAt: time,
  updatedAt: time,
  closed: false,
  parties: [gln.practice, gln.unit],
  awaits: [{ who: gln.unit, name: "Prøveby Endokrinologi", act: "answer", due, overdue: false }],
  links: [],
};

/** The directory's own answers: it decides by its file alone. */
export const answerDirectory = createDirectoryQueries({
  directory: {
    organisation: (number) => organisations.find((o) => o.gln === number),
    all: () => organisations,
  },
  history: (number) =>
    Promise.resolve(
      organisations
        .filter((o) => o.gln === number)
        .map((o) => ({ organisation: o, changedBy: "Drift", changedAt: time })),
    ),
  registered: () => Promise.resolve([{ gln: gln.practice, validFrom: "2020-01-01" }]),
  digest: sha256,
  today: () => time.slice(0, 10),
});
