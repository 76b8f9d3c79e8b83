import { medcomNamespace, sundcomNamespace } from "../../../contracts/codes/oioxml-types.ts";
import type { ClinicalLetterType } from "../../../contracts/letters/any-letter.ts";
import type { Group } from "../../tables/element-table.ts";
import type { FullShape } from "./shape.ts";
import { closingShape } from "./shapes/closing-letter.ts";
import { answerShape, appointmentShape, noticeShape } from "./shapes/notices.ts";
import { referralShape } from "./shapes/referral-letter.ts";
import { binaryLetter2012 } from "./tables/binary-letter-2012.ts";
import { bookingConfirmation2005, bookingConfirmation2006 } from "./tables/booking-confirmation.ts";
import { clinicalEmail2006 } from "./tables/clinical-email-2006.ts";
import {
  casualtyLetter2005,
  casualtyLetter2018,
  dischargeLetter2005,
  dischargeLetter2018,
  outPatientLetter2005,
  outPatientLetter2018,
} from "./tables/discharge-letter.ts";
import {
  hospitalReferral2005,
  hospitalReferral2017,
  xrayRequest2005,
  xrayRequest2017,
} from "./tables/hospital-referral.ts";
import {
  emergencyMunicipalityLetter2019,
  emergencyMunicipalityReferral2019,
  municipalityLetter2016,
  municipalityLetter2020,
  municipalityReferral2016,
  municipalityReferral2020,
} from "./tables/municipality.ts";
import {
  answerOfAdmission2005,
  notificationOfAdmission2005,
  notificationOfDischarge2005,
} from "./tables/notifications-2005.ts";
import { negativeReceipt2005, negativeVansReceipt2005, positiveReceipt2005 } from "./tables/receipts-2005.ts";

