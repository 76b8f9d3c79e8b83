import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import type { Archive } from "./archive/archive.ts";
import { openNeeded } from "./archive/needed.ts";
import { intakeOver, journalOver, objectsOver } from "./archive/over-store.ts";
import type { groundUnder } from "./ground.ts";
import { type ByteBudget, createByteBudget } from "./nats/byte-budget.ts";
import { createGivenAnswers, type GivenAnswers } from "./nats/given-answers.ts";
import { createIntake, type Intake } from "./nats/intake.ts";
import { createJournal, type Journal } from "./nats/journal.ts";
import type { Link } from "./nats/link.ts";
import type { Objects } from "./nats/objects.ts";
import type { Publish } from "./nats/publish.ts";
import type { Layout } from "./nats/streams.ts";
import { measuredJournal } from "./observability/measured.ts";
import type { Metrics } from "./observability/metrics.ts";
import { tracedIntake, tracedJournal } from "./observability/traced.ts";
import type { Traces } from "./observability/traces.ts";

/** What is held of large documents at once: one of the largest, or many that are only somewhat large. */
const largeTogetherBytes = 100 * 1024 * 1024;

type OnStreams = {
  js: JetStreamClient;
  jsm: JetStreamManager;
  link: Link;
  layout: Layout;
  publish: Publish;
  ground: ReturnType<typeof groundUnder>;
};
type Kept = {
  archive: Archive | undefined;
  large: ByteBudget;
  objects: Objects;
  journal: Journal;
  intake: Intake;
  givenAnswers: GivenAnswers;
};

/** Journal, documents and objects, with what has left them for the archive. */
export const openKept = async (
  on: OnStreams,
  stored: Objects,
  { archiveDir, metrics, traces }: { archiveDir?: string | undefined; metrics: Metrics; traces: Traces },
): Promise<Kept> => {
  const large = createByteBudget(largeTogetherBytes);
  const archive = archiveDir === undefined ? undefined : await openNeeded(on.js, archiveDir);
  const objects = archive === undefined ? stored : objectsOver(stored, archive);
  const journal = tracedJournal(measuredJournal(createJournal(on), metrics), traces);
  const intake = tracedIntake(createIntake({ ...on, objects, large }), traces);
  return {
    ...{ archive, large, objects },
    journal: archive === undefined ? journal : journalOver(journal, archive),
    intake: archive === undefined ? intake : intakeOver(intake, objects, archive),
    givenAnswers: createGivenAnswers(on),
  };
};
