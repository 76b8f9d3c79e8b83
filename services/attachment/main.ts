import type { AttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { casePortsFrom } from "../case/case-ports.ts";
import { createAttachmentHandler } from "./handler.ts";

/** `attachmentRules`: how long attachments wait for a letter; absent: the hub's own default. */
export const startAttachment = (platform: Platform, attachmentRules?: AttachmentRules): Part => {
  const handle = createAttachmentHandler({ ...casePortsFrom(platform), caseIdFor, attachmentRules });
  return platform.bus.serve(commandSubject("attachment.*"), "attachment", overJson(handle));
};
