import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { FhirResource } from "../../../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage } from "../../../../../../gateways/fhir/codec/rules/check-message.ts";
import { sampleOf } from "../../../../../support/fhir-samples.ts";

const root = "../shared/fhir/samples";
const present = existsSync(`${root}/EXPECTED.tsv`);

const expected = present
  ? readFileSync(`${root}/EXPECTED.tsv`, "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => {
        const [file = "", words = ""] = line.split("\t");
        return { file, words };
      })
  : [];

/** Messages of FHIR by their folders; conversions have OIOXML and envelopes beside them. */
const isMessage = (file: string): boolean =>
  /^(?:hospitalnotification|carecommunication-v5|acknowledgement|homecareobservation)\//.test(file) ||
  /(?:CareCommunication|Acknowledgement)_Ex/.test(file);
const messages = expected.filter(({ file }) => isMessage(file));
const valid = messages.filter(({ words }) => !words.startsWith("INVALID"));
const formats = valid
  .flatMap(({ file }) => [file, file.replaceAll("xml", "json")])
  .filter((file) => existsSync(`${root}/${file}`));

describe.runIf(present)("MedCom's published messages", () => {
  it.each(formats)("%s has no error", (file) => {
    const { kind, problems } = checkMessage(sampleOf(file));
    expect(kind).toBeDefined();
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("warn of ids that are no UUIDs and of answers that name two messages, and of nothing else", () => {
    const rules = formats.flatMap((file) => checkMessage(sampleOf(file)).problems.map(({ rule }) => rule));
    expect([...new Set(rules)].toSorted()).toEqual([
      "Ack-correlation",
      "medcom-messaging-message:id",
      "medcom-messaging-messageHeader:id",
    ]);
  });

  it("HN_TEK_FCC has two errors, which name both missing codes", () => {
    // Reading refuses it for what R4 itself demands; the rules tell what is missing of a bundle read without that.
    const file = `${root}/hospitalnotification/json/HN_TEK_FCC.json`;
    const { kind, problems } = checkMessage(JSON.parse(readFileSync(file, "utf8")) as FhirResource);
    expect(kind).toBe("HospitalNotification");
    const errors = problems.filter(({ severity }) => severity === "error").map(({ path }) => path);
    expect(errors).toContain("Bundle.entry[0].resource.eventCoding.code");
    expect(errors).toContain("Bundle.entry[2].resource.class.code");
    expect(errors.every((path) => /\.(?:eventCoding|class)\./.test(path))).toBe(true);
  });
});
