import { describe, expect, it } from "vitest";
import { issueDetails } from "../../../../../../contracts/codes/fhir-acknowledgement.ts";
import { checkMessage, messageRules } from "../../../../../../gateways/fhir/codec/rules/check-message.ts";
import { ruleCodes } from "../../../../../../gateways/fhir/codec/rules/rule-codes.ts";
import { brokenShared } from "../../../../../support/fhir-bundle-broken.ts";
import { brokenCare, brokenHomeCare } from "../../../../../support/fhir-bundle-broken-people.ts";
import { brokenAcknowledgement, brokenHospital } from "../../../../../support/fhir-bundle-broken-stays.ts";
import {
  acknowledgement,
  careCommunication,
  fhirParties,
  homeCareObservation,
  hospitalNotification,
} from "../../../../../support/fhir-bundles.ts";

const rules = new Map(messageRules.flatMap((one) => one.rules.map((rule) => [rule.id, rule])));
const broken = [
  ...brokenShared,
  ...brokenHospital,
  ...brokenCare,
  ...brokenHomeCare,
  ...brokenAcknowledgement,
];

describe("a message of its kind", () => {
  const whole = [
    ["a notification", "HospitalNotification", "3.0", hospitalNotification()],
    [
      "a notification with a report",
      "HospitalNotification",
      "3.0",
      hospitalNotification({ reportTo: fhirParties.otherMunicipality }),
    ],
    ["a death", "HospitalNotification", "3.0", hospitalNotification({ deceased: true, status: "finished" })],
    ["a letter", "CareCommunication", "5.0", careCommunication()],
    ["a letter of a later version", "CareCommunication", "5.4", careCommunication({ version: "5.4" })],
    ["an observation", "HomeCareObservation", "1.1", homeCareObservation()],
    [
      "an observation of a later version",
      "HomeCareObservation",
      "1.2",
      homeCareObservation({ version: "1.2" }),
    ],
    ["an answer", "Acknowledgement", "2.0", acknowledgement()],
    ["a refusal", "Acknowledgement", "2.0", acknowledgement({ code: "fatal-error" })],
  ] as const;

  it.each(whole)("%s breaks no rule", (_, kind, version, bundle) => {
    expect(checkMessage(bundle)).toEqual({ kind, version, problems: [] });
  });
});

describe("each rule", () => {
  it.each(broken.map((one) => [one.rule, one] as const))(
    "%s is told at its place, and no other rule",
    (rule, one) => {
      const { bundle, at, also = [] } = one;
      const { problems } = checkMessage(bundle);
      const told = problems.map((problem) => problem.rule);
      expect([...new Set(told)].toSorted()).toEqual([rule, ...also].toSorted());
      expect(problems.filter((problem) => problem.rule === rule).map(({ path }) => path)).toContain(at);
    },
  );

  it.each([...rules.keys()])("%s has a message that breaks it", (id) => {
    expect(broken.map(({ rule }) => rule)).toContain(id);
  });

  it("says where it comes from, and speaks both languages without a value", () => {
    for (const { source, says } of rules.values()) {
      expect(source).not.toBe("");
      for (const text of [says.en, says.da]) expect(text).toMatch(/^\p{Lu}.*\.$/u);
    }
    for (const { bundle } of broken)
      for (const { text } of checkMessage(bundle).problems)
        expect(`${text.en} ${text.da}`).not.toMatch(/Prøve|\d{6}/);
  });
});

describe("each code of a problem", () => {
  const known = new Set(issueDetails.codes.map(({ system, code }) => `${system}|${code}`));

  it.each(Object.entries(ruleCodes))(
    "%s has a name in MedCom's list of issue details",
    (_, { acknowledgement: name }) => {
      expect(known).toContain(`${name.system}|${name.code}`);
    },
  );

  it("is one that a rule or a row tells", () => {
    const told = new Set(
      broken.flatMap(({ bundle }) => checkMessage(bundle).problems.map(({ code }) => code)),
    );
    const inRows = [
      "element-required",
      "element-too-many",
      "element-forbidden",
      "value-fixed",
      "code-unlisted",
      "reference-missing",
      "reference-type-wrong",
    ];
    const ofContract = ["element-too-long", "element-unfit"];
    const elsewhere = ["bundle-expected", "message-type-unknown", "message-version-wrong", ...ofContract];
    const forms = messageRules.flatMap(({ profiles }) =>
      profiles.flatMap(([, { rows }]) => rows.flatMap(({ form, code }) => [form?.code, code])),
    );
    const all = new Set<string | undefined>([...told, ...inRows, ...elsewhere, ...forms]);
    expect(Object.keys(ruleCodes).filter((code) => !all.has(code))).toEqual([]);
  });
});
