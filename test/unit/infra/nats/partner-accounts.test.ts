import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { partnerCommands, partnerQueries } from "../../../../contracts/codes/partner-calls.ts";
import { DirectoryFile } from "../../../../contracts/messages/directory.ts";
import { commandAddresses } from "../../../../gateways/client/command-addresses.ts";
import { accountsText, keyProblems, PartnerKeys } from "../../../../infra/nats/partner-accounts.ts";
import { commandTables, queryTables } from "../../../../infra/setup/message-tables.ts";

const [practice, department] = ["5790000100019", "5790000200016"];
const key = (letter: string): string => `U${letter.repeat(55)}`;
const { organisations } = DirectoryFile.parse(
  JSON.parse(await readFile("services/directory/region.json", "utf8")),
);
const keys = (more: object = {}) =>
  PartnerKeys.parse({
    hub: [key("H")],
    partners: [
      { gln: practice, nkeys: [key("P")] },
      { gln: department, nkeys: [key("D"), key("E")] },
    ],
    ...more,
  });
const [first] = organisations;
const withSubject = (gln: string, subject: string) => {
  if (first === undefined) throw new Error("no organisation");
  const channel = {
    standard: "json",
    transport: "nats",
    accepts: ["*"],
    sendsReceipts: false,
    nats: { subject },
  };
  const { organisations: made } = DirectoryFile.parse({
    ...{ format: "sektorbro-directory", version: 1, organisations: [{ ...first, gln, channels: [channel] }] },
  });
  return made;
};

describe("the configuration of the server", () => {
  test("lets a partner what is its own, and nothing of JetStream", () => {
    const text = accountsText(keys(), { organisations });
    const user = text.slice(text.indexOf(key("P")), text.indexOf(key("D")));
    expect(user).toContain(`publish: { allow: ["from.${practice}.>"] }`);
    expect(user).toContain(`subscribe: { allow: ["partner.${practice}.>", "_INBOX_${practice}.>"] }`);
    expect(text).not.toContain("$JS");
    // A key is changed by naming both for a while.
    expect(text.match(new RegExp(`publish: { allow: \\["from.${department}.>"\\]`, "g"))).toHaveLength(2);
  });

  test("asks for clients' certificates where their issuers are named", () => {
    const tls = { cert: "/etc/nats/nats.crt", key: '/etc/"nats"/nats.key' };
    expect(accountsText(keys(), { tls })).not.toContain("verify");
    const text = accountsText(keys(), { tls: { ...tls, ca: "/etc/nats/ca.pem" } });
    expect(text).toContain("verify: true");
    expect(text).toContain('key_file: "/etc/\\"nats\\"/nats.key"');
  });
});

describe("keys that must not be used", () => {
  test("of a good set there are none", () => {
    expect(keyProblems(keys(), organisations)).toEqual([]);
  });

  test("one key is one user's, and one organisation stands once", () => {
    const partners = [
      { gln: practice, nkeys: [key("P")] },
      { gln: practice, nkeys: [key("P"), key("H")] },
    ];
    const problems = keyProblems(keys({ partners }), undefined).join(" ");
    for (const one of [key("P"), key("H"), practice]) expect(problems).toContain(`${one} stands twice`);
  });

  test("somebody who is not in the directory, and a subject that is another's, are told", () => {
    const partners = [{ gln: "5790000999998", nkeys: [key("X")] }];
    expect(keyProblems(keys({ partners }), organisations)).toEqual([
      "5790000999998 is not in the directory.",
    ]);
    const taken = withSubject(department, `partner.${practice}.in`);
    expect(
      keyProblems(keys({ partners: [{ gln: practice, nkeys: [key("P")] }] }), taken).join(" "),
    ).toContain("among the subjects of another partner");
  });

  test("a private seed is no public key: it does not get into a configuration", () => {
    expect(PartnerKeys.safeParse({ hub: [`S${key("H")}`] }).success).toBe(false);
  });
});

test("what partners may command is what organisations may over HTTP, and the hub knows all that they may say", () => {
  expect([...partnerCommands].toSorted()).toEqual(Object.keys(commandAddresses).toSorted());
  expect([...partnerCommands].filter((type) => commandTables[type] === undefined)).toEqual([]);
  expect([...partnerQueries].filter((type) => queryTables[type] === undefined)).toEqual([]);
});
