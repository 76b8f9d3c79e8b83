import type { DeliveryChange } from "./deliveries.ts";
import type { Party } from "./party.ts";
import type { CaseRecord } from "./record.ts";
import { isLetter, type Written } from "./written.ts";

export type Owed = Extract<DeliveryChange, { change: "owed" }>;
type Fact = CaseRecord["facts"][number];

/** The record and the change that owe a delivery. */
export type Owing = { record: CaseRecord; owed: Owed };

const owingIn = (records: readonly CaseRecord[], deliveryId: string): Owing | undefined => {
  for (const record of records)
    for (const change of record.deliveries)
      if (change.change === "owed" && change.deliveryId === deliveryId) return { record, owed: change };
  return undefined;
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const factTo = (fact: Fact, address: Party): Fact =>
  "letter" in fact && isObject(fact.letter)
    ? { ...fact, ...{ letter: { ...fact.letter, receiver: address } } }
    : fact;

/**
 * A FHIR message names its receiver by a SOR code too, and a HomeCareObservation by a ydernummer: to an address of which the directory
 * told no such number it does not go as it was written.
 */
const writtenTo = (written: Written, address: Party): Written | undefined => {
  if (isLetter(written)) return { ...written, receiver: address };
  if (written.kind === "HomeCareObservation" || written.kind === "Acknowledgement") return undefined;
  const { gln, identifier, organisation: name } = address;
  if (identifier.code !== "sorkode") return undefined;
  const named = name === undefined ? {} : { name };
  return { ...written, receiver: { gln, sor: identifier.value, otherIdentifiers: [], ...named } };
};

/**
 * What a record says when its delivery goes to another address: the same, but for the name of the receiver on what was written to
 * the first one.
 */
export const readdressed = ({ record, owed }: Owing, address: Party): CaseRecord => {
  const { written, ...rest } = record;
  const facts = record.facts.map((fact, at) => (at === owed.fact ? factTo(fact, address) : fact));
  const to = written?.receiver.gln === owed.to ? writtenTo(written, address) : undefined;
  return { ...rest, facts, ...(to === undefined ? {} : { written: to }) };
};

/**
 * What a delivery is printed from: the record that owes it; of one that went to another address, the record that owed it first, as it reads to
 * that address. `undefined`: nothing in these records owes it.
 */
export const owingOf = (records: readonly CaseRecord[], deliveryId: string): Owing | undefined => {
  const found = owingIn(records, deliveryId);
  if (found?.owed.again === undefined) return found;
  const { owed } = found;
  const first = owingIn(records, found.owed.again.of);
  if (first === undefined) return undefined;
  const record = readdressed(first, found.owed.again.address);
  return { record: { ...record, deliveries: [...record.deliveries, owed] }, owed };
};
