import { headers } from "@nats-io/transport-node";
import { isRecordOrDocument } from "../../contracts/subjects.ts";
import { traceparentHeader } from "../../contracts/traceparent.ts";
import type { Bus } from "../nats/bus.ts";
import type { Intake } from "../nats/intake.ts";
import type { Arrived } from "../nats/intake-document.ts";
import type { Journal } from "../nats/journal.ts";
import type { Publish } from "../nats/publish.ts";
import type { Step, Traces } from "./traces.ts";

/** Records and documents keep on disk, in a header, which step wrote them. */
export const tracedPublish =
  (publish: Publish, traces: Traces): Publish =>
  (subject, data, options = {}) => {
    const traceparent = traces.traceparent();
    if (traceparent === undefined || !isRecordOrDocument(subject)) return publish(subject, data, options);
    const with_ = options.headers ?? headers();
    with_.set(traceparentHeader, traceparent);
    return publish(subject, data, { ...options, headers: with_ });
  };

/** Each record that is written, by what it was decided on. */
export const tracedJournal = (journal: Journal, traces: Traces): Journal => ({
  ...journal,
  append: (record, expectedSeq) => {
    const { caseId, family, meta } = record;
    const facts = {
      "sektorbro.case": caseId,
      "sektorbro.family": family,
      "sektorbro.record": meta.no,
      "sektorbro.command": meta.commandType,
      "sektorbro.outcome": meta.outcome,
      "sektorbro.actor": meta.actor,
    };
    return traces.step({ name: "write record", kind: "producer", facts }, async (note) => {
      const result = await journal.append(record, expectedSeq);
      if (result.kind === "conflict") note({ "sektorbro.outcome": "conflict" });
      return result;
    });
  },
});

/** Served subjects, each a step of whatever asked; by its pattern, for the rest of it is what a caller spelled. */
export const tracedBus = (bus: Bus, traces: Traces): Bus => ({
  ...bus,
  serve: (pattern, queue, handler) =>
    bus.serve(pattern, queue, (data, subject) =>
      traces.step({ name: pattern, kind: "server" }, () => handler(data, subject)),
    ),
});

const documentStep = (
  name: string,
  kind: Step["kind"],
  { intake, standard }: { intake: string; standard: string },
): Step => ({ name, kind, facts: { "sektorbro.intake": intake, "sektorbro.standard": standard } });

/** Documents come in here, whatever the transport: kept in a trace, and read in it, however much later and by whichever hub. */
export const tracedIntake = (intake: Intake, traces: Traces): Intake => {
  const keeping = (id: string, { standard, transport }: Arrived): Step => {
    const step = documentStep("keep document", "producer", { intake: id, standard });
    return { ...step, begins: true, facts: { ...step.facts, "sektorbro.transport": transport } };
  };
  return {
    ...intake,
    append: (id, document) => traces.step(keeping(id, document), () => intake.append(id, document)),
    appendOnce: (id, document) =>
      traces.step(keeping(id, document), async (note) => {
        const kept = await intake.appendOnce(id, document);
        note({ "sektorbro.outcome": kept });
        return kept;
      }),
    take: (standard, reader) =>
      intake.take(standard, (document) =>
        traces.within(document.traceparent, () =>
          traces.step(documentStep("read document", "consumer", document), () => reader(document)),
        ),
      ),
  };
};
