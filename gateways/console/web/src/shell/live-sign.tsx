import { Badge, Tooltip } from "@mantine/core";
import { IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useLive } from "../api/live.tsx";
import { useWords } from "../words/language.tsx";
import { shellWords } from "../words/shell.ts";

/** Whether what is on the page is what is so: by icon and word, not by colour alone. */
export const LiveSign = (): ReactElement => {
  const words = useWords(shellWords);
  const { state } = useLive();
  const isLost = state === "lost";
  const text = { live: words.live, connecting: words.connecting, lost: words.lost }[state];
  const Icon = isLost ? IconPlugConnectedX : IconPlugConnected;
  return (
    <Tooltip label={isLost ? words.lostText : words.liveText} multiline maw={320}>
      <Badge
        tabIndex={0}
        className="live-sign"
        variant="light"
        color={isLost ? "red" : "gray"}
        tt="none"
        size="lg"
        leftSection={<Icon aria-hidden size={16} />}
        role="status"
      >
        {text}
      </Badge>
    </Tooltip>
  );
};
