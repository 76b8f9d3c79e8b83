import { Anchor, List, Popover, Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, type Ref, useLayoutEffect } from "react";
import { Link } from "wouter";
import type { ExplainedClock } from "../../../../../../contracts/messages/explained-clock.ts";
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import { getJson } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { fullText } from "../../time/danish.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { clockOf } from "../case/clocks.ts";
import { worklistWords } from "./words.ts";

export type Due = { caseId: string; due: string; clockId: string | undefined };

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
      <Anchor
        component={Link}
        href={`/agreements/${encodeURIComponent(agreement)}`}
        inherit
        underline="always"
      >
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

/** Stands for the clock that was pressed, which is drawn already: what opens is placed at it, and a press on it is none outside. */
const At = ({ clock, ref }: { clock: HTMLElement; ref?: Ref<HTMLElement> }): null => {
  useLayoutEffect(() => {
    if (typeof ref !== "function") return;
    ref(clock);
    return () => {
      ref(null);
    };
  }, [clock, ref]);
  return null;
};

/** Why something is due when it is. There is one of these at a time, and none before a clock is pressed: lists have thousands of clocks. */
export const DueWhy = ({
  of,
  at,
  onClose,
}: {
  of: Due;
  at: HTMLElement;
  onClose: () => void;
}): ReactElement => {
  const words = useWords(worklistWords);
  return (
    <Popover opened onChange={onClose} position="bottom-end" width={340} withArrow trapFocus shadow="md">
      <Popover.Target>
        <At clock={at} />
      </Popover.Target>
      <Popover.Dropdown aria-label={words.why} tabIndex={-1} mah={360} style={{ overflowY: "auto" }}>
        <Explanation {...of} />
      </Popover.Dropdown>
    </Popover>
  );
};
