import type { CaseRecord } from "../../../contracts/record.ts";

/** States of a stay in which the patient is in that hospital. */
const inHospital = new Set(["acuteAmbulant", "admitted", "onLeave"]);

/** Whether the patient is in the hospital after a record of a stay. */
export const isInHospital = ({ meta }: CaseRecord): boolean => inHospital.has(meta.status);
