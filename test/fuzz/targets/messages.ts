import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { Problem, problemsOf } from "../../../contracts/problem.ts";
import { partnerInbox } from "../../../contracts/subjects.ts";
import {
  deliveryName,
  deliveryOf,
  envelopeReceiptName,
  isGlnName,
  isLeftAlone,
  problemsName,
  receiptName,
  refusedName,
} from "../../../gateways/folder/core/names.ts";
import { parseJsonBody } from "../../../gateways/http/json-body.ts";
import { envelopeOf, mayHear, spokenOn } from "../../../gateways/partners/core/calls.ts";
import { namedContracts } from "../../../infra/setup/write-schemas.ts";
import { checkSet, readSet } from "../../../services/agreement/core/check-set.ts";
import { mutate as mutateJson } from "../../support/fhir-mutations.ts";
import { pick, upTo } from "../../support/mutation-parts.ts";
import type { Random } from "../../support/oioxml-mutations.ts";
import { mustBe, type Target } from "../target.ts";

const asJson = (bytes: Uint8Array, random: Random): Uint8Array => mutateJson(bytes, random).bytes;
const examples = (under: RegExp): Uint8Array[] =>
  readdirSync("contracts/examples", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json") && under.test(file))
    .toSorted()
    .map((file) => readFileSync(`contracts/examples/${file}`));

const contracts = namedContracts();
const Example = z.object({ schema: z.string(), message: z.unknown() });

const checkProblems = (problems: readonly Problem[], message: unknown): void => {
  mustBe(problems.length > 0, "refused without a reason");
  const values = JSON.stringify(message ?? null).match(/\d{6,}/g) ?? [];
  for (const problem of problems) {
    Problem.parse(problem);
    mustBe(!values.some((value) => problem.message.includes(value)), "a problem repeats a value");
  }
};

/** JSON of anybody against every contract there is: the input names which. */
const runContract = (bytes: Uint8Array): void => {
  const parsed = parseJsonBody(Buffer.from(bytes));
  if ("refused" in parsed) return;
  const example = Example.safeParse(parsed.value);
  if (!example.success) return;
  const { schema, message } = example.data;
  const result = contracts.get(schema)?.safeParse(message);
  if (result?.success === false) checkProblems(problemsOf(result.error), message);
};

/** Files of a region: answer times, as a folder of them is read. */
const runAgreements = (bytes: Uint8Array): void => {
  const parsed = parseJsonBody(Buffer.from(bytes));
  if ("refused" in parsed || typeof parsed.value !== "object" || parsed.value === null) return;
  const set: unknown = "message" in parsed.value ? parsed.value.message : parsed.value;
  const read = readSet("agreements.json", set);
  if (read.ok) checkSet([{ file: "agreements.json", set: read.set }], { today: "2026-11-23" });
  else mustBe(read.problems.length > 0, "refused without a reason");
};

const gln = "5790000100019";
const other = "5790000200016";
const newLine = 0x0a;
const halves = (bytes: Uint8Array): [string, Uint8Array] => {
  const at = bytes.indexOf(newLine);
  const end = at === -1 ? bytes.length : at;
  return [Buffer.from(bytes.subarray(0, end)).toString("utf8"), bytes.subarray(end + 1)];
};

/** The first line is a subject of NATS, the rest what was published there. */
const runPartner = (bytes: Uint8Array): void => {
  const [subject, body] = halves(bytes);
  mustBe(!mayHear(gln, subject) || subject.startsWith(`${partnerInbox(gln)}.`), "an answer goes elsewhere");
  const spoken = spokenOn(subject);
  if (spoken === undefined) return;
  mustBe(subject.startsWith(`from.${spoken.gln}.`), "the subject names somebody else");
  const parsed = parseJsonBody(Buffer.from(body));
  const said = "value" in parsed ? parsed.value : undefined;
  const made = envelopeOf(spoken, said, { time: "2026-11-23T08:00:00.000Z", speaksFor: [gln] });
  if ("refusal" in made) z.array(Problem).parse(made.refusal.problems);
  else {
    mustBe(made.envelope.sender === gln, "speaks for somebody else");
    mustBe(made.envelope.id.startsWith(`${gln}:`), "an id that is not its own");
    mustBe(!("original" in made.envelope) && !("letter" in made.envelope), "brings what is the hub's own");
  }
};
const subjects = [
  ...[`from.${gln}.cmd.advice.ask`, `from.${gln}.qry.worklist.inbox`, `from.${gln}.doc`],
  ...[`from.${other}.cmd.advice.ask`, `_INBOX_${gln}.x`, "case.advice.x", "from.*.cmd.>"],
];
const subjectPieces = [".", "*", ">", " ", "\t", "\r", "\u0000", "..", gln, other, "cmd", "qry", "__proto__"];
const mutatePartner = (bytes: Uint8Array, random: Random): Uint8Array => {
  const [subject, body] = halves(bytes);
  const at = upTo(random, subject.length + 1);
  const changed =
    random() < 0.5
      ? subject
      : subject.slice(0, at) + pick(random, subjectPieces) + subject.slice(at + upTo(random, 3));
  return Buffer.concat([Buffer.from(`${changed}\n`), random() < 0.3 ? body : asJson(body, random)]);
};

const digest = "a".repeat(64);
/** Names of files as somebody else's system makes them up, and what the hub calls its own after them. */
const runNames = (bytes: Uint8Array): void => {
  const name = Buffer.from(bytes).toString("utf8");
  mustBe(!isGlnName(name) || /^[0-9]{13}$/.test(name), "a folder that is no GLN's");
  isLeftAlone(name, new Set([`${name}.lock`]));
  const refused = refusedName(name, digest);
  const made = [
    ...[receiptName(name, digest, "application/xml"), envelopeReceiptName(name, digest, name)],
    ...[
      refused,
      problemsName(refused),
      deliveryName("0-1-2.1.0", name.slice(0, 30), "application/fhir+json"),
    ],
  ];
  for (const one of made) {
    mustBe(Buffer.byteLength(one) <= 255, "a name that no file system takes");
    mustBe(!/[\\/:*?"<>|\p{Cc}]/u.test(one) && !/^\.|[. ]$/.test(one), "a name that leads elsewhere");
  }
  const delivery = deliveryOf(name);
  mustBe(delivery === undefined || name.startsWith(delivery), "a delivery that nobody named");
};
const namePieces = [
  "../",
  "/",
  "\\",
  "\u0000",
  ".",
  "..",
  " ",
  "~$",
  ".lock",
  "%2e%2e",
  "æøå",
  "\u202e",
  "con",
  ":",
];
const mutateName = (bytes: Uint8Array, random: Random): Uint8Array => {
  const text = Buffer.from(bytes).toString("utf8");
  const at = upTo(random, text.length + 1);
  const piece = pick(random, namePieces).repeat(1 + upTo(random, random() < 0.1 ? 200 : 2));
  return Buffer.from(text.slice(0, at) + piece + text.slice(at + upTo(random, 3)));
};

/** What is said in the hub's own words: JSON, subjects, names of files. */
export const messageTargets: readonly Target[] = [
  {
    name: "contract",
    seeds: () => examples(/\/(valid|invalid)\//),
    mutate: asJson,
    run: runContract,
  },
  { name: "agreements", seeds: () => examples(/^agreements\//), mutate: asJson, run: runAgreements },
  {
    name: "partner",
    seeds: () =>
      subjects.flatMap((subject) =>
        examples(/^partner\/valid/).map((body) => Buffer.concat([Buffer.from(`${subject}\n`), body])),
      ),
    mutate: mutatePartner,
    run: runPartner,
  },
  {
    name: "names",
    seeds: () =>
      ["brev.xml", "5790000100019", "3f2c-1.1.0.XDIS91.xml", ".skjult", "a.tmp"].map((text) =>
        Buffer.from(text),
      ),
    mutate: mutateName,
    run: runNames,
  },
];
