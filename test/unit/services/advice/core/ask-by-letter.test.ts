import { describe, expect, it } from "vitest";
import {
  endo,
  given,
  gp,
  letter,
  naming,
  patient,
  photo,
  received,
} from "../../../../support/advice-given.ts";
import { changed, oioxmlTaking, organisation, regionWith, who } from "../../../../support/region-view.ts";

describe("a letter that belongs to no thread", () => {
  it("asks, as it was written, and never with consent to a conversion", () => {
    const written = letter(gp, endo, { letterId: "BREV7", priority: "high" });
    given()
      .when(received(written), gp)
      .thenDecides({
        facts: [
          {
            type: "AdviceAsked",
            kind: "specialist",
            asker: gp,
            unit: endo,
            channel: "electronic",
            mayConvert: false,
            letter: written,
            attachments: [],
          },
        ],
        tell: [{ to: endo, from: gp, fact: 0 }],
        parties: [gp, endo],
        owing: [{ kind: "specialist", debtor: endo, creditor: gp }],
      });
  });

  it("may name attachments that travel by themselves, and needs no way in for them", () => {
    const lettersOnly = { directory: regionWith(changed(endo, { channels: oioxmlTaking("XDIS91") })) };
    const verdict = given().when(received(letter(gp, endo, naming(photo.objectId))), gp, lettersOnly);
    expect(verdict.decision).toMatchObject({ kind: "record" });
  });

  it("opens a case also when it calls itself corrected", () => {
    expect(given().when(received(letter(gp, endo, { status: "corrected" })), gp).decision).toMatchObject({
      facts: [{ type: "AdviceAsked" }],
    });
  });

  it("is refused when it names another sender than who sent it", () => {
    given()
      .when(received(letter(gp, endo)), who.otherPractice)
      .thenRefuses("sender-not-authorised", "sender.gln");
  });

  it("is refused from a sender, or to a receiver, that the directory does not know", () => {
    const foreign = letter(gp, endo);
    const stranger = { ...foreign, sender: { ...foreign.sender, gln: who.nobody } };
    given().when(received(stranger), who.nobody).thenRefuses("sender-unknown", "sender.gln");
    const lost = { ...foreign, receiver: { ...foreign.receiver, gln: who.nobody } };
    given().when(received(lost), gp).thenRefuses("receiver-unknown", "receiver.gln");
  });

  it("is refused when the receiver's identifier is another's", () => {
    const wrong = { ...letter(gp, endo) };
    const mistaken = {
      ...wrong,
      receiver: {
        ...wrong.receiver,
        identifier: { code: "sygehusafdelingsnummer", value: "9901020" } as const,
      },
    };
    given().when(received(mistaken), gp).thenRefuses("receiver-id-mismatch", "receiver.identifier");
  });

  it("is taken when its identifier is of a kind that the directory does not know of the receiver", () => {
    const base = letter(gp, endo);
    const other = {
      ...base,
      receiver: { ...base.receiver, identifier: { code: "ydernummer", value: "123456" } as const },
    };
    expect(given().when(received(other), gp).decision).toMatchObject({ kind: "record" });
  });

  it("is correspondence when a department writes to a practice", () => {
    expect(given().when(received(letter(endo, gp)), endo).decision).toMatchObject({
      facts: [{ kind: "correspondence", asker: endo, unit: gp }],
    });
  });

  it("never repeats a value of its sender in a problem", () => {
    const { decision } = given().when(received(letter(gp, endo)), who.otherPractice);
    const told = JSON.stringify(decision);
    expect(told).not.toContain(patient.cpr);
    expect(told).not.toContain(organisation(gp).name);
  });
});
