/**
 * When a practice is to be reached by phone by those who care for its patients, in Danish local time on working days: 8-16, or
 * a named substitute answers (agreement GP-PHONE; Praksisplan Midtjylland 6.1). A practice that closes earlier by the
 * directory is closed then; one that is open later has nobody on the phone.
 */
export const gpHours = {
  agreement: "GP-PHONE",
  opens: "08:00",
  closes: "16:00",
  source: "Praksisplan Midtjylland s.6.1",
  basis: "sourced",
} as const;
