import { describe, expect, it } from "vitest";
import type { ClinicalLetter } from "../../../../contracts/letters/any-letter.ts";
import { deliveriesOwed, writtenBySender } from "../../../../services/case/tell.ts";
import { caseId } from "../../../support/advice-given.ts";
import { changed, oioxmlTaking, regionWith, who } from "../../../support/region-view.ts";

const at = { caseId, recordNo: 3 };
const to = (gln: string) => ({ to: gln, from: who.endocrinology, fact: 0 });

const stayLetter = (receiver: string): ClinicalLetter => ({
  type: "XDIS20",
  version: "XD2030C",
  letterId: "ADVIS1",
  authorised: "2026-11-20T09:30:00",
  statisticalCode: "XDIS20",
  notificationId: "n1",
  status: "new",
  sender: { gln: who.endocrinology, identifier: { code: "lokationsnummer", value: who.endocrinology } },
  answerTo: who.endocrinology,
  receiver: { gln: receiver, identifier: { code: "lokationsnummer", value: receiver } },
  patient: { cpr: "1105650000" },
  at: "2026-11-20T09:30",
});

describe("a letter that was sent as a letter", () => {
  const admitted = { type: "StayEventReported", event: "leave-ended" };
  const owed = (gln: string, written: ClinicalLetter, ...accepts: string[]) => {
    const receiver = changed(gln, { channels: oioxmlTaking(...accepts) });
    return deliveriesOwed(at, { tell: [to(gln)], facts: [admitted], written }, regionWith(receiver));
  };

  it("goes on as it was written to the receiver that it names", () => {
    const written = stayLetter(who.municipality);
    const [delivery] = owed(who.municipality, written, "XDIS20", "XDIS91");
    expect(delivery).toMatchObject({ documentType: "XDIS20" });
    expect(delivery).not.toHaveProperty("parties");
  });

  it("is told in words to whoever it does not name, and to a receiver that does not take its type", () => {
    const elsewhere = owed(who.practice, stayLetter(who.municipality), "XDIS20", "XDIS91");
    const untaken = owed(who.municipality, stayLetter(who.municipality), "XDIS91");
    for (const [delivery] of [elsewhere, untaken])
      expect(delivery).toMatchObject({
        documentType: "XDIS91",
        parties: { from: { gln: who.endocrinology } },
      });
  });

  it("is nobody's who is not its sender", () => {
    const written = stayLetter(who.municipality);
    const envelope = {
      id: "1",
      type: "discharge.notify",
      version: 1,
      time: "2026-11-20T09:30:00Z",
      payload: {},
      written,
    } as const;
    expect(writtenBySender({ ...envelope, sender: who.endocrinology })).toBe(written);
    expect(writtenBySender({ ...envelope, sender: who.practice })).toBeUndefined();
  });
});
