import { Paper, Stack, Title } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import type { CommandAnswer } from "../../../../../contracts/answers.ts";
import { useSession } from "../api/session.ts";
import { useLanguage, useWords } from "../words/language.tsx";
import { uploadAll } from "./attachment.ts";
import { bodyOf, initialValues, type Values, wrongs } from "./body-of.ts";
import { type PatientTyped, patientOf } from "./cpr.ts";
import type { CommandForm, Field, Seen } from "./described/form.ts";
import { DescribedFields } from "./described-fields.tsx";
import { PatientFields } from "./fields/patient-fields.tsx";
import { FormFrame } from "./form-frame.tsx";
import { useCommand } from "./use-command.tsx";
import { useDraft } from "./use-draft.ts";
import { formWords } from "./words.ts";

type Props = {
  /** Names the draft. */
  name: string;
  form: CommandForm;
  /** The fields as the others stand; absent: those of the form. */
  fieldsFor?: (values: Values) => readonly Field[];
  /** Whether it is about a citizen. */
  hasPatient: boolean;
  /** What comes before the fields, e.g. a choice that fills them in. */
  before?: (values: Values, change: (values: Values) => void) => ReactNode;
  done?: (answer: CommandAnswer) => void;
};

const words = ["cpr", "givenName", "surname"] as const;
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** The citizen is kept with the draft, beside the fields of the command. */
const patientIn = (values: Values): PatientTyped => {
  const [cpr, givenName, surname] = words.map((name) => text(values[`who.${name}`]));
  return { cpr: cpr ?? "", givenName: givenName ?? "", surname: surname ?? "" };
};
const withPatient = (values: Values, patient: PatientTyped): Values => ({
  ...values,
  ...Object.fromEntries(words.map((name) => [`who.${name}`, patient[name]])),
});

/** A form that opens a case: `messageId` names it for ever, so that it is opened once. */
export const OpeningForm = ({ name, form, fieldsFor, hasPatient, before, done }: Props): ReactElement => {
  const language = useLanguage();
  const said = useWords(formWords);
  const [, go] = useLocation();
  const { person } = useSession();
  const [seen] = useState<Seen>(() => ({ view: undefined, person: person?.name ?? "", nowMs: Date.now() }));
  const draft = useDraft(name, () => initialValues(form.fields, seen));
  const [hasTried, setTried] = useState(false);
  const fields = fieldsFor?.(draft.values) ?? form.fields;
  const patient = patientOf(patientIn(draft.values));
  const hasWrongs = wrongs(fields, draft.values).size > 0 || (hasPatient && patient === undefined);
  const command = useCommand({
    key: draft.key,
    done: (answer) => {
      draft.drop();
      setTried(false);
      if (done !== undefined) done(answer);
      else if (answer.caseId !== undefined) go(`/cases/${answer.caseId}`);
    },
    renew: draft.renew,
  });
  const send = (): void => {
    setTried(true);
    if (hasWrongs) return;
    command.mutate({
      title: form.title[language],
      prepare: async () => {
        const kept = await uploadAll(draft.values);
        const body = bodyOf({ ...form, fields }, draft.values, { seen, kept });
        const about = "patient" in body && typeof body.patient === "object" ? body.patient : {};
        return {
          path: form.path,
          body: {
            ...body,
            messageId: draft.key,
            ...(patient === undefined ? {} : { patient: { ...patient, ...about } }),
          },
        };
      },
    });
  };
  return (
    <Paper withBorder p="md" maw={760}>
      <FormFrame
        lead={form.lead?.[language]}
        send={form.send[language]}
        onSend={send}
        onClear={draft.isOld ? draft.drop : undefined}
        isSending={command.isPending}
        error={command.error}
        hasWrongs={hasTried && hasWrongs}
      >
        {hasPatient ? (
          <Stack gap="xs">
            <Title order={2} size="h4">
              {said.patient}
            </Title>
            <PatientFields
              value={patientIn(draft.values)}
              hasTried={hasTried}
              onChange={(next) => {
                draft.change(withPatient(draft.values, next));
              }}
            />
          </Stack>
        ) : null}
        {before?.(draft.values, draft.change)}
        <DescribedFields
          fields={fields}
          values={draft.values}
          seen={seen}
          error={command.error}
          hasTried={hasTried}
          onChange={draft.change}
        />
      </FormFrame>
    </Paper>
  );
};
