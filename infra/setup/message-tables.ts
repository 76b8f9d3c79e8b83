/** Every command and query of the bus, by its type, with the schema of its payload. */
import type { z } from "zod";
import { AdviceCommands } from "../../contracts/messages/advice.ts";
import { AgreementCommands, AgreementQueries } from "../../contracts/messages/agreement.ts";
import { AttachmentCommands } from "../../contracts/messages/attachment.ts";
import { AuditQueries } from "../../contracts/messages/audit.ts";
import { BookingCommands } from "../../contracts/messages/booking.ts";
import { BookingQueries } from "../../contracts/messages/booking-slot.ts";
import { ListQueries } from "../../contracts/messages/case-list.ts";
import { DeadLetterCommands, DeadLetterQueries } from "../../contracts/messages/dead-letters.ts";
import { DeliveryCommands } from "../../contracts/messages/delivery.ts";
import { DeskCommands, DeskQueries } from "../../contracts/messages/desk.ts";
import { DirectoryCommands } from "../../contracts/messages/directory.ts";
import { DirectoryQueries } from "../../contracts/messages/directory-query.ts";
import { DischargeCommands } from "../../contracts/messages/discharge.ts";
import { DischargeQueries } from "../../contracts/messages/discharge-query.ts";
import { EmergencyQueries } from "../../contracts/messages/emergency.ts";
import { ExplainQueries } from "../../contracts/messages/explained-clock.ts";
import { MessageLogQueries } from "../../contracts/messages/message-log.ts";
import { ObservationCommands } from "../../contracts/messages/observation.ts";
import { ReceiverCommands, ReceiverQueries } from "../../contracts/messages/receivers.ts";
import { ReferralCommands } from "../../contracts/messages/referral.ts";
import { ReferralQueries } from "../../contracts/messages/referral-patterns.ts";
import { WhatIfQueries } from "../../contracts/messages/what-if.ts";
import { WorklistQueries } from "../../contracts/messages/worklist.ts";

export const commandTables: Readonly<Record<string, z.ZodType>> = {
  ...AdviceCommands,
  ...ReferralCommands,
  ...DischargeCommands,
  ...ObservationCommands,
  ...BookingCommands,
  ...AttachmentCommands,
  ...DeliveryCommands,
  ...DeadLetterCommands,
  ...ReceiverCommands,
  ...DirectoryCommands,
  ...AgreementCommands,
  ...DeskCommands,
};

export const queryTables: Readonly<Record<string, z.ZodType>> = {
  ...WorklistQueries,
  ...DeskQueries,
  ...EmergencyQueries,
  ...AuditQueries,
  ...ListQueries,
  ...DeadLetterQueries,
  ...MessageLogQueries,
  ...ReceiverQueries,
  ...DirectoryQueries,
  ...AgreementQueries,
  ...WhatIfQueries,
  ...ExplainQueries,
  ...DischargeQueries,
  ...BookingQueries,
  ...ReferralQueries,
};