/** A version that is spoken: the namespace and root that pick it, and the table it is read and printed by. */
export interface SpokenVersion {
  readonly type: string;
  readonly version: string;
  readonly namespace: string;
  readonly root: string;
  readonly table: Group;
}
/** The types whose typed form is made by code of its own. */
interface SpokenType extends SpokenVersion {
  readonly type: "XDIS91" | "XBIN01" | "XCTL01" | "XCTL02" | "XCTL03";
}
/** The letters of the families, whose typed form is told by a shape. */
export interface ClinicalVersion extends SpokenVersion {
  readonly type: ClinicalLetterType;
  readonly shape: FullShape;
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

type Row = Omit<ClinicalVersion, "shape">;
const shaped = (shapeOf: (type: string, version: string) => FullShape, rows: readonly Row[]) =>
  rows.map((row): ClinicalVersion => ({ ...row, shape: shapeOf(row.type, row.version) }));

const in2005 = { namespace: sundcomNamespace("2005/08/07") } as const;
const in2006 = { namespace: sundcomNamespace("2006/07/01") } as const;
const in2016 = { namespace: medcomNamespace("2016/12/01") } as const;
const in2017 = { namespace: medcomNamespace("2017/05/01") } as const;
const in2018 = { namespace: medcomNamespace("2018/08/06") } as const;
const in2019 = { namespace: medcomNamespace("2019/03/31") } as const;
const in2020 = { namespace: medcomNamespace("2020/05/06") } as const;

const xref01 = { type: "XREF01", root: "HospitalReferral" } as const;
const xref02 = { type: "XREF02", root: "XrayRequest" } as const;
const xref15 = { type: "XREF15", root: "MunicipalityReferral" } as const;
const xref22 = { type: "XREF22", root: "EmergencyMunicipalityReferral" } as const;
const xdis01 = { type: "XDIS01", root: "DischargeLetter" } as const;
const xdis02 = { type: "XDIS02", root: "OutPatientDischargeLetter" } as const;
const xdis03 = { type: "XDIS03", root: "CasualtyWardLetter" } as const;
const xdis13 = { type: "XDIS13", root: "BookingConfirmation" } as const;
const xdis14 = { type: "XDIS14", root: "AnswerOfAdmission" } as const;
const xdis15 = { type: "XDIS15", root: "MunicipalityLetter" } as const;
const xdis17 = { type: "XDIS17", root: "NotificationOfDischarge" } as const;
const xdis20 = { type: "XDIS20", root: "NotificationOfAdmission" } as const;
const xdis22 = { type: "XDIS22", root: "EmergencyMunicipalityLetter" } as const;

/** Every version of every letter of the families; of a type, the first is what the hub writes unless the letter says another. */
export const clinicalVersions: readonly ClinicalVersion[] = [
  ...shaped(referralShape, [
    { ...xref01, ...in2005, version: "XH0130R", table: hospitalReferral2005 },
    { ...xref01, ...in2017, version: "XH0131R", table: hospitalReferral2017 },
    { ...xref02, ...in2005, version: "XH0230R", table: xrayRequest2005 },
    { ...xref02, ...in2017, version: "XH0231R", table: xrayRequest2017 },
    { ...xref15, ...in2016, version: "XH1530R", table: municipalityReferral2016 },
    { ...xref15, ...in2020, version: "XH1531R", table: municipalityReferral2020 },
    { ...xref22, ...in2019, version: "XH2230R", table: emergencyMunicipalityReferral2019 },
  ]),
  ...shaped(closingShape, [
    { ...xdis01, ...in2018, version: "XD0134L", table: dischargeLetter2018 },
    { ...xdis01, ...in2005, version: "XD0133L", table: dischargeLetter2005 },
    { ...xdis02, ...in2018, version: "XD0234L", table: outPatientLetter2018 },
    { ...xdis02, ...in2005, version: "XD0233L", table: outPatientLetter2005 },
    { ...xdis03, ...in2018, version: "XD0334L", table: casualtyLetter2018 },
    { ...xdis03, ...in2005, version: "XD0333L", table: casualtyLetter2005 },
    { ...xdis15, ...in2016, version: "XD1530L", table: municipalityLetter2016 },
    { ...xdis15, ...in2020, version: "XD1531L", table: municipalityLetter2020 },
    { ...xdis22, ...in2019, version: "XD2230L", table: emergencyMunicipalityLetter2019 },
  ]),
  ...shaped(noticeShape, [
    { ...xdis17, ...in2005, version: "XD1730C", table: notificationOfDischarge2005 },
    { ...xdis20, ...in2005, version: "XD2030C", table: notificationOfAdmission2005 },
  ]),
  ...shaped(answerShape, [{ ...xdis14, ...in2005, version: "XD1431C", table: answerOfAdmission2005 }]),
  ...shaped(appointmentShape, [
    { ...xdis13, ...in2005, version: "XD1333L", table: bookingConfirmation2005 },
    { ...xdis13, ...in2006, version: "XD1333L", table: bookingConfirmation2006 },
  ]),
];

/** Any version that is spoken. */
export type AnySpoken = SpokenType | ClinicalVersion;
const spoken: readonly AnySpoken[] = [...Object.values(spokenTypes), ...clinicalVersions];
const byKey = new Map(spoken.map((one) => [`${one.namespace} ${one.root}`, one]));
const types = new Set<string>(spoken.map(({ type }) => type));

export const spokenTypeOf = (namespace: string, root: string): AnySpoken | undefined =>
  byKey.get(`${namespace} ${root}`);
/** The version that a clinical letter is written in. Of XD1333L there are two; the older namespace is the common one. */
export const clinicalVersionOf = (letter: { type: string; version: string }): ClinicalVersion | undefined =>
  clinicalVersions.find(({ type, version }) => type === letter.type && version === letter.version);
const receiptRoots = new Set<string>(
  Object.values(spokenTypes).flatMap(({ type, root }) => (type.startsWith("XCTL") ? [root] : [])),
);
/** Whether an element is meant as a receipt, of whatever namespace and version. */
export const isReceiptRoot = (root: string): boolean => receiptRoots.has(root);
/** Whether a type is spoken in some version, though perhaps not in the one at hand. */
export const isSpoken = (type: string): boolean => types.has(type);
