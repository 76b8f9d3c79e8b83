import { type Meaning, park } from "./fate.ts";

/** What a case, a slot or a measurement does not allow. */
export const caseErrors = {
  // what the case allows
  "not-your-turn": park("Another party is the one to do this.", "En anden part skal gøre dette."),
  "wrong-state": park(
    "The case does not allow this as it stands.",
    "Sagen tillader ikke dette, som den står.",
  ),
  "held-by-colleague": park("A colleague has this case.", "En kollega har taget sagen."),
  "conversion-not-authorised": park(
    "The asker has not allowed conversion to a referral.",
    "Spørgeren har ikke tilladt omdannelse til henvisning.",
  ),
  "gp-asks-specialist": park(
    "A specialist is asked by general practice.",
    "Kun almen praksis kan bede om specialistrådgivning.",
  ),
  "specialist-kind-only": park(
    "Only advice asked of a specialist can do this.",
    "Det kan kun ske ved specialistrådgivning.",
  ),
  "not-for-this-kind": park("This kind of case does not know this.", "Det kan ikke gøres i denne slags sag."),
  "forward-loops": park(
    "It has been there before: it would go round.",
    "Sagen har været der før og ville gå i ring.",
  ),
  "envelope-reused": park(
    "This envelope identifier was used before for another message.",
    "Kuvertens identifikation er tidligere brugt til en anden besked.",
  ),
  "content-differs": park(
    "This id was used before for other content.",
    "Dette id er tidligere brugt til andet indhold.",
  ),
  "correction-elsewhere": park(
    "The correction names another receiver than what it corrects.",
    "Rettelsen har en anden modtager end det, den retter.",
  ),
  // places in slots
  "not-sub-acute": park(
    "That unit gives out no sub-acute times by the directory.",
    "Enheden tilbyder ingen subakutte tider i vejviseren.",
  ),
  "not-a-booker": park(
    "Your kind of organisation books no sub-acute times.",
    "Jeres slags organisation booker ikke subakutte tider.",
  ),
  "unit-elsewhere": park(
    "That unit is not one of the sender's hospital.",
    "Enheden hører ikke til afsenderens hospital.",
  ),
  "need-in-future": park(
    "The need is said to arise in the future.",
    "Behovet er angivet til at opstå senere.",
  ),
  "slot-unknown": park("There is no such slot.", "Tiden findes ikke."),
  "slot-full": park("No place is left in that slot.", "Der er ikke flere pladser i tiden."),
  "slot-not-in-time": park(
    "That slot is later than the day after the need.",
    "Tiden ligger senere end dagen efter behovet.",
  ),
  "slot-begun": park("That slot has begun already.", "Tiden er allerede begyndt."),
  "slot-cancelled": park("The hospital has taken that slot back.", "Hospitalet har trukket tiden tilbage."),
  "slot-not-for-citizen": park(
    "That slot is for other municipalities or regions.",
    "Tiden er for andre kommuner eller regioner.",
  ),
  "places-taken": park(
    "More places than that are booked or held already.",
    "Der er allerede optaget flere pladser end det.",
  ),
  "too-early": park("That time has not come yet.", "Tidspunktet er ikke nået endnu."),
  // observation
  "care-team-measures": park(
    "A municipality or an acute team opens an episode of observation.",
    "Et observationsforløb åbnes af en kommune eller et akutteam.",
  ),
  "scheme-unknown": park("There is no such score scheme.", "Scoreskemaet findes ikke."),
  "measurement-invalid": park(
    "A measured value cannot be what was measured.",
    "En målt værdi kan ikke være rigtig.",
  ),
  "measurement-unknown": park(
    "No measurement of that number counts in the episode.",
    "Ingen gældende måling i forløbet har det nummer.",
  ),
  "sharing-refused": park(
    "The citizen refuses that this is passed on to others.",
    "Borgeren har nægtet, at dette gives videre til andre.",
  ),
  "consent-refused": park(
    "The citizen refuses consent, and it rests on nothing else: nothing was sent.",
    "Borgeren har nægtet samtykke, og der er ikke anden hjemmel: intet er sendt.",
  ),
  "case-erased": park(
    "This came before, and what the hub kept of it was erased by order of those who control it.",
    "Dette er modtaget før, og det, hubben gemte om det, er slettet efter påbud fra den dataansvarlige.",
  ),
  "municipality-unknown": park(
    "The citizen's municipality is not told, and does not follow from the sender.",
    "Borgerens kommune er ikke oplyst og følger ikke af afsenderen.",
  ),
  "adjustment-invalid": park(
    "The ordered limits do not fit the score scheme.",
    "De ordinerede grænser passer ikke til scoreskemaet.",
  ),
  "valid-until-past": park(
    "It would be valid until a time that is past.",
    "Gyldigheden er allerede udløbet.",
  ),
} as const satisfies Record<string, Meaning>;
