import {
  callAt,
  files,
  lineAt,
  longAt,
  momentAt,
  nowAt,
  optional,
  personAt,
  phoneAt,
  reason,
  text,
  todayAt,
  yesAt,
} from "./fields.ts";
import { actionForm, both, type CommandForm, type CommandForms, type Field, option } from "./form.ts";
import { askBackBlocks } from "./text-blocks.ts";

const appointment: Field[] = [
  momentAt("appointment.start", "Tidspunkt", "Time"),
  lineAt("appointment.place", ["Sted", "Place"], 140),
  {
    kind: "whole",
    name: "appointment.lengthMinutes",
    min: 1,
    max: 1440,
    isOptional: true,
    label: both("Varighed i minutter", "Length in minutes"),
  },
  optional(
    longAt("appointment.instructions", ["Hvad patienten skal vide", "What the patient is to know"], 1000),
  ),
];

const at = (action: string, words: readonly [string, string], fields: readonly Field[]): CommandForm =>
  actionForm(`/v1/referrals/{caseId}/${action}`, words, fields);

const receiver: Field[] = [
  { kind: "organisation", name: "to.gln", label: both("Til", "To"), offer: "referral" },
  reason,
];

const triage: CommandForms = {
  "referral.receive": at("receive", ["Modtaget", "Received"], []),
  "referral.accept": at(
    "accept",
    ["Visitér og acceptér", "Accept"],
    [optional({ ...text, label: both("Besked til henviser", "Message to the sender") })],
  ),
  "referral.requestInformation": at(
    "request-information",
    ["Bed om flere oplysninger", "Ask for more"],
    [{ ...text, label: both("Hvad mangler I?", "What do you need?"), blocks: askBackBlocks }, files],
  ),
  "referral.giveInformation": at(
    "give-information",
    ["Giv oplysninger", "Give information"],
    [{ ...text, label: both("Oplysninger", "Information") }, files],
  ),
  "referral.markMisdirected": at("misdirected", ["Hører ikke til her", "Not here"], [reason]),
  "referral.forward": at("forward", ["Omvisitér", "Forward"], receiver),
  "referral.return": {
    ...at(
      "return",
      ["Returnér", "Return"],
      [
        {
          kind: "choice",
          name: "reason",
          label: both("Årsag", "Reason"),
          options: [
            option("content-missing", "Oplysninger mangler", "Content is missing"),
            option(
              "other-examination-better",
              "Anden undersøgelse er bedre",
              "Another examination is better",
            ),
            option("not-indicated", "Ikke indiceret", "Not indicated"),
            option("treat-in-practice", "Kan behandles i praksis", "Can be treated in the practice"),
            option("no-hospital-offers-it", "Intet sygehus tilbyder det", "No hospital offers it"),
            option("patient-known-here", "Patienten går her i forvejen", "The patient is known here"),
          ],
        },
        { ...longAt("advice", ["Råd: hvad lægen kan gøre", "Advice: what the doctor can do"]) },
        personAt("doctor", "Læge", "Doctor"),
        phoneAt("phone", "Telefon, hvor lægen kan nås", "Number that reaches the doctor"),
      ],
    ),
    lead: both(
      "Kun når intet sygehus kan tage imod. Hører den til et andet sted, så send den videre.",
      "Only when no hospital can take it. If it belongs elsewhere, forward it.",
    ),
  },
  "referral.decline": at(
    "decline",
    ["Akutteamet kan ikke komme", "The team cannot come"],
    [
      {
        kind: "choice",
        name: "reason",
        label: both("Årsag", "Reason"),
        options: [
          option("no-capacity", "Ingen ledige", "No capacity"),
          option("outside-area", "Uden for området", "Outside the area"),
          option("needs-admission", "Skal indlægges", "Needs admission"),
          option("needs-other-help", "Har brug for anden hjælp", "Needs other help"),
        ],
      },
      longAt("advice", ["Hvad der kan gøres i stedet", "What to do instead"]),
      personAt("by", "Hvem siger det", "Who says so"),
      phoneAt("phone", "Telefon for spørgsmål", "Number for questions"),
    ],
  ),
  "referral.withdraw": at(
    "withdraw",
    ["Træk tilbage", "Withdraw"],
    [
      reason,
      yesAt(
        "consentWithdrawn",
        "Borgeren har trukket sit samtykke tilbage",
        "The citizen has withdrawn consent",
      ),
    ],
  ),
};

