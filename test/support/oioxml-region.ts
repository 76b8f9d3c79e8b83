/** Organisations of the made-up region whose systems speak MedCom OIOXML and nothing else. */
export const oio = {
  practice: "5790000100057",
  department: "5790000200078",
  municipality: "5790000300037",
  acuteTeam: "5790000310036",
  prevention: "5790000311057",
} as const;
