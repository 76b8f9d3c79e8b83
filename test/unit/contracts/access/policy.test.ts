import { describe, expect, test } from "vitest";
import { httpDoors, queryDoors } from "../../../../contracts/access/doors.ts";
import { legalBases } from "../../../../contracts/access/law.ts";
import { mayI } from "../../../../contracts/access/may-i.ts";
import { type AccessRole, policy, type Resource } from "../../../../contracts/access/policy.ts";
import { PersonRole } from "../../../../contracts/messages/session.ts";

const roles: readonly AccessRole[] = [...PersonRole.options, "system"];
const resources = [...new Set(policy.map(({ resource }) => resource))];
const allowed = (role: AccessRole) =>
  policy.filter(({ who }) => who[role] !== undefined).map(({ resource, gives }) => ({ resource, gives }));
const withContent = (role: AccessRole): Resource[] =>
  allowed(role).flatMap(({ resource, gives }) => (gives === "content" ? [resource] : []));

describe("the policy", () => {
  test("has a row for what is behind every door, and a door to every row", () => {
    const behind = new Set<string>([...Object.values(httpDoors), ...Object.values(queryDoors), "command"]);
    expect(resources.filter((resource) => !behind.has(resource) && resource !== "audit")).toEqual([]);
    expect([...behind].filter((resource) => !resources.some((one) => one === resource))).toEqual([]);
  });

  test("names for every row who, a relation, and a rule of law with its source", () => {
    for (const { who, relations, basis } of policy) {
      expect(Object.keys(who).length).toBeGreaterThan(0);
      expect(relations.length).toBeGreaterThan(0);
      expect(legalBases[basis].source).toMatch(/.{10}/);
    }
  });

  test("gives a committee figures, and nothing about anybody", () => {
    const seen = allowed("committee").filter(({ gives }) => gives !== "nothing-personal");
    expect(seen).toEqual([{ resource: "figures", gives: "figures" }]);
  });

  test("gives those who run the hub no content but an original that they repair", () => {
    expect(withContent("operator")).toEqual(["original"]);
    expect(mayI({ roles: ["operator"] }, { resource: "original", relation: "sender" }).yes).toBe(false);
    expect(mayI({ roles: ["operator"] }, { resource: "original", relation: "repair" })).toMatchObject({
      yes: true,
      basis: "repair",
    });
  });

  test("gives a controller no content", () => {
    expect(withContent("controller")).toEqual([]);
  });

  test("lets nobody see a case without being or having been a party, or an emergency", () => {
    const rows = policy.filter(({ resource }) => resource === "case" || resource === "attachment");
    const relations = new Set(rows.flatMap((row) => row.relations));
    expect([...relations].toSorted()).toEqual(["emergency", "former", "party"]);
  });

  test("adds up roles: what one of them allows is allowed", () => {
    expect(mayI({ roles: ["committee", "doctor"] }, { resource: "case", relation: "party" }).yes).toBe(true);
    expect(mayI({ roles: [] }, { resource: "hub-page" }).yes).toBe(false);
  });

  test("says whether it is the role or the relation that is wanting", () => {
    const codeOf = (role: AccessRole, resource: Resource, relation?: "party" | "own") => {
      const may = mayI({ roles: [role] }, { resource, relation });
      return may.yes ? "yes" : may.code;
    };
    expect(codeOf("committee", "case")).toBe("role-not-allowed");
    expect(codeOf("doctor", "hops")).toBe("operator-only");
    expect(codeOf("doctor", "delivery", "party")).toBe("sender-not-authorised");
    expect(codeOf("doctor", "case", "party")).toBe("yes");
  });

  test("answers for every role, resource and relation, and by no other roles than it has rows for", () => {
    const relations = [...new Set(policy.flatMap((row) => row.relations))];
    for (const role of roles)
      for (const resource of resources)
        for (const relation of relations) {
          const rows = policy.filter((row) => row.resource === resource && row.relations.includes(relation));
          const expected = rows.some(({ who }) => who[role] !== undefined);
          expect(mayI({ roles: [role] }, { resource, relation }).yes).toBe(expected);
        }
  });
});
