import { Button, FileInput, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { DeadLetter } from "../../../../../../contracts/messages/dead-letters.ts";
import { getBytes, sendFile, sendJson } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { useWords } from "../../words/language.tsx";
import { asUtf8, type Doing, decoded, isWholeText, mediaTypeOf, sendAgainBodyOf } from "./dead-letter.ts";
import { deadLetterWords } from "./dead-letter-words.ts";

export const originalOf = ({ id }: Pick<DeadLetter, "id">): string =>
  `/v1/dead-letters/${encodeURIComponent(id)}/original`;

/** The text of it, which is the sender's: it leaves the browser's memory with the page. */
export const useOriginal = (letter: DeadLetter, isWanted: boolean): UseQueryResult<string> =>
  useQuery({
    queryKey: ["original", letter.id],
    queryFn: async () => decoded(await getBytes(originalOf(letter))),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** Sends what is made of it, and shows the dead letter as it stands then. The key is kept while the same thing is tried again. */
const useDone = (letter: DeadLetter, said: string): { key: string; onSuccess: (now: DeadLetter) => void } => {
  const client = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const onSuccess = (now: DeadLetter): void => {
    client.setQueryData([liveKeys.lists, "dead-letter", letter.id], now);
    void client.invalidateQueries({ queryKey: [liveKeys.lists] });
    notifications.show({ message: said });
  };
  return { key, onSuccess };
};

const ways = ["inbox", "folder", "webhook", "nats"] as const;
const standards = ["oioxml", "fhir", "json"] as const;

const Send = ({ letter, doing }: { letter: DeadLetter; doing: "readdress" | "again" }): ReactElement => {
  const words = useWords(deadLetterWords);
  const [typed, setTyped] = useState({
    gln: doing === "readdress" ? (letter.to ?? "") : "",
    ...{ standard: "", transport: "", reason: "" },
  });
  const { key, onSuccess } = useDone(letter, words.sentDone);
  const send = useMutation({
    mutationFn: () =>
      sendJson<DeadLetter>(
        `/v1/dead-letters/${encodeURIComponent(letter.id)}/send-again`,
        sendAgainBodyOf(typed),
        { key },
      ),
    onSuccess,
  });
  const field = (name: keyof typeof typed) => ({
    value: typed[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }): void => {
      setTyped((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <Stack>
        {doing === "again" ? null : (
          <>
            <TextInput
              label={words.newGln}
              description={words.newGlnText}
              inputMode="numeric"
              required
              pattern="\d{13}"
              {...field("gln")}
            />
            <Group grow>
              <NativeSelect
                label={words.standard}
                data={[{ value: "", label: words.wayAny }, ...standards]}
                {...field("standard")}
              />
              <NativeSelect
                label={words.way}
                data={[{ value: "", label: words.wayAny }, ...ways]}
                {...field("transport")}
              />
            </Group>
          </>
        )}
        <TextInput label={words.reason} description={words.reasonText} maxLength={200} {...field("reason")} />
        {send.error === null ? null : <Trouble error={send.error} />}
        <Button type="submit" loading={send.isPending}>
          {words.send}
        </Button>
      </Stack>
    </form>
  );
};

const Correct = ({ letter, original }: { letter: DeadLetter; original: string }): ReactElement => {
  const words = useWords(deadLetterWords);
  const [text, setText] = useState(original);
  const [file, setFile] = useState<File | null>(null);
  const { key, onSuccess } = useDone(letter, words.sentDone);
  const canType = isWholeText(original);
  const send = useMutation({
    mutationFn: () => {
      const corrected = asUtf8(text);
      const type = file?.type ?? "";
      const body = new Blob([file ?? corrected], {
        type: type === "" ? mediaTypeOf(letter.standard, corrected) : type,
      });
      return sendFile<DeadLetter>(`/v1/dead-letters/${encodeURIComponent(letter.id)}/send-again`, body, {
        key,
      });
    },
    onSuccess,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      <Stack>
        {canType ? (
          <Textarea
            label={words.document}
            description={words.documentText}
            autosize
            minRows={8}
            maxRows={24}
            spellCheck={false}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
            value={text}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value);
            }}
          />
        ) : (
          <Text>{words.notText}</Text>
        )}
        <FileInput label={words.file} value={file} onChange={setFile} clearable />
        {send.error === null ? null : <Trouble error={send.error} />}
        <Button type="submit" loading={send.isPending} disabled={!canType && file === null}>
          {words.send}
        </Button>
      </Stack>
    </form>
  );
};

const CorrectOriginal = ({ letter }: { letter: DeadLetter }): ReactElement | null => {
  const { data, error, refetch } = useOriginal(letter, true);
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  return data === undefined ? null : <Correct letter={letter} original={data} />;
};

const Close = ({ letter }: { letter: DeadLetter }): ReactElement => {
  const words = useWords(deadLetterWords);
  const [reason, setReason] = useState("");
  const { key, onSuccess } = useDone(letter, words.closeDone);
  const close = useMutation({
    mutationFn: () =>
      sendJson<DeadLetter>(
        `/v1/dead-letters/${encodeURIComponent(letter.id)}/close`,
        { reason: reason.trim() },
        { key },
      ),
    onSuccess,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        close.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={words.reason}
          description={words.reasonText}
          maxLength={200}
          required
          value={reason}
          onChange={({ currentTarget }) => {
            setReason(currentTarget.value);
          }}
        />
        {close.error === null ? null : <Trouble error={close.error} />}
        <Button type="submit" loading={close.isPending} disabled={reason.trim() === ""}>
          {words.close}
        </Button>
      </Stack>
    </form>
  );
};

/** The form of what is done about a dead letter. */
export const DeadLetterDoing = ({ letter, doing }: { letter: DeadLetter; doing: Doing }): ReactElement => {
  switch (doing) {
    case "readdress":
    case "again":
      return <Send key={doing} letter={letter} doing={doing} />;
    case "correct":
      return <CorrectOriginal letter={letter} />;
    case "close":
      return <Close letter={letter} />;
  }
};
