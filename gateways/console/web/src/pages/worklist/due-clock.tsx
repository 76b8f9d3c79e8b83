import "./due-clock.css";
import { Button, List, Popover, Skeleton, Text } from "@mantine/core";
import { IconAlertTriangleFilled, IconClock, IconClockExclamation } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { ExplainedClock } from "../../../../../../contracts/messages/explained-clock.ts";
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import { getJson } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { fullText, remainingText, whenText } from "../../time/danish.ts";
import { useNow } from "../../time/use-now.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { clockOf } from "../case/clocks.ts";
import type { Pressure } from "./rows.ts";
import { worklistWords } from "./words.ts";

const looks = {
  late: { icon: IconAlertTriangleFilled, color: "red" },
  warning: { icon: IconClockExclamation, color: "orange" },
  calm: { icon: IconClock, color: "gray" },
} as const;

/** How a clock was counted, in the hub's own words. */
const Explanation = ({ caseId, due }: { caseId: string; due: string }): ReactElement => {
  const { data, error } = useQuery({
    queryKey: [liveKeys.case, caseId, "clock", due],
    queryFn: async ({ signal }) => {
      const view = await getJson<CaseView>(`/v1/cases/${caseId}`, signal);
      const clockId = clockOf(view, due);
      if (clockId === undefined) return undefined;
      const path = `/v1/cases/${caseId}/clocks/${encodeURIComponent(clockId)}`;
      return (await getJson<ExplainedClock>(path, signal)).words;
    },
  });
  const language = useLanguage();
  if (error !== null) return <Trouble error={error} />;
  return (
    <>
      <Text fw={600} size="sm" mb={4}>
        {fullText(due, language)}
      </Text>
      {data === undefined ? <Skeleton height={60} /> : null}
      <List size="sm" spacing={4}>
        {data?.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </>
  );
};

/** When something is due, as people say it, by colour, icon and word; pressed, it tells why. */
export const DueClock = (props: { caseId: string; due: string; pressure: Pressure }): ReactElement => {
  const { caseId, due, pressure } = props;
  const [opened, setOpened] = useState(false);
  const words = useWords(worklistWords);
  const language = useLanguage();
  const now = useNow();
  const { icon: Icon, color } = looks[pressure];
  const said = `${whenText(due, now, language)} · ${remainingText(due, now, language)}`;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={340}
      withArrow
      trapFocus
      shadow="md"
    >
      <Popover.Target>
        <Button
          variant="light"
          color={color}
          size="compact-sm"
          mih={28}
          leftSection={<Icon aria-hidden size={16} />}
          className={`due-${pressure}`}
          aria-label={`${words.pressure[pressure]}: ${said}. ${words.why}`}
          onClick={() => {
            setOpened(!opened);
          }}
        >
          {said}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.why} tabIndex={-1} mah={360} style={{ overflowY: "auto" }}>
        {opened ? <Explanation caseId={caseId} due={due} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
};
