/**
 * How long looks are kept, in days: five years, the most that the old sikkerhedsbekendtgørelse § 19 let a log be kept for a special
 * need (guide, section 8: six months, up to five years; today GDPR art. 32 and Datatilsynet's catalogue).
 */
export const auditKeptDays = 1_826;

/** How long an emergency access lasts, in minutes. */
export const emergencyMinutes = 120;
