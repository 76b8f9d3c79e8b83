import type { Fields } from "../../tables/element-table.ts";
import { joinDocument } from "../../tables/join-document.ts";
import type { Loss, Printed } from "../../tables/losses.ts";
import { printGroup } from "../../tables/print-table.ts";
import {
  type VansDocument,
  type VansEnvelope,
  type VansReceipt,
  vansFields,
  vansReceiptFields,
} from "./vans-envelope.ts";
import { vansEnvelopeTable, vansNamespace } from "./vans-envelope-table.ts";

const printed = (fields: Fields): Printed => {
  const losses: Loss[] = [];
  const bytes: Uint8Array[] = [];
  const xml = printGroup(fields, vansEnvelopeTable, { path: "VANSEnvelope", losses, bytes });
  const document = `<?xml version="1.0" encoding="UTF-8"?>\n<VANSEnvelope xmlns="${vansNamespace}">${xml}</VANSEnvelope>`;
  return { bytes: joinDocument(document, bytes, "utf8"), losses };
};

/** A document in a VANS envelope, in UTF-8; base64 keeps the document's own encoding out of harm's way. */
export const printVansEnvelope = (
  vans: VansEnvelope & { document: VansDocument },
  data: Uint8Array,
): Printed => printed(vansFields(vans, data));

/** The envelope's own receipt: PositiveMessage, NegativeMessage or NegativeVans. */
export const printVansReceipt = (vans: VansEnvelope & { receipt: VansReceipt }): Printed =>
  printed(vansReceiptFields(vans));
