import type {
  Coded,
  FhirOrganisation,
  FhirPatient,
  FhirPractitioner,
} from "../../../contracts/fhir/parts.ts";
import { type Html, heading, html, isNothing, joined, nothing } from "../../pages/html.ts";
import { inWords, phoneHtml } from "../../pages/value-html.ts";
import { wordsOf } from "./code-words.ts";
import { codeHtml, linesOf, pairsHtml, type Showing, textHtml } from "./value-html.ts";
import { word } from "./words.ts";

export const phoneOf = (phone: string | undefined): Html =>
  phone === undefined || phone === "" ? nothing : (phoneHtml(phone) ?? html`${phone}`);

/** A coded value in words, the code kept beside them. */
export const codedHtml = (coded: Coded | undefined, { language, isWritten }: Showing): Html => {
  if (coded === undefined || coded.code === "" || !isWritten(coded.code)) return nothing;
  const words = wordsOf(coded, language);
  const own =
    coded.display === undefined || coded.display === words || language === "da"
      ? nothing
      : html` <small>${coded.display}</small>`;
  return html`${inWords(coded.code, words)}${own}`;
};

const nameOf = (names: Pick<FhirPatient, "surname" | "givenNames">): string =>
  [...names.givenNames, names.surname ?? ""].filter((name) => name !== "").join(" ");

/** Given names, family name. */
const personName = (person: Pick<FhirPatient, "surname" | "givenNames">): Html => {
  const name = nameOf(person);
  return name === "" ? nothing : html`${name}`;
};

/** The numbers that an organisation is known by. */
const numbersOf = (one: FhirOrganisation, showing: Showing): Html =>
  pairsHtml(
    [
      ["gln", textHtml(one.gln, showing)],
      ["sor", textHtml(one.sor, showing)],
      ["ydernummer", textHtml(one.ydernummer, showing)],
      ["producer", codeHtml("producer", one.producerId, showing)],
      ...one.otherIdentifiers.map(
        ({ system, value }) =>
          [
            "otherNumber",
            html`${value}${system === undefined ? nothing : html` <small>${system}</small>`}`,
          ] as const,
      ),
    ],
    showing,
  );

const initialsHtml = ({ contactInitials }: FhirOrganisation, { language }: Showing): Html => {
  if (contactInitials === undefined) return nothing;
  return contactInitials === null ? html`${word("initialsUnknown", language)}` : html`${contactInitials}`;
};

/** All of an organisation: name, telephone, initials, and its numbers. */
export const wholeOrganisation = (one: FhirOrganisation, showing: Showing): Html => {
  const reached = pairsHtml(
    [
      ["phone", phoneOf(one.phone)],
      ["initials", initialsHtml(one, showing)],
    ],
    showing,
  );
  const numbers = numbersOf(one, showing);
  const name =
    one.name === undefined || one.name === ""
      ? html`<span class="dim">${word("nameUnknown", showing.language)}</span>`
      : html`<strong class="name">${one.name}</strong>`;
  return html`<p>${name}</p>${reached}${isNothing(numbers) ? nothing : html`<div class="numbers">${numbers}</div>`}`;
};

const isSame = (a: FhirOrganisation, b: FhirOrganisation): boolean => JSON.stringify(a) === JSON.stringify(b);

/** An organisation in a text or a table: all that is told of it, in few lines. */
export const briefOrganisation = (one: FhirOrganisation | undefined, showing: Showing): Html => {
  if (one === undefined) return nothing;
  const isShown = showing.parties.some((party) => isSame(party, one));
  if (isShown && one.name !== undefined) return html`${one.name}`;
  const numbers = [
    ["gln", one.gln],
    ["sor", one.sor],
    ["ydernummer", one.ydernummer],
    ["producer", one.producerId],
    ...one.otherIdentifiers.map(
      ({ system = "", value }) => ["otherNumber", `${value} ${system}`.trim()] as const,
    ),
  ] as const;
  const told = numbers.flatMap(([label, number]) =>
    number === undefined || number === "" ? [] : [`${word(label, showing.language)} ${number}`],
  );
  const small = told.length === 0 ? nothing : html`<small>${told.join(", ")}</small>`;
  return linesOf([textHtml(one.name, showing), phoneOf(one.phone), initialsHtml(one, showing), small]);
};

const roleHtml = (role: FhirPractitioner["role"], showing: Showing): Html => {
  if (role === undefined) return nothing;
  return role.kind === "text" ? textHtml(role.text, showing) : codedHtml(role, showing);
};

/** A person: name, role, telephone, and for whom. */
export const practitionerHtml = (person: FhirPractitioner | undefined, showing: Showing): Html => {
  if (person === undefined) return nothing;
  return joined(
    [
      personName(person),
      roleHtml(person.role, showing),
      phoneOf(person.phone),
      briefOrganisation(person.organisation, showing),
    ],
    ", ",
  );
};

export const partyCard = (title: string, level: number, body: Html): Html =>
  html`<section class="card">${heading(title, level)}${body}</section>`;

const cprHtml = (cpr: string): Html =>
  /^\d{10}$/.test(cpr) ? inWords(cpr, `${cpr.slice(0, 6)}-${cpr.slice(6)}`) : html`${cpr}`;

const identityHtml = ({ cpr, national, regional }: FhirPatient, { language }: Showing): Html => {
  const numbers = [
    ["cpr", cpr],
    ["national", national],
    ["regional", regional?.value],
  ] as const;
  return joined(
    numbers.flatMap(([label, number]) =>
      number === undefined || number === ""
        ? []
        : [html`<span class="cpr"><small>${word(label, language)}</small> ${cprHtml(number)}</span>`],
    ),
    " ",
  );
};

const addressHtml = ({ address }: FhirPatient): Html => {
  if (address === undefined) return nothing;
  const town = [address.postCode, address.city].filter((part) => part !== undefined).join(" ");
  return html`<p class="address">${linesOf([...address.lines, town].filter((line) => line !== "").map((line) => html`${line}`))}</p>`;
};

const telecomHtml = ({ telecoms = [] }: FhirPatient, showing: Showing): Html =>
  pairsHtml(
    telecoms.map(({ system, value, use }) => {
      const kind = [
        ...(system === undefined || system === "phone" ? [] : [system]),
        ...(use === undefined ? [] : [use]),
      ];
      const small = kind.length === 0 ? nothing : html` <small>${kind.join(", ")}</small>`;
      return [
        system === undefined || system === "phone" ? "phone" : "contact",
        html`${phoneOf(value)}${small}`,
      ] as const;
    }),
    showing,
  );

const lifeHtml = ({ deceased }: FhirPatient, { language }: Showing): Html =>
  deceased === undefined
    ? nothing
    : html`<span class="chip">${word(deceased ? "deceased" : "alive", language)}</span>`;

/** The citizen: name and number first. */
export const patientHtml = (patient: FhirPatient, showing: Showing): Html => {
  const name = personName(patient);
  const named = isNothing(name)
    ? html`<span class="dim">${word("nameUnknown", showing.language)}</span>`
    : html`<span class="name">${name}</span>`;
  const who = joined([named, identityHtml(patient, showing), lifeHtml(patient, showing)], " ");
  const more = pairsHtml(
    [
      ["numberSystem", textHtml(patient.regional?.system, showing)],
      ["managing", briefOrganisation(patient.managingOrganisation, showing)],
    ],
    showing,
  );
  return html`<div class="card"><p class="who">${who}</p>${addressHtml(patient)}${telecomHtml(patient, showing)}${more}</div>`;
};