const course: CommandForms = {
  "referral.book": at("book", ["Giv tid", "Give a time"], appointment),
  "referral.rebook": at("rebook", ["Flyt tid", "Move the time"], [...appointment, optional(reason)]),
  "referral.cancelAppointment": at(
    "cancel-appointment",
    ["Aflys tid", "Cancel the time"],
    [
      {
        kind: "choice",
        name: "by",
        initial: "receiver",
        label: both("Hvem aflyser", "Who cancels"),
        options: [option("receiver", "Vi gør", "We do"), option("citizen", "Borgeren", "The citizen")],
      },
      reason,
    ],
  ),
  "referral.noticeSent": at(
    "notice-sent",
    ["Indkaldelse sendt", "Patient written to"],
    [todayAt("sentOn", "Sendt den", "Sent on")],
  ),
  "referral.invite": at(
    "invite",
    ["Invitér til afklarende samtale", "Invite to the clarifying talk"],
    appointment,
  ),
  "referral.attended": at("attended", ["Mødt", "Attended"], [nowAt("at", "Mødt", "Came at")]),
  "referral.noShow": at(
    "no-show",
    ["Udeblevet", "Did not come"],
    [nowAt("at", "Skulle være mødt", "Was to come at")],
  ),
  "referral.followUpNoShow": at(
    "follow-up-no-show",
    ["Fulgt op på udeblivelse", "Followed up on no-show"],
    [
      nowAt("at", "Hvornår", "When"),
      {
        kind: "choice",
        name: "how",
        initial: "phone",
        label: both("Hvordan", "How"),
        options: [
          option("phone", "Telefon", "Phone"),
          option("letter", "Brev", "Letter"),
          option("visit", "Besøg", "Visit"),
          option("digital-post", "Digital Post", "Digital Post"),
        ],
      },
      {
        kind: "choice",
        name: "outcome",
        label: both("Udfald", "Outcome"),
        options: [
          option("comes-later", "Kommer senere", "Comes later"),
          option("does-not-want", "Ønsker det ikke", "Does not want to"),
          option("not-reached", "Ikke truffet", "Not reached"),
        ],
      },
      optional(longAt("note", ["Bemærkning", "Note"])),
    ],
  ),
  "referral.endCourse": at(
    "end-course",
    ["Forløbet er slut", "The course is over"],
    [todayAt("endedOn", "Slut den", "Ended on")],
  ),
  "referral.startVisit": at(
    "start-visit",
    ["Besøg begyndt", "Visit begun"],
    [nowAt("at", "Ankommet", "Arrived"), personAt("by", "Hvem", "Who")],
  ),
  "referral.endVisit": at("end-visit", ["Besøg slut", "Visit over"], [nowAt("at", "Kørt", "Left")]),
  "referral.wantSlot": at(
    "want-slot",
    ["Ønsk subakut tid", "Want a sub-acute time"],
    [{ kind: "slot", name: "slotId", label: both("Ledig tid", "Free time") }],
  ),
};

const end: CommandForms = {
  "referral.settleDiagnosis": at(
    "settle-diagnosis",
    ["Udredt eller plan", "Diagnosed, or a plan"],
    [
      {
        kind: "choice",
        name: "outcome",
        label: both("Udfald", "Outcome"),
        options: [
          option("diagnosed", "Udredt", "Diagnosed"),
          option("plan", "Skriftlig udredningsplan", "Written plan"),
        ],
      },
      todayAt("on", "Den", "On"),
    ],
  ),
  "referral.conclude": at(
    "conclude",
    ["Afslut med notat eller svar", "Conclude"],
    [
      { ...text, label: both("Notat eller svar", "Note or result") },
      personAt("signedBy.name", "Underskrevet af", "Signed by"),
      optional(lineAt("signedBy.title", ["Titel", "Title"])),
      {
        ...yesAt("critical", "Kritisk fund", "Critical finding"),
        help: both(
          "Et kritisk fund ringes. Sagen bliver hos jer, til der er ringet.",
          "A critical finding is phoned. The case stays with you until it is.",
        ),
      },
      files,
    ],
  ),
  "referral.phoneFinding": at(
    "phone-finding",
    ["Kritisk fund ringet", "Finding was phoned"],
    callAt("phoned"),
  ),
  "referral.reviewResult": at(
    "review-result",
    ["Svar set", "Result seen"],
    [optional(longAt("plan", ["Hvad der nu sker", "What happens now"]))],
  ),
};

/** What may be done to a referral (contracts/messages/referral-commands.ts). */
export const referralForms: CommandForms = { ...triage, ...course, ...end };
