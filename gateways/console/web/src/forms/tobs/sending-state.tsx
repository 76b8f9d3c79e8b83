import { Alert } from "@mantine/core";
import { IconCircleCheck, IconCloudUpload } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { Trouble } from "../../shell/trouble.tsx";
import { useWords } from "../../words/language.tsx";
import type { OnItsWay } from "./outbox.ts";
import { tobsWords } from "./words.ts";

/** Where a measurement is on its way: sent, waiting for a connection, or refused. */
export const SendingState = ({ one }: { one: OnItsWay | undefined }): ReactElement | null => {
  const words = useWords(tobsWords);
  if (one === undefined) return null;
  if (one.state === "refused") return <Trouble error={one.error} />;
  if (one.state === "sent")
    return (
      <Alert color="teal" role="status" icon={<IconCircleCheck aria-hidden size={20} />}>
        {words.sent}
      </Alert>
    );
  return (
    <Alert color="yellow" role="status" icon={<IconCloudUpload aria-hidden size={20} />}>
      {one.error === undefined ? words.sending : words.waiting}
    </Alert>
  );
};
