/**
 * When a practice is to be reached by phone by those who care for its patients, in Danish local time on working days: 8-16, or
 * a named substitute answers (agreement GP-PHONE; Praksisplan Midtjylland 6.1). One that is open later by the directory has
 * nobody on the phone; one that closes earlier and names nobody is still the one to ask until the out-of-hours doctor comes.
 */
export const gpHours = {
  agreement: "GP-PHONE",
  opens: "08:00",
  closes: "16:00",
  source: "Praksisplan Midtjylland s.6.1",
  basis: "sourced",
} as const;
