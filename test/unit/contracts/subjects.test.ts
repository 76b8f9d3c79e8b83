import { describe, expect, it } from "vitest";
import { Standard } from "../../../contracts/deliveries.ts";
import { Family } from "../../../contracts/family.ts";
import { AdviceCommands } from "../../../contracts/messages/advice.ts";
import { AttachmentCommands } from "../../../contracts/messages/attachment.ts";
import { DeliveryCommands } from "../../../contracts/messages/delivery.ts";
import { DirectoryCommands } from "../../../contracts/messages/directory.ts";
import { WorklistQueries } from "../../../contracts/messages/worklist.ts";
import {
  anyFamilyCaseSubject,
  caseSubject,
  commandSubject,
  intakeOf,
  intakeSubject,
  printSubject,
  querySubject,
  refusedSubject,
  renderSubject,
  shardSubjects,
} from "../../../contracts/subjects.ts";

const caseIds = Array.from(
  { length: 500 },
  (_, i) => `5f0b3c1e-6f0a-5d1f-9f55-${i.toString(16).padStart(12, "0")}`,
);

/** NATS: `*` is one token, `>` is one or more at the end. */
const matches = (subject: string, pattern: string): boolean => {
  const [tokens, wanted] = [subject.split("."), pattern.split(".")];
  if (wanted.at(-1) === ">")
    return (
      tokens.length >= wanted.length && wanted.slice(0, -1).every((w, i) => w === "*" || w === tokens[i])
    );
  return tokens.length === wanted.length && wanted.every((w, i) => w === "*" || w === tokens[i]);
};

const ids = caseIds.slice(0, 3);
const all = [
  ...ids.flatMap((id) => Family.options.map((family) => caseSubject(family, id))),
  ...ids.flatMap((id) => Standard.options.map((standard) => intakeSubject(standard, id))),
  ...ids.map(refusedSubject),
  ...Standard.options.map(printSubject),
  ...Standard.options.map(renderSubject),
  ...Object.keys({ ...AdviceCommands, ...AttachmentCommands, ...DeliveryCommands, ...DirectoryCommands }).map(
    commandSubject,
  ),
  ...Object.keys(WorklistQueries).map(querySubject),
];

describe("subjects", () => {
  it("are never shared by two families, two standards, two commands or two cases", () => {
    expect(new Set(all).size).toBe(all.length);
  });

  it("are plain tokens that NATS takes", () => {
    expect(all.filter((subject) => !/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(subject))).toEqual([]);
  });

  it("of a case are found without knowing its family, and find no other case", () => {
    const [id = "", other = ""] = caseIds;
    for (const family of Family.options) {
      expect(matches(caseSubject(family, id), anyFamilyCaseSubject(id))).toBe(true);
      expect(matches(caseSubject(family, other), anyFamilyCaseSubject(id))).toBe(false);
    }
  });

  it("of every case and every document belong to exactly one of the streams, however many there are", () => {
    for (const streams of [1, 2, 4, 8]) {
      const width = 64 / streams;
      const ranges = Array.from({ length: streams }, (_, i) => [i * width, (i + 1) * width] as const);
      for (const id of caseIds) {
        const owners = (prefix: "case" | "intake", subject: string) =>
          ranges.filter(([from, to]) =>
            shardSubjects(prefix, from, to).some((pattern) => matches(subject, pattern)),
          );
        expect(owners("case", caseSubject("advice", id))).toHaveLength(1);
        expect(owners("intake", intakeSubject("oioxml", id))).toHaveLength(1);
        expect(owners("intake", refusedSubject(id))).toHaveLength(1);
      }
    }
  });

  it("of documents of one standard are taken by that standard's gateway alone", () => {
    const [id = ""] = caseIds;
    for (const standard of Standard.options)
      for (const other of Standard.options)
        expect(matches(intakeSubject(standard, id), intakeOf(other))).toBe(standard === other);
    expect(Standard.options.some((standard) => matches(refusedSubject(id), intakeOf(standard)))).toBe(false);
  });
});
