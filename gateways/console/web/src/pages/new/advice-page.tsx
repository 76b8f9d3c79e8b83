import { Select, Stack, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { files, longAt } from "../../forms/described/fields.ts";
import { both, type CommandForm, option } from "../../forms/described/form.ts";
import { OpeningForm } from "../../forms/opening-form.tsx";
import type { Both } from "../../words/both.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { specialityWords } from "../../words/specialities.ts";
import { adviceTemplates } from "./advice-templates.ts";

const pageWords = {
  da: {
    title: "Stil et spørgsmål",
    lead: "Ét spørgsmål om én patient. Svaret kommer her og i arbejdslisten.",
    template: "Skabelon",
    templateHelp: "Fylder emne og spørgsmål ud; ret, hvad der skal rettes.",
  },
  en: {
    title: "Ask a question",
    lead: "One question about one patient. The answer comes here and in the worklist.",
    template: "Template",
    templateHelp: "Fills in subject and question; mend what is to be mended.",
  },
} satisfies Both<object>;

/** What is asked for (contracts/messages/advice.ts, AskAdvice). */
const askForm: CommandForm = {
  path: "/v1/advice",
  title: both("Spørgsmål", "Question"),
  send: both("Send spørgsmål", "Send the question"),
  fields: [
    {
      kind: "organisation",
      name: "to.gln",
      label: both("Til", "To"),
      offer: "advice",
      help: both("Afdelinger, der rådgiver.", "Departments that advise."),
    },
    { kind: "line", name: "subject", label: both("Emne", "Subject"), max: 70 },
    longAt("question", ["Spørgsmål", "Question"], 10_000),
    {
      kind: "choice",
      name: "priority",
      initial: "routine",
      label: both("Prioritet", "Priority"),
      options: [option("routine", "Rutine", "Routine"), option("high", "Høj", "High")],
    },
    {
      kind: "choice",
      name: "channel",
      initial: "electronic",
      label: both("Svar ønskes", "Answer wanted"),
      options: [
        option("electronic", "Skriftligt", "In writing"),
        option("phone", "På telefon", "By phone"),
        option("video", "På video", "By video"),
      ],
    },
    {
      kind: "yes",
      name: "mayConvert",
      label: both("Må omdannes til en henvisning", "May be made a referral"),
      help: both(
        "Så kan specialisten tage patienten ind uden at spørge igen. Patienten skal være enig.",
        "Then the specialist can take the patient in without asking again. The patient must agree.",
      ),
    },
    files,
  ],
};

const AdvicePage = (): ReactElement => {
  const words = useWords(pageWords);
  const specialities = useWords(specialityWords);
  const language = useLanguage();
  const named = new Map(Object.entries(specialities));
  const groups = [...new Set(adviceTemplates.map(({ speciality }) => speciality))].map((speciality) => ({
    group: named.get(speciality) ?? speciality,
    items: adviceTemplates
      .filter((each) => each.speciality === speciality)
      .map(({ id, subject }) => ({ value: id, label: subject[language] })),
  }));
  return (
    <Stack>
      <Title order={1} size="h2">
        {words.title}
      </Title>
      <Text>{words.lead}</Text>
      <OpeningForm
        name="advice.ask"
        form={askForm}
        hasPatient
        before={(values, change) => (
          <Select
            label={words.template}
            description={words.templateHelp}
            data={groups}
            clearable
            maw={420}
            onChange={(id) => {
              const template = adviceTemplates.find((each) => each.id === id);
              if (template !== undefined)
                change({
                  ...values,
                  subject: template.subject[language],
                  question: template.question[language],
                });
            }}
          />
        )}
      />
    </Stack>
  );
};
export default AdvicePage;
