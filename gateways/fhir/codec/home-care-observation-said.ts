import { reportCode } from "./home-care-observation-names.ts";
import type { SaidOf } from "./parts/not-read.ts";
import { partsSaid } from "./parts/parts-said.ts";
import { codings, many, one, only, reference, references, type SaidElements, value } from "./parts/said.ts";

const report: SaidElements = {
  status: only("final"),
  code: one({
    coding: one({ system: only(reportCode.system), code: only(reportCode.code), display: value }),
  }),
  subject: reference,
  issued: value,
  performer: references,
  result: references,
  media: many({ comment: value, link: reference }),
  conclusion: value,
};

const observation: SaidElements = {
  status: value,
  code: one({ coding: codings }),
  subject: reference,
  effectiveDateTime: value,
  performer: references,
  valueQuantity: one({ value, comparator: value, unit: value, system: value, code: value }),
  valueString: value,
  interpretation: one({ coding: one({ system: value, code: value, display: value }) }),
  note: many({ text: value }),
};

const media: SaidElements = {
  status: only("completed"),
  subject: reference,
  content: one({ contentType: value, data: value, url: value, size: value, title: value, creation: value }),
};

/** What is read of a HomeCareObservation. */
export const homeCareSaid: SaidOf = {
  ...partsSaid,
  MessageHeader: { ...partsSaid.MessageHeader, definition: value },
  DiagnosticReport: report,
  Observation: observation,
  Media: media,
};
