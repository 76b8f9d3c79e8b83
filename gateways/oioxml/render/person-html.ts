import { type Html, heading, html, joined, nothing } from "../../pages/html.ts";
import { labelFor, pairsHtml, partsHtml, type Shown, under } from "./group-html.ts";
import { labelOf } from "./labels/label-of.ts";
import { leafHtml } from "./leaf-html.ts";
import { type Part, partsOf } from "./part.ts";

const nameParts = ["PersonGivenName", "PersonSurnameName"];
const addressParts = ["StreetName", "SuburbName", "PostCodeIdentifier", "DistrictName"];
const organisationParts = ["OrganisationName", "DepartmentName", "UnitName"];

const leaves = (parts: readonly Part[], names: readonly string[]): Part[] =>
  names.flatMap((name) => {
    const found = parts.filter((part) => part.name === name);
    return found.length === 1 && found[0]?.value.is === "text" ? found : [];
  });
/** What a card has not shown already. */
const others = (parts: readonly Part[], shown: readonly Part[]): Part[] =>
  parts.filter((part) => !shown.includes(part));

/** Street and suburb, then post code and town on a line of their own. */
const addressHtml = (parts: readonly Part[], shown: Shown): Html => {
  if (parts.length === 0) return nothing;
  const line = (names: readonly string[], between: string): Html =>
    joined(
      leaves(parts, names).map((part) => leafHtml(part, shown.language)),
      between,
    );
  const lines = [line(["StreetName", "SuburbName"], ", "), line(["PostCodeIdentifier", "DistrictName"], " ")];
  return html`<p class="address">${joined(lines, "<br/>")}</p>`;
};

const identityNames = ["CivilRegistrationNumber", "AlternativeIdentifier", "PersonIdentifier"];

/** A citizen or a relative: who it is first, the number beside the name, then address and the rest. */
export const personHtml = (part: Part, shown: Shown): Html => {
  const parts = partsOf(part);
  const { language } = shown;
  const name = leaves(parts, nameParts);
  const identity = leaves(parts, identityNames);
  const address = leaves(parts, addressParts);
  const relation = leaves(parts, ["RelationCode"]);
  const who = name.map((one) => leafHtml(one, language));
  const numbers = identity.map(
    (one) =>
      html`<span class="cpr"><small>${labelOf(one.name, "", language)}</small> ${leafHtml(one, language)}</span>`,
  );
  const said = relation.map((one) => html`<span class="chip">${leafHtml(one, language)}</span>`);
  const named = who.length === 0 ? nothing : html`<span class="name">${joined(who, " ")}</span>`;
  const line = joined([named, ...numbers, ...said], " ");
  const rest = others(parts, [...name, ...identity, ...address, ...relation]);
  return html`<p class="who">${line}</p>${addressHtml(address, shown)}${partsHtml(rest, under(shown, part.name))}`;
};

/** A sender or a receiver: the organisation's name, where it is, and how to reach it; its numbers last. */
export const partyHtml = (part: Part, shown: Shown): Html => {
  const parts = partsOf(part);
  const { language } = shown;
  const organisation = leaves(parts, organisationParts);
  const address = leaves(parts, addressParts);
  const numbers = leaves(parts, ["Identifier", "IdentifierCode", "EANIdentifier"]);
  const lines = organisation.map((one, at) =>
    at === 0 ? html`<strong class="name">${leafHtml(one, language)}</strong>` : leafHtml(one, language),
  );
  const rest = others(parts, [...organisation, ...address, ...numbers]);
  const own = under(shown, part.name);
  return html`<section class="card">${heading(labelFor(part, shown), shown.level)}<p>${joined(lines, "<br/>")}</p>${addressHtml(address, shown)}${partsHtml(rest, own)}<div class="numbers">${pairsHtml(numbers, own)}</div></section>`;
};
