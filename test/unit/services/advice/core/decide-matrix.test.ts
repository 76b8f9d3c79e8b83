import { describe, expect, it } from "vitest";
import { errorCodes } from "../../../../../contracts/errors.ts";
import { AdviceCommands, AdviceFact, type AdviceFactType } from "../../../../../contracts/messages/advice.ts";
import type { AdviceCommand } from "../../../../../services/advice/core/command.ts";
import { createAdviceCore } from "../../../../../services/advice/core/decide.ts";
import type { AdviceState } from "../../../../../services/advice/core/state.ts";
import { hubActor } from "../../../../../services/case/core.ts";
import {
  command,
  endo,
  given,
  gp,
  happened,
  letter,
  now,
  onCase,
  otherCaseId,
  photoObject,
  received,
  route,
  stateAfter,
} from "../../../../support/advice-given.ts";
import { receivedIn, threadOf } from "../../../../support/care-given.ts";
import { who } from "../../../../support/region-view.ts";

type Kind = "specialist" | "correspondence";
type Status = AdviceState["status"];

/** A practice asks a hospital department, and a practice a municipality. */
const units: Record<Kind, string> = { specialist: endo, correspondence: who.municipality };
const factsFor = (kind: Kind) => happened(gp, units[kind]);

/** What leads to each state. */
const histories = (kind: Kind): Record<Status, AdviceFact[]> => {
  const f = factsFor(kind);
  // It came before the message that it answers: what it is, is told by `lettersThatBegan`.
  const held = { alarmId: "attachments.1.0", until: now, awaits: ["cd".repeat(16)] };
  const asked = f.asked(kind, { thread: threadOf("M-2", "M-1"), held });
  return {
    none: [],
    asked: [asked],
    informationRequested: [asked, f.informationRequested],
    reopened: [asked, f.answered, f.followUp],
    answered: [asked, f.answered],
    declined: [asked, f.declined],
    handled: [asked, f.handled],
    converted: [asked, f.converted],
    withdrawn: [asked, f.withdrawn],
    routed: [f.routed],
  };
};
const statuses: Status[] = [
  "none",
  "asked",
  "informationRequested",
  "reopened",
  "answered",
  "declined",
  "handled",
  "converted",
  "withdrawn",
  "routed",
];

type Doer = "asker" | "unit" | "hub";
const words = { text: "Tak for spørgsmålet" };
const commands: Record<string, (kind: Kind) => AdviceCommand> = {
  ask: (kind) =>
    command("advice.ask", {
      messageId: "M-1",
      to: { gln: units[kind] },
      patient: { cpr: "0107364006", surname: "Prøvesen" },
      subject: "TSH",
      question: "Hvad nu?",
    }),
  requestInformation: () => onCase("advice.requestInformation", words),
  giveInformation: () => onCase("advice.giveInformation", words),
  answer: () => onCase("advice.answer", words),
  convert: () => onCase("advice.convert", words),
  redirect: (kind) =>
    onCase("advice.redirect", {
      to: { gln: kind === "specialist" ? who.cardiology : who.acuteTeam },
      reason: "Ikke os",
    }),
  decline: () => onCase("advice.decline", words),
  withdraw: () => onCase("advice.withdraw", { reason: "Løst" }),
  askFollowUp: () => onCase("advice.askFollowUp", words),
  markHandled: () => onCase("advice.markHandled"),
  lettersFromAsker: (kind) => received(letter(gp, units[kind])),
  lettersFromUnit: (kind) => received(letter(units[kind], gp)),
  lettersThatBegan: (kind) => receivedIn(threadOf("M-1"), letter(units[kind], gp)),
  refuseLetter: () =>
    command("advice.refuseLetter", {
      letterId: "BREV1",
      problems: [{ path: "", code: "version-wrong", message: "" }],
      contentDigest: "d",
    }),
  joinAttachments: () =>
    onCase("advice.joinAttachments", { attachmentCaseId: otherCaseId, sender: gp, objects: [photoObject] }),
  noteReferral: () => onCase("advice.noteConversion", { referralCaseId: otherCaseId }),
  noteFailure: () => onCase("advice.noteConversion", { refusal: "receiver-unknown" }),
  noteUndelivered: (kind) =>
    onCase("advice.noteUndelivered", {
      // Its system takes letters alone: whoever takes the hub's own facts has it in its lists.
      by: "5790000100057",
      to: units[kind],
      authorised: "2026-11-23T10:14",
      why: "refused",
      reason: "Kan ikke læses",
    }),
  ring: () => onCase("advice.ring", { alarmId: "attachments.1.0" }),
  route: () => route,
};

