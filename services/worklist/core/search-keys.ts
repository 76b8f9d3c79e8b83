import type { CaseRecord } from "../../../contracts/record.ts";

type Digest = (text: string) => string;

/** Half of the hash is enough to find by, and an index of millions is half as large. */
const short = (hash: string): string => hash.slice(0, 32);

/** An id that people search by. Hashed as well: a sender may make its ids of anything. */
export const businessHash = (kind: "message" | "intake", id: string, digest: Digest): string =>
  short(digest(`${kind}|${id}`));

const textIn = (value: unknown, name: string): string[] => {
  if (typeof value !== "object" || value === null) return [];
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof found === "string" ? [found] : [];
};
const letterIn = (fact: object): unknown => ("letter" in fact ? fact.letter : undefined);

/** What a sender called the messages of a record: its command if it opened the case, its message and letter ids. */
const messageIds = ({ facts, meta }: CaseRecord): string[] => [
  ...(meta.no === 1 ? [meta.commandId] : []),
  ...facts.flatMap((fact) => [
    ...textIn(fact, "messageId"),
    ...textIn(fact, "letterId"),
    ...textIn(letterIn(fact), "letterId"),
  ]),
];

/** The hashes that a record's case is found by. */
export const businessHashes = (record: CaseRecord, digest: Digest): string[] => {
  const { intake } = record.meta;
  const messages = messageIds(record).map((id) => businessHash("message", id, digest));
  return [
    ...new Set([...messages, ...(intake === undefined ? [] : [businessHash("intake", intake, digest)])]),
  ];
};
