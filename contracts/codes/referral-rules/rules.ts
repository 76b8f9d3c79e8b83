import { hospitalRules } from "./hospital.ts";
import { imagingRules } from "./imaging.ts";
import { municipalRules } from "./municipal.ts";
import { psychiatryRules } from "./psychiatry.ts";
import type { ContentRule, SenderRule, Validity } from "./rule.ts";

/** Everything that is asked of the content of referrals. A region adds and takes away rules; no code knows one. */
export const contentRules: readonly ContentRule[] = [
  ...hospitalRules,
  ...psychiatryRules,
  ...imagingRules,
  ...municipalRules,
];

/** Who may refer to what (guide to the domain, 4.3 to 6). Citizens and relatives never do. */
export const senderRules: readonly SenderRule[] = [
  {
    kinds: ["hospital", "cancer"],
    senders: ["practice", "outOfHours", "department", "hospital"],
    withDelegation: [],
    source: "Guide 4.1; hospitals refer to one another",
    basis: "default",
  },
  {
    kinds: ["imaging"],
    senders: ["practice"],
    withDelegation: [],
    source: "Praksisplan Midtjylland 5.5: general practice's direct access",
    basis: "sourced",
  },
  {
    kinds: ["psychiatry"],
    senders: ["practice", "outOfHours", "department", "hospital", "municipality"],
    withDelegation: [],
    source: "Guide 4.3: municipality and school psychology may refer children",
    basis: "sourced",
  },
  {
    kinds: ["prevention"],
    senders: ["practice", "department", "hospital"],
    withDelegation: [],
    source: "Guide 4.4 (XREF15 through the national referral service)",
    basis: "default",
  },
  {
    kinds: ["acute-team"],
    senders: ["practice", "outOfHours", "department", "hospital"],
    withDelegation: ["municipality", "other"],
    source: "Guide 6: GP, out-of-hours, hospital; care homes under framework delegation",
    basis: "sourced",
  },
];

const notFound = "Proposed here: guide 4.1 has a number of months for specialists in practice alone";

/** Guide 4.1 (dindoktor.dk, medium confidence) says 6 months for a specialist; no hospital's own number was found. */
export const validities: readonly Validity[] = [
  {
    kind: "hospital",
    months: 6,
    source: "dindoktor.dk (guide 4.1), said of specialists in practice",
    basis: "default",
  },
  { kind: "imaging", months: 6, source: notFound, basis: "default" },
  { kind: "psychiatry", months: 6, source: notFound, basis: "default" },
  { kind: "cancer", months: 6, source: notFound, basis: "default" },
  { kind: "prevention", months: 6, source: notFound, basis: "default" },
  { kind: "acute-team", months: 1, source: notFound, basis: "default" },
];
