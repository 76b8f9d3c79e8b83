/**
 * What may be wrong with a set of agreements. Codes are stable; texts may be bettered. `{...}` is filled in: ids, dates, names of
 * facts and kinds, GLNs.
 */
export const agreementProblems = {
  "not-json": { da: "Filen er ikke JSON i UTF-8.", en: "The file is not JSON in UTF-8." },
  "no-files": {
    da: "Mappen har ingen filer, der ender på .json.",
    en: "The folder has no files that end in .json.",
  },
  "set-twice": { da: "To filer har samme id: {id}.", en: "Two files have the same id: {id}." },
  "version-twice": {
    da: "{id} version {version} står to gange.",
    en: "{id} version {version} is there twice.",
  },
  "version-order": {
    da: "{id} version {version} begynder {date}, før den version, den afløser.",
    en: "{id} version {version} begins on {date}, before the version that it replaces.",
  },
  "version-changed": {
    da: "{id} version {version} har været i brug med et andet indhold. Lav en ny version.",
    en: "{id} version {version} was in use with other content. Make a new version.",
  },
  "version-skipped": {
    da: "Næste version af {id} er {version}.",
    en: "The next version of {id} is {version}.",
  },
  "starts-in-past": {
    da: "En ny version begynder tidligst i dag, {date}.",
    en: "A new version begins today, {date}, at the earliest.",
  },
  "id-differs": { da: "Adressen siger {id}.", en: "The address says {id}." },
  "before-set": {
    da: "{id} begynder før sættet, som begynder {date}.",
    en: "{id} begins before the set, which begins on {date}.",
  },
  "ends-before-it-begins": {
    da: "{id} ender, før den begynder.",
    en: "{id} ends before it begins.",
  },
  "promise-unknown": {
    da: "Der er intet løfte, der hedder {promise}.",
    en: "There is no promise called {promise}.",
  },
  "promise-not-in-id": {
    da: "Et id er løftets, eller begynder med det: {promise} eller {promise}-...",
    en: "An id is the promise's, or begins with it: {promise} or {promise}-...",
  },
  "promise-of-another-kind": {
    da: "{promise} er af slagsen {kind}.",
    en: "{promise} is of the kind {kind}.",
  },
  "kind-unknown": {
    da: "Forløbet {family} har ingen sager af slagsen {kind}.",
    en: "The family {family} has no matters of the kind {kind}.",
  },
  "tier-unknown": {
    da: "Sager af slagsen {kind} har intet trin, der hedder {tier}.",
    en: "Matters of the kind {kind} have no tier {tier}.",
  },
  "fact-unknown": {
    da: "Der er ingen hændelse i forløbet {family}, der hedder {fact}.",
    en: "There is no fact {fact} in the family {family}.",
  },
  "fact-twice": {
    da: "Hændelsen {fact} gør to ting ved uret.",
    en: "The fact {fact} does two things to the clock.",
  },
  "pause-without-end": {
    da: "Et ur, der sættes på pause, skal også kunne fortsætte, og omvendt.",
    en: "A clock that pauses must be able to resume, and the other way round.",
  },
  "nothing-starts-it": {
    da: "Ingen hændelse starter uret, eller ingen stopper det. Skriv i notYet, hvorfor.",
    en: "No fact starts the clock, or none stops it. Say why in notYet.",
  },
  "organisation-unknown": {
    da: "Vejviseren kender ikke {gln}.",
    en: "The directory does not know {gln}.",
  },
  "limit-not-in-calendar": {
    da: "Tiden ({limit}) kan ikke tælles i kalenderen {calendar}.",
    en: "The limit ({limit}) cannot be counted in the calendar {calendar}.",
  },
  "calendar-never-open": {
    da: "Tiden kan aldrig løbe: kalenderen {calendar} har ingen åbningstid på de dage, der tæller.",
    en: "The time can never run: the calendar {calendar} has no opening hours on the days that count.",
  },
  "warns-too-late": {
    da: "Der advares først, når svaret allerede er for sent.",
    en: "It warns only when the answer is late already.",
  },
  "after-warning": {
    da: "Kun et skridt efter en overskridelse kan vente: after hører ikke til en advarsel.",
    en: "Only a step after a breach can wait: a warning has no after.",
  },
  "after-not-countable": {
    da: "Et senere skridt tælles i minutter (elapsed) eller arbejdsdage (workingDays), ikke i {limit}.",
    en: "A later step is counted in minutes (elapsed) or working days (workingDays), not in {limit}.",
  },
  "step-twice": {
    da: "To skridt fortæller {to} det samme på samme tid.",
    en: "Two steps tell {to} the same at the same time.",
  },
  "nobody-told": {
    da: "Ingen får at vide, at svaret er for sent: der mangler et skridt efter en overskridelse.",
    en: "Nobody is told that the answer is late: there is no step after a breach.",
  },
  overlap: {
    da: "{id} og {other} er lige præcise og gælder samme sag fra {date}: ingen af dem går forud.",
    en: "{id} and {other} are equally specific and about the same matter from {date}: neither goes first.",
  },
  gap: {
    da: "Ingen aftale holder løftet {promise} ({matter}) fra {date}.",
    en: "No agreement keeps the promise {promise} ({matter}) from {date}.",
  },
  "ended-without-successor": {
    da: "{id} er den sidste aftale om {promise} ({matter}), og den ophører: fra {date} gælder ingen.",
    en: "{id} is the last agreement on {promise} ({matter}), and it ends: from {date} there is none.",
  },
} as const satisfies Record<string, { da: string; en: string }>;
export type AgreementProblemCode = keyof typeof agreementProblems;
