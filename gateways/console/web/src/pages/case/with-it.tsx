import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, type ReactNode, useId, useState } from "react";
import type { MessageView } from "../../../../../../contracts/messages/message-log.ts";
import { getJson } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { Hops } from "../../parts/hops.tsx";
import { LinesComing } from "../../parts/nothing.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { useLanguage, useWords } from "../../words/language.tsx";
import { type Attached, attachmentsIn } from "./readable.ts";
import { caseWords } from "./words.ts";

/** What is there when somebody wants it, and in nobody's way until then. */
const Unfolding = (props: { name: string; about: string; children: ReactNode }): ReactElement => {
  const { name, about, children } = props;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        mih={28}
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={`${name}: ${about}`}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {name}
      </Button>
      <div id={id} className="unfolded" hidden={!isOpen}>
        {isOpen ? children : null}
      </div>
    </>
  );
};

const WayOf = ({ caseId, messageId }: { caseId: string; messageId: string }): ReactElement => {
  const { data, error, refetch } = useQuery({
    queryKey: [liveKeys.case, caseId, "way", messageId],
    queryFn: ({ signal }) => getJson<MessageView>(`/v1/messages/${encodeURIComponent(messageId)}`, signal),
  });
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  return data === undefined ? <LinesComing /> : <Hops hops={data.hops} />;
};

/** Every hop of a message, from the system that sent it to the one that got it. */
export const Way = (props: { caseId: string; messageId: string; about: string }): ReactElement => {
  const words = useWords(caseWords);
  return (
    <Unfolding name={words.way} about={props.about}>
      <WayOf caseId={props.caseId} messageId={props.messageId} />
    </Unfolding>
  );
};

/** The message as its sender wrote it, beside what we made of it. Nothing in it runs: it is shut in, by the frame and by its own policy. */
export const Original = ({ intake, about }: { intake: string; about: string }): ReactElement => {
  const words = useWords(caseWords);
  const address = `/v1/intake/${encodeURIComponent(intake)}?view=page`;
  return (
    <Unfolding name={words.original} about={about}>
      <iframe className="original" src={address} sandbox="" title={`${words.original}, ${about}`} />
      <Anchor href={address} target="_blank" rel="noreferrer" size="sm">
        {words.inOwnTab}
      </Anchor>
    </Unfolding>
  );
};

const kilobyte = 1_024;
const sizeText = (bytes: number, language: string): string => {
  const [size, unit] = bytes < kilobyte ** 2 ? [bytes / kilobyte, "KB"] : [bytes / kilobyte ** 2, "MB"];
  return `${size.toLocaleString(language, { maximumFractionDigits: 1 })} ${unit}`;
};

const AttachmentLink = ({ caseId, attached }: { caseId: string; attached: Attached }): ReactElement => {
  const language = useLanguage();
  const { digest, name, sizeBytes } = attached;
  return (
    <Group gap={6} wrap="nowrap" align="start">
      <IconPaperclip aria-hidden size={16} style={{ flexShrink: 0, marginTop: 3 }} />
      <Anchor href={`/v1/cases/${caseId}/attachments/${digest}`} download={name} size="sm">
        {name}
      </Anchor>
      <Text size="sm">{sizeText(sizeBytes, language)}</Text>
    </Group>
  );
};

type Facts = Parameters<typeof attachmentsIn>[0];

/** Each file that came with what is told, to be fetched. */
export const Attachments = ({ caseId, facts }: { caseId: string; facts: Facts }): ReactElement => (
  <>
    {attachmentsIn(facts).map((attached) => (
      <AttachmentLink key={attached.digest} caseId={caseId} attached={attached} />
    ))}
  </>
);
