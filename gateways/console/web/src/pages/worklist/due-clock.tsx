import "./due-clock.css";
import { Anchor, Button, List, Popover, Skeleton, Text } from "@mantine/core";
import { IconAlertTriangleFilled, IconClock, IconClockExclamation } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
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

type Due = { caseId: string; due: string; clockId: string | undefined };

/** A record of an older hub does not name the clock: then it is the one of the case that is due then. */
const clockOfCase = async ({ caseId, due }: Due, signal: AbortSignal): Promise<string | undefined> =>
  clockOf(await getJson<CaseView>(`/v1/cases/${caseId}`, signal), due);

const explain = async (of: Due, signal: AbortSignal): Promise<ExplainedClock | null> => {
  const clockId = of.clockId ?? (await clockOfCase(of, signal));
  if (clockId === undefined) return null;
  return getJson<ExplainedClock>(`/v1/cases/${of.caseId}/clocks/${encodeURIComponent(clockId)}`, signal);
};

/** Under which agreement, and when it first warned: from then on the time is amber. */
const Agreed = ({ clock }: { clock: ExplainedClock }): ReactElement => {
  const words = useWords(worklistWords);
  const language = useLanguage();
  const { agreement, agreementVersion, warnAt } = clock;
  const [first] = warnAt.toSorted();
  return (
    <Text size="sm" mb={8}>
      <Anchor component={Link} href={`/agreements/${encodeURIComponent(agreement)}`} inherit>
        {words.agreement} {agreement}, {words.version} {agreementVersion}
      </Anchor>
      {first === undefined ? null : `. ${words.warnsAt} ${fullText(first, language)}.`}
    </Text>
  );
};

/** How a clock was counted, in the hub's own words. */
const Explanation = (of: Due): ReactElement => {
  const { data, error } = useQuery({
    queryKey: [liveKeys.case, of.caseId, "clock", of.clockId ?? of.due, of.due],
    queryFn: ({ signal }) => explain(of, signal),
  });
  const language = useLanguage();
  if (error !== null) return <Trouble error={error} />;
  return (
    <>
      <Text fw={600} size="sm" mb={4}>
        {fullText(of.due, language)}
      </Text>
      {data === undefined ? <Skeleton height={60} /> : null}
      {data === undefined || data === null ? null : <Agreed clock={data} />}
      <List size="sm" spacing={4}>
        {data?.words
          .filter((line) => line.trim() !== "")
          .map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
      </List>
    </>
  );
};

/** When something is due, as people say it, by colour, icon and word; pressed, it tells why. */
export const DueClock = (props: Due & { pressure: Pressure }): ReactElement => {
  const { caseId, due, clockId, pressure } = props;
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
        {opened ? <Explanation caseId={caseId} due={due} clockId={clockId} /> : null}
      </Popover.Dropdown>
    </Popover>
  );
};
