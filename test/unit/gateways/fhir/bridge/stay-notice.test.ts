import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeOf } from "../../../../../contracts/codes/fhir-hospital-codes.ts";
import { HospitalNotification } from "../../../../../contracts/fhir/hospital-notification.ts";
import { StayNotice } from "../../../../../contracts/letters/stay-notice.ts";
import {
  noticeToNotification,
  type ToNotification,
} from "../../../../../gateways/fhir/bridge/stay-notice.ts";
import {
  type StayNoticeLoss,
  type StayNoticeLossRow,
  stayNoticeLosses,
} from "../../../../../gateways/fhir/bridge/stay-notice-losses.ts";
import { notificationToNotice } from "../../../../../gateways/fhir/bridge/stay-notice-of.ts";
import { printHospitalNotification } from "../../../../../gateways/fhir/codec/hospital-notification.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { differences } from "../../../../support/differences.ts";
import { uuid } from "../../../../support/fhir-bundles.ts";
import { told } from "../../../../support/fhir-hospital-course.ts";
import { xdis17, xdis20 } from "../../../../support/stay-letters.ts";
import { anyNotice, anyTold } from "../../../../support/stay-notice-arbitraries.ts";

const sorOf = (gln: string): string => `999${gln.slice(-9)}016`;
const context: ToNotification = {
  bundleId: uuid(1),
  messageId: uuid(2),
  sent: "2026-11-23T12:00:00+01:00",
  sorOf,
};
type Made = Extract<ReturnType<typeof noticeToNotification>, { message: unknown }>;
/** Of a death that a discharge tells it must be known when the stay began. */
const needsAdmission = ({ type, patient, status }: StayNotice): boolean =>
  type === "XDIS17" && patient.status === "doed" && status !== "cancelled";
const begun = { admittedAt: "2025-01-01T10:00:00+01:00" };
const made = (notice: StayNotice, more: Partial<ToNotification> = {}): Made => {
  const known = needsAdmission(notice) ? begun : {};
  const found = noticeToNotification(notice, { ...context, ...known, ...more });
  if (!("message" in found)) throw new Error(found.unsayable);
  return found;
};
const codes = (notice: StayNotice) => codeOf(made(notice).message);
const corrected = { status: "corrected" };
const cancelled = { status: "cancelled" };
const dead = { patient: { cpr: "0107560106", status: "doed" } };

/** Fields in one order: `differences` compares arrays as they are written. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, ordered(one)]),
  );
};

/** Places that may differ, by the losses that were told. */
const allowed = (of: StayNoticeLossRow["of"], losses: readonly StayNoticeLoss[]): string[] =>
  losses.flatMap((loss) => {
    const row: StayNoticeLossRow = stayNoticeLosses[loss];
    return row.of === of ? [...row.touches] : [];
  });
const isAllowed = (place: string, places: readonly string[]): boolean =>
  places.some((one) => place === one || place.startsWith(`${one}.`));

describe("XDIS20 and XDIS17 as HospitalNotification", () => {
  it("has a code for each, whichever its status", () => {
    expect([xdis20(), xdis20(corrected), xdis20(cancelled)].map(codes)).toEqual([
      "STIN",
      "RE_STIN",
      "AN_STIN",
    ]);
    expect([xdis17(), xdis17(corrected), xdis17(cancelled)].map(codes)).toEqual([
      "SLHJ",
      "RE_SLHJ",
      "AN_SLHJ",
    ]);
    expect([xdis17(dead), xdis17({ ...dead, ...corrected })].map(codes)).toEqual(["MORS", "MORS"]);
    expect(codes(xdis20(dead))).toBe("MORS");
    expect(codes(xdis17({ ...dead, ...cancelled }))).toBe("AN_MORS");
  });

  it("is none of a patient who was moved, nor between organisations without SOR codes", () => {
    for (const status of ["flyttet_til_sygehus", "flyttet_til_sygehusafd"])
      expect(noticeToNotification(xdis17({ patient: { cpr: "0107560106", status } }), context)).toEqual({
        unsayable: "moved-elsewhere",
      });
    const unknown = noticeToNotification(xdis20(), { ...context, sorOf: () => undefined });
    expect(unknown).toEqual({ unsayable: "organisation-unknown" });
  });

  it("is none of a death whose admission is not known, which would be one on arrival; of a discharge it begins when it ended", () => {
    expect(noticeToNotification(xdis17(dead), context)).toEqual({ unsayable: "admission-missing" });
    expect(noticeToNotification(xdis17({ ...dead, ...cancelled }), context)).toHaveProperty("message");
    const { message, losses } = made(xdis17());
    expect([message.stay.start, losses]).toEqual([
      message.stay.end,
      expect.arrayContaining(["start-unknown"]),
    ]);
  });

  it("begins when the admission is known to have begun, and tells what went before", () => {
    const first = made(xdis20()).message;
    const { message, losses } = made(xdis17(), {
      admittedAt: first.stay.start,
      history: first.history,
      messageId: uuid(3),
    });
    expect(message.stay).toMatchObject({
      start: "2026-11-20T09:30:00+01:00",
      end: "2026-11-23T10:00:00+01:00",
      status: "finished",
    });
    expect(message.history.map(({ activity }) => activity)).toEqual([
      "admit-inpatient",
      "discharge-inpatient-home",
    ]);
    expect(losses).not.toContain("start-unknown");
    expect(made(xdis17()).losses).toContain("start-unknown");
  });

  it("of any content is valid by the rules of the standard", () => {
    fc.assert(
      fc.property(anyNotice, (notice) => {
        expect(StayNotice.safeParse(notice).error).toBeUndefined();
        const { message } = made(notice);
        expect(HospitalNotification.safeParse(message).error).toBeUndefined();
        const bundle = printHospitalNotification(message, { idFor: (name) => name });
        expect(checkMessage(bundle).problems.filter(({ severity }) => severity === "error")).toEqual([]);
      }),
    );
  });

  it("comes back as the same letter but for what is told to be lost", () => {
    fc.assert(
      fc.property(anyNotice, fc.boolean(), (notice, isKnown) => {
        const { message, losses } = made(notice, isKnown ? begun : {});
        const back = notificationToNotice(message, { letterId: "BREV1" });
        const differing = differences(ordered(notice), ordered(back?.notice)).filter(
          (place) => !isAllowed(place, allowed("StayNotice", losses)),
        );
        expect(differing).toEqual([]);
        expect(StayNotice.safeParse(back?.notice).error).toBeUndefined();
      }),
    );
  });
});

