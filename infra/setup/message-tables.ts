/** Every command and query of the bus, by its type, with the schema of its payload. */
import type { z } from "zod";
import { AdviceCommands } from "../../contracts/messages/advice.ts";
import { AttachmentCommands } from "../../contracts/messages/attachment.ts";
import { DeliveryCommands } from "../../contracts/messages/delivery.ts";
import { DirectoryCommands } from "../../contracts/messages/directory.ts";
import { WorklistQueries } from "../../contracts/messages/worklist.ts";

export const commandTables: Readonly<Record<string, z.ZodType>> = {
  ...AdviceCommands,
  ...AttachmentCommands,
  ...DeliveryCommands,
  ...DirectoryCommands,
};

export const queryTables: Readonly<Record<string, z.ZodType>> = { ...WorklistQueries };
