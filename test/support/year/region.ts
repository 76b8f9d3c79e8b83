import { DirectoryFile, type Organisation } from "../../../contracts/messages/directory.ts";
import type { Random } from "./random.ts";

const glnOf = (no: number): string => {
  const body = `57900070${String(no).padStart(4, "0")}`;
  const sum = Array.from(body, Number).reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 1 : 3), 0);
  return `${body}${String((10 - (sum % 10)) % 10)}`;
};

const valid = { validFrom: "2020-01-01" };
const json = { channels: [{ standard: "json", transport: "inbox", accepts: ["*"], sendsReceipts: true }] };
const hours = (opens: string, closes: string, friday = closes) => ({
  openingHours: [
    { days: [1, 2, 3, 4], opens, closes },
    { days: [5], opens, closes: friday },
  ],
});
const always = { openingHours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: "00:00", closes: "23:59" }] };

const towns =
  "Elmeby Granlev Birkested Askhøj Lindborg Hasselkøb Egeslev Poppelby Rønhøj Pilested Tjørnby Hyldelev Vildkøb Brombæk Slåenby Mosevig Lyngsted Engholm Kløverby Tranelev".split(
    " ",
  );
const specialities = [
  "kardiologi",
  "med_endokrinologi",
  "med_lungesygdomme",
  "geriatri",
  "reumatologi",
  "kirurgi_sygehus",
] as const;
export const preventionTopics = ["smoking", "diabetes", "copd", "exercise"] as const;
export const examinations = ["ultrasound-abdomen", "ct-abdomen", "ct-thorax"] as const;

/** Whom lives are lived between. All of it is made up. */
export type YearRegion = {
  organisations: readonly Organisation[];
  region: string;
  practices: readonly { gln: string; municipality: number }[];
  municipalities: readonly { gln: string; code: string; team: string; centre: string; hospital: number }[];
  hospitals: readonly {
    gln: string;
    visitation: string;
    radiology: string;
    departments: readonly { gln: string; speciality: string }[];
  }[];
  psychiatry: string;
  outOfHours: string;
  /** How slow each answers: 1 is usual, above is slow. */
  slowness: ReadonlyMap<string, number>;
};

export type RegionSize = { practices: number; municipalities: number; hospitals: number };

/** A region as large as asked for: practices in municipalities, departments in hospitals, some of them slow. */
export const createYearRegion = (size: RegionSize, random: Random): YearRegion => {
  let no = 0;
  const gln = (): string => glnOf(++no);
  const written: object[] = [];
  const add = (organisation: { gln: string; [field: string]: unknown }): string => {
    written.push({ ...valid, ...json, phone: `9${organisation.gln.slice(-8, -1)}`, ...organisation });
    return organisation.gln;
  };
  const region = add({ gln: gln(), kind: "region", name: "Region Skovlandet", ...hours("08:30", "15:00") });
  const outOfHours = add({
    gln: gln(),
    kind: "outOfHours",
    name: "Lægevagten i Skovlandet",
    partOf: region,
    ...always,
  });
  const psychiatry = add({
    gln: gln(),
    kind: "department",
    name: "Psykiatrien i Skovlandet",
    partOf: region,
    offers: [{ service: "psychiatry", ...valid }],
    ...hours("08:00", "15:00"),
  });
  const hospitals = Array.from({ length: size.hospitals }, (_, i) => {
    const name = `Hospitalet ${towns[i] ?? String(i)}`;
    const hospital = add({ gln: gln(), kind: "hospital", name, partOf: region, ...hours("08:00", "15:30") });
    const part = (department: string, more: object): string =>
      add({
        gln: gln(),
        kind: "department",
        name,
        department,
        partOf: hospital,
        ...hours("08:00", "15:30", "15:00"),
        ...more,
      });
    const offers = (...services: object[]) => ({
      offers: services.map((service) => ({ ...service, ...valid })),
    });
    return {
      gln: hospital,
      visitation: part("Visitationen", {
        ...offers({ service: "visitation" }, { service: "sub-acute" }),
        ...always,
      }),
      radiology: part(
        "Radiologisk Afd.",
        offers(...examinations.map((topic) => ({ service: "imaging", topic }))),
      ),
      departments: specialities.map((speciality) => ({
        speciality,
        gln: part(`Afd. ${speciality}`, {
          ...offers({ service: "advice", speciality }, { service: "referral", speciality }),
          specialities: [speciality],
        }),
      })),
    };
  });
  const municipalities = Array.from({ length: size.municipalities }, (_, i) => {
    const [name, code] = [`${towns[i] ?? String(i)} Kommune`, `0${String(870 + i)}`];
    const own = { identifiers: { municipalityCode: code } };
    const offer = (service: string, topic?: string) => ({
      service,
      municipalities: [code],
      ...valid,
      ...(topic === undefined ? {} : { topic }),
    });
    const municipality = add({
      gln: gln(),
      kind: "municipality",
      name,
      ...own,
      offers: [offer("home-care")],
      ...hours("09:00", "15:00", "13:00"),
      closingDays: ["12-24", "12-31", "06-05"],
    });
    const team = add({
      gln: gln(),
      kind: "acuteTeam",
      name: `Akutteam ${towns[i] ?? ""}`,
      partOf: municipality,
      ...own,
      offers: [offer("acute-nursing")],
    });
    const centre = add({
      gln: gln(),
      kind: "municipality",
      name: `Sundhedscenter ${towns[i] ?? ""}`,
      partOf: municipality,
      ...own,
      offers: [...preventionTopics.map((topic) => offer("prevention", topic)), offer("follow-up-visit")],
      ...hours("08:00", "15:00", "13:00"),
    });
    return { gln: municipality, code, team, centre, hospital: i % size.hospitals };
  });
  const practices = Array.from({ length: size.practices }, (_, i) => ({
    municipality: i % size.municipalities,
    gln: add({
      gln: gln(),
      kind: "practice",
      name: `Lægehuset ${towns[i % size.municipalities] ?? ""} ${String(1 + Math.floor(i / size.municipalities))}`,
      authority: [{ gln: region, ...valid }],
      outOfHours,
      specialities: ["almen_medicin"],
      ...hours("08:00", "16:00", "15:00"),
      closingDays: ["12-24", "12-31"],
    }),
  }));
  const { organisations } = DirectoryFile.parse({
    format: "sektorbro-directory",
    version: 1,
    organisations: written,
  });
  const slowness = new Map(
    organisations.map(
      (one) =>
        [
          one.gln,
          random.weighed([
            [0.7, 3],
            [1, 5],
            [1.8, 2],
            [4, 1],
          ]),
        ] as const,
    ),
  );
  return { organisations, region, practices, municipalities, hospitals, psychiatry, outOfHours, slowness };
};
