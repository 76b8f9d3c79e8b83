/** Texts that are written again and again; a place to begin, and never sent unread. Proposed here, to be set locally. */
import { both } from "./form.ts";

export const answerBlocks = [
  both("Tak for din henvendelse.", "Thank you for your question."),
  both(
    "Jeg foreslår, at I fortsætter den nuværende behandling.",
    "I suggest going on with the present treatment.",
  ),
  both("Kontrol hos egen læge om 3 måneder.", "Check-up with the GP in 3 months."),
  both(
    "Patienten kan med fordel henvises til vurdering hos os.",
    "The patient may well be referred to us for assessment.",
  ),
  both("Kontakt os igen ved forværring.", "Contact us again if it gets worse."),
] as const;

export const askBackBlocks = [
  both("Vi mangler aktuel medicin.", "We lack the present medicine."),
  both("Vi mangler resultater af seneste blodprøver.", "We lack the results of the latest blood tests."),
  both("Hvor længe har symptomerne stået på?", "How long have there been symptoms?"),
] as const;

export const declineBlocks = [
  both(
    "Spørgsmålet hører til i et andet speciale; se vejviseren.",
    "The question belongs to another speciality; see the directory.",
  ),
  both("Henvis venligst patienten i stedet.", "Please refer the patient instead."),
] as const;
