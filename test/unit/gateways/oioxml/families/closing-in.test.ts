import { describe, expect, it } from "vitest";
import type { ClinicalLetter } from "../../../../../contracts/letters/any-letter.ts";
import { ReferralCommand } from "../../../../../contracts/messages/referral.ts";
import { xdis02, xdis13, xdis15, xdis22 } from "../../../../support/closing-letters.ts";
import { leavesOf } from "../../../../support/leaves.ts";
import { createLetterCases, type LetterCases, throughXml } from "../../../../support/letter-cases.ts";
import { oio } from "../../../../support/oioxml-region.ts";
import { episode, xref01, xref15, xref22 } from "../../../../support/referral-letters.ts";
import { who } from "../../../../support/region-view.ts";

const opened = async (letter: ClinicalLetter): Promise<{ hub: LetterCases; caseId: string }> => {
  const hub = createLetterCases();
  return { hub, caseId: (await hub.sent(letter)).caseId };
};
const statusOf = (hub: LetterCases, caseId: string): string => hub.view(caseId).status;
const typesTo = (hub: LetterCases, gln: string, caseId: string): string[] =>
  hub.owedTo(gln, caseId).map(({ documentType }) => documentType);

const pairs = [
  [xref01(), xdis02()],
  [xref15(), xdis15()],
  [xref22(), xdis22()],
  [xref01(), xdis13()],
] as const;

/**
 * The parties and the citizen are the case's own; a letter's number and head are in the record, with the letter itself. What
 * a booking answer calls the referral has found the case.
 */
const administrative =
  /^(type|version|letterId|statisticalCode|authorised|episodeOfCareId|sender\.|receiver\.|patient\.(?!episodeOfCareStatus))/;

describe("an answer by letter", () => {
  it.each(pairs)(
    "(%#) says nothing that is neither in the command nor in its notes",
    async (referral, letter) => {
      const { hub } = await opened(referral);
      const { payload, notes } = hub.read(throughXml(letter));
      const told = leavesOf(payload).map(({ value }) => value);
      const missing = leavesOf(letter)
        .filter(({ path }) => !administrative.test(path))
        .filter(({ value }) => !told.includes(value));
      expect(missing.map(({ path }) => path)).toEqual(
        letter.type === "XDIS13" ? ["patient.episodeOfCareStatus", "referral.identifier"] : [],
      );
      expect(notes).toEqual([]);
    },
  );

  it.each(pairs)("(%#) is a command that the service takes, matched and not", async (referral, letter) => {
    const { hub } = await opened(referral);
    for (const { type, payload } of [hub.read(letter), createLetterCases().read(letter)]) {
      if (!type.startsWith("referral.")) continue;
      const plain = JSON.parse(JSON.stringify(payload)) as unknown;
      expect(ReferralCommand.safeParse({ type, id: "1", payload: plain }).error).toBeUndefined();
    }
  });
});

