/**
 * The MedCom OIOXML types that are known by name: the namespace and the root under Emessage pick the schema, and the
 * version and type codes are then checked (MedCom OIOXML EMessage.xsd; trees of every version). Which of them are spoken
 * is the codec's to say: the ones it has a table for.
 */
export interface OioxmlType {
  readonly namespace: string;
  readonly root: string;
  readonly version: string;
  readonly type: string;
}

/** Folders up to 2009 are under sundcom.dk, later ones are not. */
export const sundcomNamespace = (date: string): string =>
  `http://rep.oio.dk/sundcom.dk/medcom.dk/xml/schemas/${date}/`;
export const medcomNamespace = (date: string): string => `http://rep.oio.dk/medcom.dk/xml/schemas/${date}/`;

/** Home-care and hospital messages mix several versions of this namespace in one document. */
export const municipalityNamespace = "urn:oio:medcom:municipality:";

const rowsIn = (namespace: string, rows: readonly string[]): OioxmlType[] =>
  rows.map((row) => {
    const [root = "", version = "", type = ""] = row.split(" ");
    return { namespace, root, version, type };
  });

export const oioxmlTypes: readonly OioxmlType[] = [
  ...rowsIn(sundcomNamespace("2005/08/07"), [
    "HospitalReferral XH0130R XREF01",
    "XrayRequest XH0230R XREF02",
    "DischargeLetter XD0133L XDIS01",
    "OutPatientDischargeLetter XD0233L XDIS02",
    "CasualtyWardLetter XD0333L XDIS03",
    "RadiologyReport XD0533L XDIS05",
    "BookingConfirmation XD1333L XDIS13",
    "AnswerOfAdmission XD1431C XDIS14",
    "NotificationOfDischarge XD1730C XDIS17",
    "WarningOfDischarge XD1930C XDIS19",
    "NotificationOfAdmission XD2030C XDIS20",
    "ClinicalEmail XD9133L XDIS91",
    "BinaryLetter XB0130X XBIN01",
    "NegativeVansReceipt XC0130Q XCTL01",
    "NegativeReceipt XC0230Q XCTL02",
    "PositiveReceipt XC0330Q XCTL03",
  ]),
  ...rowsIn(sundcomNamespace("2006/07/01"), [
    "ClinicalEmail XD9134L XDIS91",
    "BookingConfirmation XD1333L XDIS13",
  ]),
  ...rowsIn(sundcomNamespace("2007/02/01"), [
    "PrivateSpecialistReferral XH0630R XREF06",
    "PhysiotherapyReferral XH0730R XREF07",
    "PsychologistReferral XH1030R XREF10",
    "DoctorsCallCenterLetter XD0633L XDIS06",
    "PrivateSpecialistLetter XD0733L XDIS07",
    "ReportOfAdmission XD1630C XDIS16",
    "ReportOfDischarge XD1830C XDIS18",
  ]),
  ...rowsIn(sundcomNamespace("2009/08/01"), ["AdministrativeEmail XD9034L XDIS90"]),
  ...rowsIn(medcomNamespace("2011/02/17"), ["BirthNotification XD3234L XDIS32"]),
  ...rowsIn(medcomNamespace("2012/03/28"), ["BinaryLetter XB0131X XBIN01"]),
  ...rowsIn(medcomNamespace("2013/09/02"), ["PhysiotherapyReferral XH0731R XREF07"]),
  ...rowsIn(medcomNamespace("2015/08/01"), [
    "ClinicalEmail XD9135L XDIS91",
    "PhysiotherapyReferral XH0732R XREF07",
  ]),
  ...rowsIn(medcomNamespace("2016/10/02"), ["ReferralAttachment XB0210X XBIN02"]),
  ...rowsIn(medcomNamespace("2016/12/01"), [
    "MunicipalityReferral XH1530R XREF15",
    "MunicipalityLetter XD1530L XDIS15",
  ]),
  ...rowsIn(medcomNamespace("2017/02/15"), ["PsychologistReferral XH1031R XREF10"]),
  ...rowsIn(medcomNamespace("2017/05/01"), ["HospitalReferral XH0131R XREF01", "XrayRequest XH0231R XREF02"]),
  ...rowsIn(medcomNamespace("2018/08/06"), [
    "DischargeLetter XD0134L XDIS01",
    "OutPatientDischargeLetter XD0234L XDIS02",
    "CasualtyWardLetter XD0334L XDIS03",
    "PositiveReceipt XC0330Q XCTL03",
  ]),
  ...rowsIn(medcomNamespace("2019/02/19"), [
    "ClinicalEmail XD9135L XDIS91",
    "PodiatryReferral XH0831R XREF08",
  ]),
  ...rowsIn(medcomNamespace("2019/03/31"), [
    "EmergencyMunicipalityReferral XH2230R XREF22",
    "EmergencyMunicipalityLetter XD2230L XDIS22",
  ]),
  ...rowsIn(medcomNamespace("2019/04/03"), ["BinaryLetter XB0230X XBIN02"]),
  ...rowsIn(medcomNamespace("2019/12/01"), ["EmergencyLetter XD0634L XDIS06"]),
  ...rowsIn(medcomNamespace("2020/05/06"), [
    "MunicipalityReferral XH1531R XREF15",
    "MunicipalityLetter XD1531L XDIS15",
    "NegativeVansReceipt XC0130Q XCTL01",
    "NegativeReceipt XC0230Q XCTL02",
    "PositiveReceipt XC0330Q XCTL03",
  ]),
  ...rowsIn(medcomNamespace("2020/06/15"), ["PrivateSpecialistLetter XD0734L XDIS07"]),
  ...rowsIn(medcomNamespace("2021/06/06"), ["TeddyReferral XH1231R XREF12"]),
  ...rowsIn(medcomNamespace("2021/06/27"), [
    "PrivateSpecialistReferral XH0631R XREF06",
    "PodiatryReferral XH0832R XREF08",
  ]),
  ...rowsIn(municipalityNamespace, [
    "ReportOfAdmission XD1634C XDIS16",
    "ReportOfDischarge XD1834C XDIS18",
    "WarningOfDischarge XD1934C XDIS19",
    "ProgressOfCarePlan XD2134C XDIS21",
    "RehabilitationPlan GGOP100 GGOP",
  ]),
];

const keyOf = (namespace: string, root: string): string =>
  `${namespace.startsWith(municipalityNamespace) ? municipalityNamespace : namespace} ${root}`;
const byKey = new Map(oioxmlTypes.map((row) => [keyOf(row.namespace, row.root), row]));

/** The known type that a letter's namespace and root name, if any. */
export const oioxmlTypeOf = (namespace: string, root: string): OioxmlType | undefined =>
  byKey.get(keyOf(namespace, root));