describe("what is told to be lost of a notification", () => {
  /** Not a loss of the letter's, but something that it does not say. */
  const isSaidBeyond = (loss: StayNoticeLoss): boolean => stayNoticeLosses[loss].touches.length === 0;
  const untrue = (
    of: StayNoticeLossRow["of"],
    losses: readonly StayNoticeLoss[],
    places: readonly string[],
  ): StayNoticeLoss[] =>
    losses.filter(
      (loss) => !isSaidBeyond(loss) && !places.some((place) => isAllowed(place, allowed(of, [loss]))),
    );

  it("is nothing of an id that is hyphens alone, which comes back as it is", () => {
    fc.assert(
      fc.property(anyNotice, (notice) => {
        const { losses } = made({ ...notice, notificationId: "----" }, begun);
        expect(losses).not.toContain("notification-id");
      }),
      { numRuns: 20 },
    );
  });

  it("differs in the letter that comes back", () => {
    fc.assert(
      fc.property(anyNotice, fc.boolean(), (notice, isKnown) => {
        const { message, losses } = made(notice, isKnown ? begun : {});
        const back = notificationToNotice(message, { letterId: "BREV1" });
        expect(untrue("StayNotice", losses, differences(ordered(notice), ordered(back?.notice)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("differs in the message that comes back", () => {
    fc.assert(
      fc.property(anyTold, (message) => {
        const letter = notificationToNotice(message, { letterId: "BREV1" });
        const back =
          letter === undefined
            ? undefined
            : noticeToNotification(letter.notice, {
                ...context,
                sorOf: (gln) => (gln === message.sender.gln ? message.sender.sor : message.receiver.sor),
                ...(needsAdmission(letter.notice) ? begun : {}),
              });
        if (letter === undefined || back === undefined || !("message" in back)) return;
        const places = differences(ordered(message), ordered(back.message));
        expect(untrue("HospitalNotification", letter.losses, places)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("HospitalNotification as XDIS20 or XDIS17", () => {
  it("is none of leave and of acute ambulatory visits", () => {
    for (const code of ["STAA", "STOR", "SLOR"] as const)
      expect(notificationToNotice(told(code), { letterId: "B1" })).toBeUndefined();
    expect(notificationToNotice(told("STIN"), { letterId: "B1" })?.notice.type).toBe("XDIS20");
    expect(notificationToNotice(told("SLHJ"), { letterId: "B1" })?.notice.type).toBe("XDIS17");
  });

  it("has LPR3's id of the stay before any other, without scheme and hyphens", () => {
    const episodes = [
      { system: "https://sor2.sum.dsdn.dk/#id=999071000016008", value: uuid(0x500) },
      { system: "https://www.esundhed.dk/Registre/Landspatientregisteret", value: `urn:uuid:${uuid(0x700)}` },
    ];
    const made = notificationToNotice(told("STIN", { episodes }), { letterId: "B1" });
    expect(made?.notice.notificationId).toBe(uuid(0x700).replaceAll("-", ""));
    expect(made?.losses).toContain("episodes");
  });

  it("is a letter that its contract allows, and comes back the same but for what is told to be lost", () => {
    fc.assert(
      fc.property(anyTold, (message) => {
        const letter = notificationToNotice(message, { letterId: "BREV1" });
        if (letter === undefined) return;
        expect(StayNotice.safeParse(letter.notice).error).toBeUndefined();
        const back = noticeToNotification(letter.notice, {
          bundleId: message.bundleId,
          messageId: message.messageId,
          sent: message.created,
          sorOf: (gln) => (gln === message.sender.gln ? message.sender.sor : message.receiver.sor),
          admittedAt: message.stay.start,
        });
        if (!("message" in back)) throw new Error(back.unsayable);
        const differing = differences(ordered(message), ordered(back.message)).filter(
          (place) => !isAllowed(place, allowed("HospitalNotification", letter.losses)),
        );
        expect(differing).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the losses", () => {
  it("are each told in both languages, and each happens", () => {
    for (const { da, en } of Object.values(stayNoticeLosses)) {
      expect(da).toMatch(/\.$/);
      expect(en).toMatch(/\.$/);
    }
    const seen = new Set<StayNoticeLoss>();
    fc.assert(
      fc.property(anyNotice, anyTold, (notice, message) => {
        for (const loss of made(notice).losses) seen.add(loss);
        for (const loss of notificationToNotice(message, { letterId: "B" })?.losses ?? []) seen.add(loss);
      }),
      { numRuns: 500, seed: 1 },
    );
    expect([...seen].toSorted()).toEqual(Object.keys(stayNoticeLosses).toSorted());
  });
});