/**
 * What each command comes to in each state, from who may give it. Written from the statement of the states, not from the
 * code: `-` wrong-state, `0` case-unknown, `>` ignored since the id only points to another case, `=` ignored in its own case,
 * `~` ignored since nothing was converted.
 */
const table = `
command            by     none         asked                informationRequested reopened             answered      declined      handled       converted     withdrawn     routed
ask                asker  AdviceAsked  content-differs      content-differs      content-differs      content-differs content-differs content-differs content-differs content-differs >
requestInformation unit   0            InformationRequested -                    InformationRequested -             -             -             -             -             >
giveInformation    asker  0            -                    InformationGiven     -                    -             -             -             -             -             >
answer             unit   0            AdviceAnswered       AdviceAnswered       AdviceAnswered       -             -             -             -             -             >
convert            unit   0            AdviceConverted      AdviceConverted      AdviceConverted      -             -             -             -             -             >
redirect           unit   0            AdviceRedirected     AdviceRedirected     AdviceRedirected     -             -             -             -             -             >
decline            unit   0            AdviceDeclined       AdviceDeclined       AdviceDeclined       -             -             -             -             -             >
withdraw           asker  0            AdviceWithdrawn      AdviceWithdrawn      AdviceWithdrawn      -             -             -             -             -             >
askFollowUp        asker  0            -                    -                    -                    FollowUpAsked FollowUpAsked FollowUpAsked -             -             >
markHandled        unit   0            CorrespondenceHandled CorrespondenceHandled CorrespondenceHandled -          -             -             -             -             >
lettersFromAsker   asker  AdviceAsked  LetterAdded          InformationGiven     LetterAdded          FollowUpAsked FollowUpAsked FollowUpAsked LetterAdded   LetterAdded   >
lettersFromUnit    unit   AdviceAsked  AdviceAnswered       AdviceAnswered       AdviceAnswered       LetterAdded   LetterAdded   LetterAdded   LetterAdded   LetterAdded   >
lettersThatBegan   unit   AdviceAsked  ThreadStarted        LetterAdded          LetterAdded          LetterAdded   LetterAdded   LetterAdded   LetterAdded   LetterAdded   >
refuseLetter       asker  version-wrong version-wrong       version-wrong        version-wrong        version-wrong version-wrong version-wrong version-wrong version-wrong >
joinAttachments    hub    0            AttachmentsJoined    AttachmentsJoined    AttachmentsJoined    AttachmentsJoined AttachmentsJoined AttachmentsJoined AttachmentsJoined AttachmentsJoined >
noteReferral       hub    0            ~                    ~                    ~                    ~             ~             ~             ReferralMade  ~             >
noteFailure        hub    0            ~                    ~                    ~                    ~             ~             ~             ConversionFailed ~             >
noteUndelivered    hub    0            LetterNotDelivered LetterNotDelivered LetterNotDelivered LetterNotDelivered LetterNotDelivered LetterNotDelivered LetterNotDelivered LetterNotDelivered  >
ring               hub    0            LetterPassedOn LetterPassedOn LetterPassedOn LetterPassedOn LetterPassedOn LetterPassedOn LetterPassedOn LetterPassedOn  >
route              asker  RoutedToCase =                    =                    =                    =             =             =             =             =             >
`;

/** Where a kind forbids what the state allows. */
const byKind: Record<Kind, Record<string, string>> = {
  specialist: { CorrespondenceHandled: "wrong-state" },
  correspondence: { AdviceConverted: "specialist-kind-only" },
};

const [heading = [], ...lines] = table
  .trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
const columns = heading.slice(2);
const cells = lines.flatMap(([name = "", by = "", ...row]) =>
  row.map((cell, i) => ({ name, by: by as Doer, status: columns[i] as Status, cell })),
);

const meant: Record<string, string> = {
  "-": "refused wrong-state",
  "0": "refused case-unknown",
  ">": `ignored routed:${otherCaseId}`,
  "=": "ignored own-case",
  "~": "ignored not-converted",
};
const isFact = (cell: string): boolean => /^[A-Z]/.test(cell);
const isCode = (cell: string): boolean => cell in errorCodes;
const expected = (kind: Kind, cell: string): string => {
  const own = byKind[kind][cell] ?? cell;
  return meant[own] ?? (isFact(own) ? `recorded ${own}` : `refused ${own}`);
};

const came = ({ decision }: ReturnType<ReturnType<typeof given>["when"]>): string => {
  if (decision.kind === "record") return `recorded ${decision.facts[0]?.type ?? "nothing"}`;
  return decision.kind === "refuse" ? `refused ${decision.code}` : `ignored ${decision.reason}`;
};
const glnOf = (doer: Doer, kind: Kind): string =>
  doer === "hub" ? hubActor : doer === "asker" ? gp : units[kind];