describe("a closing letter", () => {
  it.each([
    [xref01(), xdis02()],
    [xref15(), xdis15()],
    [xref22(), xdis22()],
  ] as const)(
    "(%#) concludes the referral that it answers, and reaches its sender as it was written",
    async (referral, letter) => {
      const { hub, caseId } = await opened(referral);
      const reply = await hub.sent(letter);
      expect(reply).toMatchObject({ caseId, facts: ["ReferralConcluded"] });
      expect(statusOf(hub, caseId)).toBe("concluded");
      expect(typesTo(hub, oio.practice, caseId)).toEqual([letter.type]);
      expect(hub.view(caseId).clocks.filter(({ status }) => status === "running")).toEqual([]);
      expect(await hub.sent(letter)).toEqual({ ...reply, duplicate: true });
    },
  );

  it("of an acute team says that the note alone is not enough", async () => {
    const { hub } = await opened(xref22());
    expect((await hub.sent(xdis22())).warnings).toMatchObject([{ code: "phone-the-result" }]);
  });

  it("has all its texts in order, what is recommended first, and who signed", async () => {
    const { hub, caseId } = await opened(xref01());
    await hub.sent(xdis02());
    const [fact] = hub.cases.records(caseId).at(-1)?.facts ?? [];
    expect(JSON.stringify(fact)).toContain(
      JSON.stringify([
        "Fjern agrafferne om ti dage.",
        { el: "Break" },
        { el: "Break" },
        "Operation uden problemer.",
        { el: "Break" },
        { el: "Break" },
        "Kontrol: heler pænt.",
      ]),
    );
    expect(fact).not.toHaveProperty("signedBy.name");
    const other = await opened(xref22());
    await other.hub.sent(xdis22());
    expect(other.hub.cases.records(other.caseId).at(-1)?.facts[0]).toMatchObject({
      signedBy: { name: "Prøve Sygeplejersken", title: "Akutsygeplejerske" },
    });
  });

  it("that is corrected is told as the correction, on the same referral", async () => {
    const { hub, caseId } = await opened(xref01());
    await hub.sent(xdis02());
    const corrected = xdis02({ status: "corrected", authorised: "2026-12-08T08:00" });
    expect(await hub.sent(corrected)).toMatchObject({ caseId, facts: ["ReferralConclusionCorrected"] });
    expect(typesTo(hub, oio.practice, caseId)).toEqual(["XDIS02", "XDIS02"]);
  });

  it("that is one more, or comes after the referral was withdrawn, still reaches the sender", async () => {
    const { hub, caseId } = await opened(xref01());
    await hub.does("referral.withdraw", oio.practice, { caseId, reason: "Løst" });
    expect(await hub.sent(xdis02())).toMatchObject({ caseId, facts: ["ReferralClosingAdded"] });
    expect(await hub.sent(xdis02({ letterId: "EPI2" }))).toMatchObject({ facts: ["ReferralClosingAdded"] });
    expect(statusOf(hub, caseId)).toBe("withdrawn");
    expect(typesTo(hub, oio.practice, caseId)).toEqual(["XDIS02", "XDIS02"]);
  });

  it("of a stay that names no referral is none's, though one is open", async () => {
    const { hub, caseId } = await opened(xref01());
    const stay = xdis02({ type: "XDIS01", version: "XD0134L", referral: undefined });
    expect(hub.read(stay).type).toMatch(/^discharge\./);
    expect(hub.read(xdis02({ type: "XDIS03", version: "XD0334L", referral: undefined })).type).toMatch(
      /^discharge\./,
    );
    const answering = xdis02({ type: "XDIS01", version: "XD0134L" });
    expect(hub.read(answering)).toMatchObject({ type: "referral.concludeByLetter", payload: { caseId } });
  });

  it("of a hospital that answers no referral is a summary of its own", () => {
    expect(createLetterCases().read(xdis02()).type).toMatch(/^discharge\./);
  });

  it.each([
    [xdis15(), oio.prevention],
    [xdis22(), oio.acuteTeam],
  ])(
    "(%#) of a municipality that answers no referral here still reaches its receiver",
    async (letter, from) => {
      const hub = createLetterCases();
      const { caseId, warnings, ...reply } = await hub.sent(letter);
      expect(reply.facts).toEqual(["ReferralLetterReceived"]);
      expect(warnings).toMatchObject([{ code: "referral-not-known" }]);
      expect(typesTo(hub, oio.practice, caseId)).toEqual([letter.type]);
      expect(hub.view(caseId).card).toMatchObject({ kind: "closing", opener: from, closed: true });
      const corrected = { ...letter, status: "corrected", authorised: "2026-12-09T08:00" } as const;
      expect(await hub.sent(corrected)).toMatchObject({ caseId, facts: ["ReferralLetterReceived"] });
      expect(typesTo(hub, oio.practice, caseId)).toEqual([letter.type, letter.type]);
    },
  );

  it("that fits two open referrals is put to neither, and reaches its receiver", async () => {
    const hub = createLetterCases();
    await hub.sent(xref15());
    await hub.sent(xref15({ letterId: "HENV2" }));
    const unclear = xdis15({
      referral: { ...xdis15().referral, identifier: "Ukendt." },
      episodeOfCareId: "x",
    });
    expect((await hub.sent(unclear)).warnings).toMatchObject([{ code: "referral-not-clear" }]);
  });

  it("goes where it went before, whatever came between", async () => {
    const hub = createLetterCases();
    const first = await hub.sent(xdis15());
    await hub.sent(xref15());
    expect(await hub.sent(xdis15())).toEqual({ ...first, duplicate: true });
  });

  it("to somebody whom the directory does not know is refused", async () => {
    const hub = createLetterCases();
    const receiver = { ...xdis15().receiver, gln: who.nobody };
    expect(await hub.send(xdis15({ receiver }))).toMatchObject({
      status: "refused",
      code: "receiver-unknown",
    });
  });
});

