import { Button, Group, Text } from "@mantine/core";
import { IconUserCheck } from "@tabler/icons-react";
import { type ReactElement, useEffect, useRef } from "react";
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import { useSession } from "../../api/session.ts";
import { useWords } from "../../words/language.tsx";
import { AssignMenu } from "../worklist/desk-bar.tsx";
import { deskWords } from "../worklist/desk-words.ts";
import { useDesk } from "../worklist/use-desk.ts";

/** Whoever opens a case has read it: noted once for what it holds, and for our own people alone. */
const useReading = ({ caseId, records, desk }: CaseView): void => {
  const { mutate } = useDesk();
  const { person } = useSession();
  const noted = useRef(0);
  const no = records.at(-1)?.meta.no ?? 0;
  const isNew = person !== undefined && no > (desk?.readTo ?? 0);
  useEffect(() => {
    if (!isNew || noted.current >= no) return;
    noted.current = no;
    mutate({ act: "read", cases: [{ caseId, no }] });
  }, [isNew, no, caseId, mutate]);
};

/** Which of us has the case, and the same acts as in the list. */
export const DeskPart = ({ view }: { view: CaseView }): ReactElement | null => {
  const words = useWords(deskWords);
  const { person } = useSession();
  const { mutate, isPending } = useDesk();
  useReading(view);
  if (person === undefined) return null;
  const holder = view.desk?.holder;
  const cases = [{ caseId: view.caseId }];
  const isMine = holder?.id === person.id;
  return (
    <Group gap="xs">
      {holder === undefined ? null : (
        <Text size="sm" component="span">
          <IconUserCheck aria-hidden size={16} /> {words.has} {isMine ? words.me : holder.name}
        </Text>
      )}
      {isMine ? (
        <Button
          variant="default"
          size="compact-md"
          mih={36}
          disabled={isPending}
          onClick={() => {
            mutate({ act: "release", cases });
          }}
        >
          {words.release}
        </Button>
      ) : (
        <Button
          variant="default"
          size="compact-md"
          mih={36}
          disabled={isPending}
          onClick={() => {
            mutate({ act: "claim", cases, ...(holder === undefined ? {} : { takeOver: true }) });
          }}
        >
          {holder === undefined ? words.claim : words.takeOver}
        </Button>
      )}
      <AssignMenu
        onGive={(to) => {
          mutate({ act: "assign", cases, to });
        }}
      />
    </Group>
  );
};