describe("the table of turns", () => {
  it("names every command, every state and every fact that there is", () => {
    expect(columns).toEqual(statuses);
    expect(Object.keys(commands)).toEqual(lines.map(([name]) => name));
    const types = new Set(Object.values(commands).map((make) => make("specialist").type));
    expect([...Object.keys(AdviceCommands), "advice.route"].sort()).toEqual([...types].sort());
    const facts = new Set(cells.map(({ cell }) => cell).filter(isFact));
    const known = AdviceFact.options.map((option) => option.shape.type.value);
    expect([...facts].sort()).toEqual([...known].sort());
    expect(cells).toHaveLength(lines.length * statuses.length);
    expect(cells.every(({ cell }) => cell in meant || isFact(cell) || isCode(cell))).toBe(true);
  });

  it("has a history that leads to each state", () => {
    for (const kind of ["specialist", "correspondence"] as const)
      for (const status of statuses) expect(stateAfter(...histories(kind)[status]).status).toBe(status);
  });
});

describe.each(["specialist", "correspondence"] as const)("a question of kind %s", (kind) => {
  it.each(cells)("$name by the $by, while $status, comes to $cell", ({ name, by, status, cell }) => {
    const make = commands[name];
    if (make === undefined) throw new Error(name);
    const verdict = given(...histories(kind)[status]).when(make(kind), glnOf(by, kind));
    expect(came(verdict)).toBe(expected(kind, cell));
  });

  it.each(cells.filter(({ cell }) => isFact(cell) && cell !== "RoutedToCase"))(
    "$name by the $by, while $status, leaves the state that its fact says",
    ({ name, by, status }) => {
      const { decision } = given(...histories(kind)[status]).when(
        commands[name]?.(kind) ?? route,
        glnOf(by, kind),
      );
      if (decision.kind !== "record") return;
      const after: Partial<Record<AdviceFactType, Status>> = {
        AdviceAsked: "asked",
        InformationRequested: "informationRequested",
        InformationGiven: "asked",
        AdviceAnswered: "answered",
        AdviceConverted: "converted",
        AdviceRedirected: "asked",
        AdviceDeclined: "declined",
        AdviceWithdrawn: "withdrawn",
        FollowUpAsked: "reopened",
        CorrespondenceHandled: "handled",
        ThreadStarted: "answered",
        ConversionFailed: "asked",
      };
      const type = decision.facts[0]?.type;
      expect(stateAfter(...histories(kind)[status], ...decision.facts).status).toBe(
        (type === undefined ? undefined : after[type]) ?? status,
      );
    },
  );

  const turnCommands = lines.filter(
    ([name = ""]) => !/ask$|letters|refuseLetter|joinAttachments|note|ring|route/.test(name),
  );
  const open = statuses.filter((status) => status !== "none" && status !== "routed");
  const wrongDoers = turnCommands.flatMap(([name = "", by = ""]) =>
    [gp, units[kind], who.cardiologyClinic, who.hospital, hubActor]
      .filter((doer) => doer !== glnOf(by as Doer, kind))
      .map((doer) => ({ name, doer })),
  );

  it.each(wrongDoers)("$name is not the turn of $doer, in any state", ({ name, doer }) => {
    for (const status of open) {
      const make = commands[name];
      if (make === undefined) throw new Error(name);
      given(...histories(kind)[status])
        .when(make(kind), doer)
        .thenRefuses("not-your-turn", "sender");
    }
  });

  it.each([gp, units[kind], who.cardiology])("says that it takes from %s what it takes", (doer) => {
    const core = createAdviceCore();
    for (const status of open) {
      const facts = histories(kind)[status];
      const taken = turnCommands.flatMap(([name = ""]) => {
        const asked = commands[name]?.(kind) ?? route;
        return given(...facts).when(asked, doer).decision.kind === "record" ? [asked.type] : [];
      });
      const said = core.can?.(stateAfter(...facts), { actor: doer, now, today: now.slice(0, 10) }) ?? [];
      expect([...said].sort(), `${status} ${doer}`).toEqual(taken.sort());
    }
  });

  it.each([gp, units[kind], who.cardiology])(
    "only the hub joins attachments and notes conversions and failures, not %s",
    (doer) => {
      for (const status of open)
        for (const name of ["joinAttachments", "noteReferral", "noteFailure", "noteUndelivered"])
          given(...histories(kind)[status])
            .when(commands[name]?.(kind) ?? route, doer)
            .thenRefuses("not-your-turn", "sender");
    },
  );

  it.each(["answered", "informationRequested"] as const)(
    "a letter that names another sender is refused while %s",
    (status) => {
      given(...histories(kind)[status])
        .when(received(letter(gp, units[kind])), units[kind])
        .thenRefuses("sender-not-authorised", "sender.gln");
    },
  );
});
