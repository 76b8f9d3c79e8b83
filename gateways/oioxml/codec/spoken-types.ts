import { medcomNamespace, sundcomNamespace } from "../../../contracts/codes/oioxml-types.ts";
import type { Group } from "./element-table.ts";
import { binaryLetter2012 } from "./tables/binary-letter-2012.ts";
import { clinicalEmail2006 } from "./tables/clinical-email-2006.ts";
import { negativeReceipt2005, negativeVansReceipt2005, positiveReceipt2005 } from "./tables/receipts-2005.ts";

/** A version that is spoken: the namespace and root that pick it, and the table it is read and printed by. */
export interface SpokenType {
  readonly type: "XDIS91" | "XBIN01" | "XCTL01" | "XCTL02" | "XCTL03";
  readonly version: string;
  readonly namespace: string;
  readonly root: string;
  readonly table: Group;
}

const receipts = sundcomNamespace("2005/08/07");

export const spokenTypes = {
  XDIS91: {
    type: "XDIS91",
    version: "XD9134L",
    namespace: sundcomNamespace("2006/07/01"),
    root: "ClinicalEmail",
    table: clinicalEmail2006,
  },
  XBIN01: {
    type: "XBIN01",
    version: "XB0131X",
    namespace: medcomNamespace("2012/03/28"),
    root: "BinaryLetter",
    table: binaryLetter2012,
  },
  XCTL01: {
    type: "XCTL01",
    version: "XC0130Q",
    namespace: receipts,
    root: "NegativeVansReceipt",
    table: negativeVansReceipt2005,
  },
  XCTL02: {
    type: "XCTL02",
    version: "XC0230Q",
    namespace: receipts,
    root: "NegativeReceipt",
    table: negativeReceipt2005,
  },
  XCTL03: {
    type: "XCTL03",
    version: "XC0330Q",
    namespace: receipts,
    root: "PositiveReceipt",
    table: positiveReceipt2005,
  },
} as const satisfies Record<SpokenType["type"], SpokenType>;

const byKey = new Map<string, SpokenType>(
  Object.values(spokenTypes).map((spoken) => [`${spoken.namespace} ${spoken.root}`, spoken]),
);

export const spokenTypeOf = (namespace: string, root: string): SpokenType | undefined =>
  byKey.get(`${namespace} ${root}`);
const receiptRoots = new Set<string>(
  Object.values(spokenTypes).flatMap(({ type, root }) => (type.startsWith("XCTL") ? [root] : [])),
);
/** Whether an element is meant as a receipt, of whatever namespace and version. */
export const isReceiptRoot = (root: string): boolean => receiptRoots.has(root);
/** Whether a type is spoken in some version, though perhaps not in the one at hand. */
export const isSpoken = (type: string): boolean => Object.hasOwn(spokenTypes, type);
