import { describe, expect, it } from "vitest";
import { sha256 } from "../../../../infra/ids.ts";
import { conversationKey, episodeKey, keysOfLetter, turnKey } from "../../../../services/case/thread-keys.ts";
import { endo, gp, letter, patient } from "../../../support/advice-given.ts";
import { threadOf } from "../../../support/care-given.ts";
import { who } from "../../../support/region-view.ts";

const question = letter(gp, endo);
const reply = letter(endo, gp);
const as = (text: string): string => text;

describe("the thread of an episode of care", () => {
  it("is the same from either party", () => {
    expect(episodeKey(question, sha256)).toBe(episodeKey(reply, sha256));
  });

  it("is the same however the identifier is written: hyphens and case are not what it is", () => {
    const written = (episodeOfCareId: string) => episodeKey({ ...question, episodeOfCareId }, sha256);
    expect(written("7e1f9a2c-0b3d-4e5f-8a9b-0c1d2e3f4a5")).toBe(written("7E1F9A2C0B3D4E5F8A9B0C1D2E3F4A5"));
  });

  it("is another between other parties, and in another episode", () => {
    expect(episodeKey(letter(gp, who.cardiology), sha256)).not.toBe(episodeKey(question, sha256));
    expect(episodeKey({ ...question, episodeOfCareId: "E" }, sha256)).not.toBe(episodeKey(question, sha256));
  });

  it("is another about another patient: an episode borne by mistake leads to nobody else's case", () => {
    const { cpr: _, ...unnumbered } = { ...patient, episodeOfCareStatus: "inaktiv" as const };
    const other = { ...question, patient: { ...unnumbered, alternativeId: "010736TEST" } };
    expect(episodeKey(other, sha256)).not.toBe(episodeKey(question, sha256));
  });

  it("is none without an identifier", () => {
    const { episodeOfCareId: _, ...bare } = question;
    expect(episodeKey(bare, sha256)).toBeUndefined();
  });
});

describe("the thread in which one owes another a letter", () => {
  it("has a direction", () => {
    expect(turnKey(question, { from: gp, to: endo }, sha256)).not.toBe(
      turnKey(question, { from: endo, to: gp }, sha256),
    );
  });

  it("is about one citizen, by whichever number", () => {
    const { cpr: _, ...unnumbered } = patient;
    const other = letter(gp, endo, {
      patient: { ...unnumbered, alternativeId: "010736TEST", episodeOfCareStatus: "inaktiv" },
    });
    const key = (l: typeof question) => turnKey(l, { from: gp, to: endo }, sha256);
    expect(key(other)).not.toBe(key(question));
    expect(key({ ...reply, letterId: "BREV9" })).toBe(key(question));
  });

  it("is never mistaken for that of an episode", () => {
    expect(turnKey(question, { from: gp, to: endo }, as).startsWith("turn|")).toBe(true);
    expect(episodeKey(question, as)?.startsWith("episode|")).toBe(true);
  });
});

describe("a key", () => {
  it("tells nobody's number: what is stored is its digest", () => {
    expect(turnKey(question, { from: gp, to: endo }, as)).toContain(patient.cpr);
    expect(turnKey(question, { from: gp, to: endo }, sha256)).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("the thread of a FHIR correspondence", () => {
  const thread = threadOf("B", "A");

  it("is the same from either party, however its id is written", () => {
    const written = (id: string, l = question) => conversationKey(l, id, sha256);
    expect(written(thread.id, reply)).toBe(written(thread.id));
    expect(written(thread.id.toUpperCase())).toBe(written(thread.id));
    expect(written(thread.id.replaceAll("-", "").replace("urn:uuid:", ""))).toBe(written(thread.id));
  });

  it("is another between other parties, and of another id", () => {
    const key = (l: typeof question, id = thread.id) => conversationKey(l, id, sha256);
    expect(key(letter(gp, who.cardiology))).not.toBe(key(question));
    expect(key(question, `${thread.id}0`)).not.toBe(key(question));
  });

  it("is looked for before the episode of care and whose turn it is, for a reply", () => {
    const episode = episodeKey(reply, sha256);
    const turn = turnKey(reply, { from: endo, to: gp }, sha256);
    expect(keysOfLetter(reply, thread, sha256)).toEqual({
      named: conversationKey(reply, thread.id, sha256),
      others: [episode, turn],
    });
    expect(keysOfLetter(reply, undefined, sha256)).toEqual({ named: undefined, others: [episode, turn] });
  });

  it("is all that a new message and a forward are looked for by", () => {
    const named = { named: conversationKey(reply, thread.id, sha256), others: [] };
    expect(keysOfLetter(reply, threadOf("A"), sha256)).toEqual(named);
    expect(keysOfLetter(reply, { ...thread, activity: "forward-message" }, sha256)).toEqual(named);
  });
});
