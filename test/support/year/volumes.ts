/**
 * How much happens. Every figure here is an assumption of the order of what the sectors tell of themselves; none is agreed on, and
 * each can be changed here. `perCitizen`: cases that one citizen gives rise to in a year.
 */
export const regionCitizens = 1_300_000;

export const perCitizen = {
  specialistAdvice: 0.04,
  correspondence: 0.3,
  hospitalReferral: 0.28,
  imagingReferral: 0.09,
  psychiatryReferral: 0.015,
  cancerReferral: 0.022,
  preventionReferral: 0.012,
  acuteTeamReferral: 0.01,
  stay: 0.17,
  outpatientSummary: 0.3,
  observation: 0.012,
  slotBookedDirectly: 0.005,
  slotRequested: 0.005,
} as const;
export type Kind = keyof typeof perCitizen;
export const kinds = Object.keys(perCitizen) as Kind[];

/** What goes otherwise than it should: shares of what could. */
export const shares = {
  /** Of documents: no receipt comes, the receiver's system is away for a day, it is refused. */
  noReceipt: 0.004,
  lateReceipt: 0.01,
  refused: 0.002,
  /** Of answers. */
  askedBack: 0.12,
  redirected: 0.03,
  converted: 0.06,
  declined: 0.03,
  withdrawn: 0.03,
  followUp: 0.08,
  never: 0.01,
  /** Of appointments. */
  noShow: 0.05,
  /** Of stays. */
  dead: 0.02,
  summaryAtDischarge: 0.82,
  nursing: 0.25,
  homeVisitWished: 0.05,
  marked: 0.3,
} as const;

/** Share of the year's ordinary load, by month, January first: July is holidays, December is short. */
export const monthLoad = [1.05, 1.0, 1.08, 0.95, 1.0, 1.0, 0.6, 0.98, 1.08, 1.05, 1.08, 0.85] as const;
/** Share of a Tuesday, Monday first. */
export const weekdayLoad = {
  office: [1.15, 1, 0.95, 0.95, 0.8, 0.01, 0.01],
  always: [1.1, 1, 1, 1, 1.05, 0.75, 0.75],
} as const;
/** Weight of each hour of a Danish day. */
export const hourLoad = {
  office: [0, 0, 0, 0, 0, 0, 0, 1, 8, 12, 13, 11, 5, 8, 9, 6, 2, 1, 0, 0, 0, 0, 0, 0],
  always: [2, 2, 1, 1, 1, 2, 3, 5, 7, 9, 10, 10, 9, 9, 8, 8, 7, 6, 6, 5, 5, 4, 3, 3],
} as const;
export type Profile = keyof typeof hourLoad;
