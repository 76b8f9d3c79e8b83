import { Button, Skeleton, Stack } from "@mantine/core";
import { IconActivityHeartbeat } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { Link } from "wouter";
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import { getJson } from "../../api/client.ts";
import { liveKeys } from "../../api/live.tsx";
import { usePatients } from "../../api/patients.ts";
import { Trouble } from "../../shell/trouble.tsx";
import { useWords } from "../../words/language.tsx";
import { Clocks, OtherCases, Participants } from "./case-beside-parts.tsx";
import { CaseHeader } from "./case-header.tsx";
import { DeskPart } from "./desk-part.tsx";
import { Timeline } from "./timeline.tsx";
import { WhatNow } from "./what-now.tsx";
import { caseWords } from "./words.ts";
import "./case.css";

type Props = { caseId: string; isNarrow: boolean; children?: ReactNode };

/** One case, whole: on a page of its own in two columns, beside a list in one. */
export const CaseContent = ({ caseId, isNarrow, children }: Props): ReactElement => {
  const words = useWords(caseWords);
  const { data, error, refetch } = useQuery({
    queryKey: [liveKeys.case, caseId],
    queryFn: ({ signal }) => getJson<CaseView>(`/v1/cases/${caseId}`, signal),
  });
  const patients = usePatients(data === undefined ? [] : [data.caseId]);
  if (data === undefined)
    return error === null ? (
      <Stack role="status">
        {children}
        <Skeleton height={110} />
        <Skeleton height={220} />
      </Stack>
    ) : (
      <>
        {children}
        <Trouble error={error} again={() => void refetch()} />
      </>
    );
  const patient = patients.get(data.caseId);
  return (
    <Stack gap="md">
      <CaseHeader view={data} patient={patient} isKnown={patients.has(data.caseId)}>
        {data.family === "observation" ? (
          <Button
            component={Link}
            href={`/tobs/${data.caseId}`}
            variant="default"
            size="compact-sm"
            mih={28}
            leftSection={<IconActivityHeartbeat aria-hidden size={16} />}
          >
            {words.trend}
          </Button>
        ) : null}
        {children}
      </CaseHeader>
      <div className={isNarrow ? "case-narrow" : "case-wide"}>
        <Stack gap="md" className="case-now">
          <DeskPart view={data} />
          <WhatNow view={data} />
        </Stack>
        <Timeline view={data} />
        <Stack gap="md" className="case-rest">
          <Clocks view={data} />
          <Participants view={data} />
          <OtherCases view={data} patient={patient} />
        </Stack>
      </div>
    </Stack>
  );
};