describe("a booking answer", () => {
  it("with a time books the referral, from where it stands", async () => {
    const { hub, caseId } = await opened(xref01());
    expect(await hub.sent(xdis13())).toMatchObject({ caseId, facts: ["AppointmentBooked"] });
    expect(hub.cases.records(caseId).at(-1)?.facts[0]).toMatchObject({
      appointment: {
        start: "2026-12-01T08:00:00.000Z",
        place: "Sygehus Sønderå, Kirurgisk Afd.",
        instructions: "Mød fastende, Kirurgisk Ambulatorium",
        contact: { department: "Kirurgisk sekretariat" },
      },
    });
    expect(typesTo(hub, oio.practice, caseId)).toEqual(["XDIS13"]);
    const moved = xdis13({ letterId: "BOOK2", appointment: "2026-12-03T09:00" });
    expect(await hub.sent(moved)).toMatchObject({ facts: ["AppointmentMoved"] });
    expect(statusOf(hub, caseId)).toBe("booked");
  });

  it("in summer time is at the Danish hour that it tells", async () => {
    const { hub, caseId } = await opened(xref01());
    await hub.sent(xdis13({ appointment: "2027-06-01T09:00" }));
    expect(hub.cases.records(caseId).at(-1)?.facts[0]).toMatchObject({
      appointment: { start: "2027-06-01T07:00:00.000Z" },
    });
  });

  it("without a time says that it was received, once; then it is one more word", async () => {
    const { hub, caseId } = await opened(xref01());
    const receipt = xdis13({ appointment: undefined });
    expect(await hub.sent(receipt)).toMatchObject({ facts: ["ReferralReceived"] });
    expect(statusOf(hub, caseId)).toBe("received");
    expect(await hub.sent({ ...receipt, letterId: "BOOK2" })).toMatchObject({
      facts: ["ReferralBookingAdded"],
    });
    expect(typesTo(hub, oio.practice, caseId)).toEqual(["XDIS13", "XDIS13"]);
  });

  it("of a municipality invites to the talk, and of an acute team accepts", async () => {
    const prevention = await opened(xref15());
    const from = { ...xdis13().sender, gln: oio.prevention };
    const named = (identifier: string) => ({ referral: { identifier } });
    expect(await prevention.hub.sent(xdis13({ sender: from, ...named("HENV000000015") }))).toMatchObject({
      facts: ["InvitedToTalk"],
    });
    const acute = await opened(xref22());
    const team = { ...xdis13().sender, gln: oio.acuteTeam };
    expect(await acute.hub.sent(xdis13({ sender: team, ...named("HENV000000022") }))).toMatchObject({
      caseId: acute.caseId,
      facts: ["ReferralAccepted"],
    });
  });

  it("of no referral here still reaches its receiver", async () => {
    const hub = createLetterCases();
    const { caseId, facts } = await hub.sent(xdis13());
    expect(facts).toEqual(["ReferralLetterReceived"]);
    expect(typesTo(hub, oio.practice, caseId)).toEqual(["XDIS13"]);
  });

  it("finds its referral by the forløb that it tells in the number's place", async () => {
    const { hub, caseId } = await opened(xref01());
    await hub.sent(xref01({ letterId: "HENV2", episodeOfCareId: "0".repeat(32) }));
    const letter = xdis13({ referral: { identifier: episode.toUpperCase() } });
    expect(await hub.sent(letter)).toMatchObject({ caseId });
  });
});
