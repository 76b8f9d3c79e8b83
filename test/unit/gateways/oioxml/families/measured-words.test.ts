import { describe, expect, it } from "vitest";
import { toPlainText } from "../../../../../contracts/formatted-text.ts";
import { observationWords } from "../../../../../gateways/families/words/observation.ts";
import { localDateTimeOf } from "../../../../../services/case/clock-zone.ts";
import { createEpisode, factOf, isbar, team, totalling } from "../../../../support/observation-given.ts";

const party = { gln: team, identifier: { code: "lokationsnummer", value: team } } as const;
const saying = { records: [], parties: { from: party, to: party }, localTime: localDateTimeOf };
const refusal = "Borgeren har nægtet, at oplysningerne videregives til andre.";
const glucose = {
  codes: [{ system: "urn:oid:1.2.208.176.2.1", code: "NPU22089", name: "P(kB)—Glucose" }],
  value: "6.80",
  unit: { text: "mmol/L" },
  measuredAt: "2026-11-23T08:50:00.000Z",
  note: "Ikke fastende",
};

const wordsOf = (measurement: object, change: object = {}) => {
  const episode = createEpisode();
  episode.open(measurement, change);
  const facts = episode.facts();
  const said = facts.filter(({ type }) => ["Measured", "PartlyMeasured", "DoctorAsked"].includes(type));
  return said.map((fact) => {
    const { subject, text } = observationWords(fact, saying);
    return { subject, text: toPlainText(text) };
  });
};

describe("a measurement in plain Danish", () => {
  it("says first that the citizen refuses that it is passed on, in the question to a doctor too", () => {
    const [measured, asked] = wordsOf({ values: totalling(3), isbar }, { restricted: true });
    expect(measured?.text.split("\n")[0]).toBe(refusal);
    expect(asked?.text).toContain(refusal);
    expect(JSON.stringify(wordsOf({ values: totalling(3), isbar }))).not.toContain(refusal);
  });

  it("says what no scheme scores by its Danish name, with a comma and its remark", () => {
    const [words] = wordsOf({ values: {}, results: [glucose] });
    expect(words?.subject).toBe("Målte værdier");
    expect(words?.text).toContain("Glukose (kapillærblod): 6,80 mmol/L (Ikke fastende)");
    expect(words?.text).not.toContain("Mangler");
  });

  it("says a scored value once, and its remark where there is one", () => {
    const pulse = {
      ...glucose,
      codes: [{ system: "urn:oid:1.2.208.176.2.1", code: "NPU21692" }],
      value: "92",
      parameter: "pulse",
    };
    const { note: _note, ...plain } = pulse;
    expect(wordsOf({ values: totalling(1), results: [plain] })[0]?.text).not.toContain("Øvrige resultater");
    expect(wordsOf({ values: totalling(1), results: [pulse] })[0]?.text).toContain(
      "Puls: 92 mmol/L (Ikke fastende)",
    );
  });

  it("says which measurement it stands instead of, and whom it is for", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(0) });
    const replaces = { measurement: 1, reason: "Tastefejl" };
    const payload = { measurement: { values: totalling(0), requester: "OKM" }, replaces };
    episode.decide({ type: "observation.measure", by: team, payload });
    const { text } = observationWords(factOf(episode.last()?.facts ?? [], "Measured"), saying);
    expect(toPlainText(text)).toContain("Erstatter måling nr. 1, som var en fejl.");
    expect(toPlainText(text)).toContain("Til: OKM");
  });
});
