import { Standard } from "../../../contracts/deliveries.ts";
import { Family } from "../../../contracts/family.ts";
import { MessageStatus } from "../../../contracts/messages/message-log.ts";
import type { Message } from "./message.ts";

/** The words of a field as numbers: a million messages say the same few. */
const statuses = MessageStatus.options;
const families = Family.options;
const standards = Standard.options;

/** The case of most messages stands in their id. */
const caseIn = (id: string): string | undefined => /^([0-9a-f-]{36})\./.exec(id)?.[1];

const placeIn = (words: readonly string[], word: string | undefined): number =>
  word === undefined ? -1 : words.indexOf(word);

/** A message as text for the index; the id is its key. What is absent at the end is left out. */
export const packed = (message: Message): string => {
  const { id, direction, status, at, from, to, type, standard, family, caseId, intakeId, code } = message;
  const fields = [
    `${direction === "in" ? "i" : "o"}${String(placeIn(statuses, status))}`,
    Date.parse(at),
    from,
    to.join(" "),
    type,
    placeIn(standards, standard),
    placeIn(families, family),
    intakeId ?? "",
    code ?? "",
    caseId === caseIn(id) ? "" : (caseId ?? ""),
  ];
  while (fields.at(-1) === "") fields.pop();
  return JSON.stringify(fields);
};

const texts = (value: unknown): readonly (string | number)[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string" || typeof one === "number") : [];

const optional = (value: string | number | undefined): string | undefined =>
  value === undefined || value === "" ? undefined : String(value);

/** What `packed` made; only the projection writes there. `undefined`: it is none. */
export const unpacked = (id: string, text: string | null | undefined): Message | undefined => {
  if (text === null || text === undefined) return undefined;
  const [kind, atMs, from, to, type, standard, family, intakeId, code, caseId] = texts(JSON.parse(text));
  const status = statuses[Number(String(kind).slice(1))];
  if (status === undefined || atMs === undefined) return undefined;
  return {
    id,
    direction: String(kind).startsWith("i") ? "in" : "out",
    status,
    at: new Date(Number(atMs)).toISOString(),
    from: String(from),
    to: String(to)
      .split(" ")
      .filter((gln) => gln !== ""),
    type: String(type),
    standard: standards[Number(standard)],
    family: families[Number(family)],
    caseId: optional(caseId) ?? caseIn(id),
    intakeId: optional(intakeId),
    code: optional(code),
  };
};
