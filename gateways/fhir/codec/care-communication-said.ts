import { extensions } from "./care-communication-names.ts";
import type { SaidOf } from "./parts/not-read.ts";
import { partsSaid } from "./parts/parts-said.ts";
import {
  coding,
  extension,
  identifier,
  many,
  one,
  only,
  reference,
  type SaidElements,
  value,
} from "./parts/said.ts";

const payload: SaidElements = {
  extension: [
    extension(extensions.date, { valueDateTime: value }),
    extension(extensions.identifier, {
      valueIdentifier: one({ value, assigner: reference }),
    }),
    extension(extensions.author, { valueReference: reference }),
    extension(extensions.contact, { valueContactPoint: one({ system: value, value }) }),
  ],
  contentString: value,
  contentAttachment: one({
    contentType: value,
    data: value,
    url: value,
    size: value,
    title: value,
    creation: value,
  }),
};

/** What is read of a CareCommunication. */
export const careSaid: SaidOf = {
  ...partsSaid,
  MessageHeader: { ...partsSaid.MessageHeader, definition: value },
  Communication: {
    extension: extension(extensions.sender, { valueReference: reference }),
    identifier: one({ value }),
    status: only("unknown"),
    category: one({ coding }),
    priority: value,
    subject: reference,
    topic: one({ text: value }),
    encounter: reference,
    recipient: reference,
    payload: many(payload),
  },
  Encounter: {
    status: value,
    class: coding,
    subject: reference,
    episodeOfCare: many({ identifier }),
    serviceProvider: reference,
  },
  CareTeam: { name: value, managingOrganization: reference },
};
