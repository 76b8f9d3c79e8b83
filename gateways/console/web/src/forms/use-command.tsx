import { notifications } from "@mantine/notifications";
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type { CommandAnswer } from "../../../../../contracts/answers.ts";
import { Refused, sendJson } from "../api/client.ts";
import { liveKeys } from "../api/live.tsx";
import { whenText } from "../time/danish.ts";
import { useLanguage, useWords } from "../words/language.tsx";
import { formWords } from "./words.ts";

/** `prepare` makes what is sent, so that what fails on the way there is shown in the same place. */
export type Sending = { title: string; prepare: () => Promise<{ path: string; body: object }> };

/** A refusal is for good under its key: what is mended is another command. What may have arrived is sent under the same. */
export const isFinal = (error: unknown): boolean =>
  error instanceof Refused && error.answer.fate === "park" && error.status >= 400;

const useTold = (): ((answer: CommandAnswer, title: string) => void) => {
  const words = useWords(formWords);
  const language = useLanguage();
  return (answer, title) => {
    const due = answer.status === "accepted" ? answer.due : undefined;
    const warnings = answer.status === "accepted" ? (answer.warnings ?? []) : [];
    const again = answer.status === "accepted" && answer.duplicate ? words.again : "";
    const lines = [
      again,
      due === undefined ? "" : `${words.due} ${whenText(due, Date.now(), language)}.`,
      ...(warnings.length === 0 ? [] : [words.warnings, ...warnings.map(({ message }) => message)]),
    ].filter((line) => line !== "");
    notifications.show({
      title: `${title}: ${words.sent.toLowerCase()}`,
      message: lines.map((line) => <div key={line}>{line}</div>),
      color: warnings.length === 0 ? "teal" : "yellow",
      closeButtonProps: { "aria-label": words.cancel },
      autoClose: warnings.length === 0 ? 6000 : 20_000,
    });
  };
};

/**
 * Sends a command and tells of it, once under one key however often it is tried. Where a command opens a case its `messageId` is
 * that key.
 */
export const useCommand = (options: {
  key: string;
  caseId?: string | undefined;
  done: (answer: CommandAnswer) => void;
  renew: () => void;
}): UseMutationResult<CommandAnswer, Error, Sending> => {
  const client = useQueryClient();
  const tell = useTold();
  return useMutation({
    // A browser that thinks it is offline is asked all the same: it is often wrong, and the refusal is shown.
    networkMode: "always",
    mutationFn: async ({ prepare }: Sending) => {
      const { path, body } = await prepare();
      return sendJson<CommandAnswer>(path, body, { key: options.key });
    },
    onSuccess: (answer, { title }) => {
      tell(answer, title);
      void client.invalidateQueries({ queryKey: [liveKeys.lists] });
      if (options.caseId !== undefined)
        void client.invalidateQueries({ queryKey: [liveKeys.case, options.caseId] });
      options.done(answer);
    },
    onError: (error) => {
      if (isFinal(error)) options.renew();
    },
  });
};
