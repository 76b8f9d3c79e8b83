import { expect } from "vitest";
import { Letter, type StoredObject } from "../../contracts/letter.ts";
import { type AdviceFact, AdviceCommand as WireCommand } from "../../contracts/messages/advice.ts";
import type { AdviceCommand } from "../../services/advice/core/command.ts";
import { createAdviceCore } from "../../services/advice/core/decide.ts";
import type { AdviceState } from "../../services/advice/core/state.ts";
import { noCase } from "../../services/case/case-state.ts";
import { localDateTimeOf } from "../../services/case/clock-zone.ts";
import type { DecisionContext } from "../../services/case/core.ts";
import type { Decision } from "../../services/case/decision.ts";
import { type DirectoryView, partyOf, receiverPartyOf } from "../../services/case/directory-view.ts";
import { organisation, regionView, who } from "./region-view.ts";

export const caseId = "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10";
export const otherCaseId = "3d2c6a7b-6f0a-5d1f-9f55-8c905f0b3c1e";
/** Monday 23 November 2026, a quarter past ten in Denmark. */
export const now = "2026-11-23T09:15:00.000Z";

export const patient = { cpr: "0107364006", surname: "Prøvesen", givenName: "Åse" } as const;
export const episode = "7E1F9A2C0B3D4E5F8A9B0C1D2E3F4A5B";

export const photo: StoredObject & { description: string } = {
  objectId: "9d7c1f0e2b3a4c5d8e9f001122334455",
  code: "billede",
  extension: "jpeg",
  sizeBytes: 48213,
  digest: `sha256-${"3a".repeat(32)}`,
  description: "Foto af hals",
};
export const photoObject: StoredObject = {
  objectId: photo.objectId,
  code: photo.code,
  extension: photo.extension,
  sizeBytes: photo.sizeBytes,
  digest: photo.digest,
};
export const scan: StoredObject = {
  ...photoObject,
  objectId: "ab".repeat(16),
  digest: `sha256-${"4b".repeat(32)}`,
};

/** A letter from one organisation of the region to another, as a codec reads it. */
export const letter = (from: string, to: string, change: Partial<Letter> = {}): Letter =>
  Letter.parse({
    letterId: "BREV1",
    status: "new",
    authorised: "2026-11-23T10:14",
    statisticalCode: "XDIS91",
    episodeOfCareId: episode,
    sender: partyOf(organisation(from)),
    receiver: receiverPartyOf(organisation(to)),
    patient,
    subject: "Stofskifte: dosis?",
    texts: [["Skal dosis ned?"]],
    references: [],
    ...change,
  });

/** A letter that names an attachment which travels by itself. */
export const naming = (objectId: string): Pick<Letter, "references"> => ({
  references: [
    {
      description: "Foto af hals",
      target: { kind: "bin", objectId, code: "billede", extension: "jpeg", sizeBytes: 48213 },
    },
  ],
});

const adviceCore = createAdviceCore();

type Kind = "specialist" | "correspondence";
const said = (from: string, to: string) => ({ letter: letter(from, to), attachments: [] });

/** What happened, between an asker and a unit. */
export const happened = (asker: string, unit: string) => {
  const byUnit = said(unit, asker);
  const byAsker = said(asker, unit);
  const asked = (
    kind: Kind,
    change: Partial<Extract<AdviceFact, { type: "AdviceAsked" }>> = {},
  ): AdviceFact => ({
    type: "AdviceAsked",
    kind,
    asker,
    unit,
    channel: "electronic",
    mayConvert: true,
    ...byAsker,
    ...change,
  });
  return {
    asked,
    informationRequested: { type: "InformationRequested", ...byUnit },
    informationGiven: { type: "InformationGiven", ...byAsker },
    answered: { type: "AdviceAnswered", outcome: "advice", ...byUnit },
    converted: { type: "AdviceConverted", ...byUnit },
    declined: { type: "AdviceDeclined", ...byUnit },
    withdrawn: { type: "AdviceWithdrawn", reason: "Løst", ...byAsker },
    followUp: { type: "FollowUpAsked", ...byAsker },
    handled: { type: "CorrespondenceHandled", by: unit },
    added: { type: "LetterAdded", by: asker, ...byAsker },
    redirectedTo: (to: string): AdviceFact => ({
      type: "AdviceRedirected",
      from: unit,
      to,
      reason: "Hører til hos jer",
      ...said(asker, to),
    }),
    joined: (sender: string, ...objects: StoredObject[]): AdviceFact => ({
      type: "AttachmentsJoined",
      attachmentCaseId: otherCaseId,
      sender,
      objects,
    }),
    routed: { type: "RoutedToCase", caseId: otherCaseId },
  } as const satisfies Record<string, AdviceFact | ((...args: never[]) => AdviceFact)>;
};

/** A command as it comes over the bus, its defaults filled in. */
export const command = (type: WireCommand["type"], payload: object, id = "command-1"): AdviceCommand =>
  WireCommand.parse({ type, id, payload });
export const onCase = (type: WireCommand["type"], payload: object = {}): AdviceCommand =>
  command(type, { caseId, ...payload });
export const received = (read: Letter, id = "command-1"): AdviceCommand =>
  command("advice.receiveLetter", { letter: read, standard: "oioxml" }, id);
export const route: AdviceCommand = { type: "advice.route", id: "route:1", payload: { caseId: otherCaseId } };

type World = { directory?: DirectoryView; at?: string };
type AdviceDecision = Decision<AdviceFact>;
type Recorded = Extract<AdviceDecision, { kind: "record" }>;
type Verdict = {
  decision: AdviceDecision;
  /** What is recorded: every part named, each part at least as told. */
  thenDecides: (expected: object) => Recorded;
  thenRefuses: (code: string, path?: string) => void;
  thenIgnores: (reason: string) => void;
};

const contextOf = (actor: string, { directory = regionView, at = now }: World): DecisionContext => {
  const local = localDateTimeOf(at);
  return { caseId, actor, now: at, local, today: local.slice(0, 10), directory, common: noCase(caseId) };
};

const verdictOn = (decision: AdviceDecision): Verdict => ({
  decision,
  thenDecides: (expected) => {
    expect(decision).toMatchObject({ kind: "record", ...expected });
    expect(Object.keys(decision).sort()).toEqual(["kind", ...Object.keys(expected)].sort());
    if (decision.kind !== "record") throw new Error("Nothing was recorded.");
    return decision;
  },
  thenRefuses: (code, path) => {
    expect(decision).toMatchObject({ kind: "refuse", code });
    if (path !== undefined) expect(decision).toMatchObject({ problems: [{ path, code, severity: "error" }] });
  },
  thenIgnores: (reason) => {
    expect(decision).toEqual({ kind: "ignore", reason });
  },
});

export const stateAfter = (...facts: readonly AdviceFact[]): AdviceState =>
  facts.reduce<AdviceState>(adviceCore.evolve, adviceCore.initial);

/** `given(facts).when(command, by).thenDecides(...)`: pure, in the made-up region, on a Monday morning. */
export const given = (...facts: readonly AdviceFact[]) => ({
  when: (asked: AdviceCommand, by: string, world: World = {}): Verdict =>
    verdictOn(adviceCore.decide(stateAfter(...facts), asked, contextOf(by, world))),
});

/** The question most tests begin with: a practice asks endocrinology. */
export const gp = who.practice;
export const endo = who.endocrinology;
