import { type ReactElement, useState } from "react";
import { useSession } from "../api/session.ts";
import { useLanguage } from "../words/language.tsx";
import { uploadAll } from "./attachment.ts";
import { bodyOf, initialValues, wrongs } from "./body-of.ts";
import { describedForm } from "./described/described.ts";
import type { CommandForm, Seen } from "./described/form.ts";
import { DescribedFields } from "./described-fields.tsx";
import { FormFrame } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { useCommand } from "./use-command.tsx";
import { useDraft } from "./use-draft.ts";

type Props = FormProps & { commandType: string };

const Filled = ({ form, view, onDone, commandType }: Props & { form: CommandForm }): ReactElement => {
  const language = useLanguage();
  const { person } = useSession();
  const [seen] = useState<Seen>(() => ({ view, person: person?.name ?? "", nowMs: Date.now() }));
  const draft = useDraft(`${commandType} ${view.caseId}`, () => initialValues(form.fields, seen));
  const [hasTried, setTried] = useState(false);
  const hasWrongs = wrongs(form.fields, draft.values).size > 0;
  const command = useCommand({
    key: draft.key,
    caseId: view.caseId,
    done: () => {
      draft.drop();
      onDone();
    },
    renew: draft.renew,
  });
  const send = (): void => {
    setTried(true);
    if (hasWrongs) return;
    command.mutate({
      title: form.title[language],
      prepare: async () => ({
        path: form.path.replace("{caseId}", view.caseId),
        body: bodyOf(form, draft.values, { seen: { ...seen, view }, kept: await uploadAll(draft.values) }),
      }),
    });
  };
  return (
    <FormFrame
      title={form.title[language]}
      lead={form.lead?.[language]}
      send={form.send[language]}
      onSend={send}
      onCancel={onDone}
      onClear={draft.isOld ? draft.drop : undefined}
      isSending={command.isPending}
      error={command.error}
      hasWrongs={hasTried && hasWrongs}
    >
      <DescribedFields
        fields={form.fields}
        values={draft.values}
        seen={seen}
        error={command.error}
        hasTried={hasTried}
        onChange={draft.change}
      />
    </FormFrame>
  );
};

/** The form of a command on a case, as it is described. */
export const DescribedForm = (props: Props): ReactElement | null => {
  const form = describedForm(props.commandType);
  return form === undefined ? null : <Filled {...props} form={form} />;
};
