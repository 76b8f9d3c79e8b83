import { files, lineAt, optional, reason, text } from "./fields.ts";
import { both, type CommandForms, option } from "./form.ts";
import { answerBlocks, askBackBlocks, declineBlocks } from "./text-blocks.ts";

const adviser = optional(lineAt("adviser.title", ["Titel", "Title"]));
const adviserName = {
  ...optional(lineAt("adviser.name", ["Hvem rådgiver", "Who advises"])),
  initial: ({ person }: { person: string }): string => person,
};

/** What may be done to a question (contracts/messages/advice.ts). */
export const adviceForms: CommandForms = {
  "advice.answer": {
    path: "/v1/cases/{caseId}/answer",
    title: both("Svar", "Answer"),
    send: both("Send svar", "Send the answer"),
    fields: [
      { ...text, label: both("Svar", "Answer"), blocks: answerBlocks },
      {
        kind: "choice",
        name: "outcome",
        label: both("Hvad svaret betyder", "What it comes to"),
        initial: "advice",
        options: [
          option("advice", "Rådgivning", "Advice"),
          option("no-further-action", "Ikke mere at gøre", "No further action"),
          option("please-refer", "Henvis patienten", "Please refer"),
        ],
      },
      adviserName,
      adviser,
      files,
    ],
  },
  "advice.convert": {
    path: "/v1/cases/{caseId}/convert",
    title: both("Omdan til henvisning", "Make a referral of it"),
    send: both("Omdan og svar", "Make the referral"),
    lead: both(
      "Spørgeren har på forhånd sagt ja. Spørgsmål og bilag går med i henvisningen.",
      "The asker agreed in advance. The question and its attachments go with the referral.",
    ),
    fields: [{ ...text, label: both("Svar til lægen", "Answer to the doctor") }, adviserName, adviser, files],
  },
  "advice.requestInformation": {
    path: "/v1/cases/{caseId}/request-information",
    title: both("Spørg tilbage", "Ask back"),
    send: both("Send spørgsmål", "Send the question"),
    lead: both(
      "Jeres frist står stille, til der er svaret.",
      "Your clock stands still until it is answered.",
    ),
    fields: [{ ...text, label: both("Hvad mangler I?", "What do you need?"), blocks: askBackBlocks }, files],
  },
  "advice.giveInformation": {
    path: "/v1/cases/{caseId}/give-information",
    title: both("Giv oplysninger", "Give information"),
    send: both("Send oplysninger", "Send"),
    fields: [{ ...text, label: both("Oplysninger", "Information") }, files],
  },
  "advice.redirect": {
    path: "/v1/cases/{caseId}/redirect",
    title: both("Send videre", "Pass on"),
    send: both("Send videre", "Pass on"),
    fields: [{ kind: "organisation", name: "to.gln", label: both("Til", "To"), offer: "advice" }, reason],
  },
  "advice.decline": {
    path: "/v1/cases/{caseId}/decline",
    title: both("Afvis", "Decline"),
    send: both("Afvis og send svar", "Decline and tell"),
    fields: [
      {
        ...text,
        label: both("Begrundelse, og hvad der kan gøres i stedet", "Why, and what to do instead"),
        blocks: declineBlocks,
      },
      files,
    ],
  },
  "advice.withdraw": {
    path: "/v1/cases/{caseId}/withdraw",
    title: both("Træk spørgsmålet tilbage", "Withdraw the question"),
    send: both("Træk tilbage", "Withdraw"),
    fields: [reason],
  },
  "advice.askFollowUp": {
    path: "/v1/cases/{caseId}/follow-up",
    title: both("Opfølgende spørgsmål", "Follow-up question"),
    send: both("Send spørgsmål", "Send the question"),
    lead: both("Sagen åbnes igen.", "The case is opened again."),
    fields: [{ ...text, label: both("Spørgsmål", "Question") }, files],
  },
  "advice.markHandled": {
    path: "/v1/cases/{caseId}/handled",
    title: both("Markér som behandlet", "Mark as handled"),
    send: both("Behandlet", "Handled"),
    lead: both(
      "Brevet kræver intet svar, og fristen stopper.",
      "The letter needs no answer, and its clock stops.",
    ),
    fields: [],
  },
};
