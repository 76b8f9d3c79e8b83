import { Anchor, Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Link } from "wouter";
import type { CaseList } from "../../../../../../contracts/messages/case-list.ts";
import type { CasePatient } from "../../../../../../contracts/messages/case-patients.ts";
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import { sendJson } from "../../api/client.ts";
import { useDirectory } from "../../api/directory.ts";
import { liveKeys } from "../../api/live.tsx";
import { Moment } from "../../parts/moment.tsx";
import { named } from "../../parts/named.ts";
import { useNow } from "../../time/use-now.ts";
import { families } from "../../words/families.ts";
import { useWords } from "../../words/language.tsx";
import { statusWords } from "../../words/statuses.ts";
import { DueClock } from "../worklist/due-clock.tsx";
import { pressureOf } from "../worklist/rows.ts";
import { Phone } from "./case-header.tsx";
import { caseWords } from "./words.ts";

const Part = ({ title, children }: { title: string; children: React.ReactNode }): ReactElement => (
  <Paper withBorder p="md" component="section" aria-label={title}>
    <Title order={2} size="h5" mb="xs">
      {title}
    </Title>
    <Stack gap="xs">{children}</Stack>
  </Paper>
);

/** Every promise of the case: whose, by when, whether it was kept; pressed, how it was counted. */
export const Clocks = ({ view }: { view: CaseView }): ReactElement => {
  const words = useWords(caseWords);
  const { nameOf } = useDirectory();
  const now = useNow();
  return (
    <Part title={words.clocks}>
      {view.clocks.length === 0 ? <Text size="sm">{words.noClocks}</Text> : null}
      {view.clocks.map(({ agreement, status, debtor, due, warnAt, clockId }, at) => (
        <Group key={`${agreement} ${String(at)}`} gap="xs">
          <Badge variant="default" radius="sm" tt="none">
            {words.clock[status]}
          </Badge>
          <Text size="sm">{nameOf(debtor)}</Text>
          {due === undefined ? null : (
            <DueClock
              caseId={view.caseId}
              due={due}
              clockId={clockId}
              pressure={pressureOf({ due, warnAt, overdue: status === "breached" }, now)}
            />
          )}
        </Group>
      ))}
    </Part>
  );
};

export const Participants = ({ view }: { view: CaseView }): ReactElement => {
  const words = useWords(caseWords);
  const { nameOf, of } = useDirectory();
  return (
    <Part title={words.people}>
      {view.parties.map((gln) => {
        const { phone, directNumbers = [] } = of(gln) ?? {};
        return (
          <div key={gln}>
            <Text size="sm" fw={600}>
              {nameOf(gln)}
            </Text>
            <Group gap="sm">
              {phone === undefined ? null : <Phone number={phone} />}
              {directNumbers.map(({ label, number }) => (
                <Text key={number} size="sm" component="span">
                  {label}: <Phone number={number} />
                </Text>
              ))}
            </Group>
          </div>
        );
      })}
    </Part>
  );
};

/** Cases that this one came from or led to, and what else is known of the citizen here. */
export const OtherCases = ({
  view,
  patient,
}: {
  view: CaseView;
  patient: CasePatient | undefined;
}): ReactElement => {
  const words = useWords(caseWords);
  const [family, status] = [useWords(families), useWords(statusWords)];
  const { cpr, alternativeId } = patient ?? {};
  const { data } = useQuery({
    queryKey: [liveKeys.lists, "of", view.caseId],
    enabled: patient !== undefined,
    queryFn: () =>
      sendJson<CaseList>("/v1/patients/cases", {
        patient: cpr === undefined ? { alternativeId } : { cpr },
        limit: 50,
      }),
  });
  const linked = new Set(view.links.map(({ caseId }) => caseId));
  const others = (data?.items ?? []).filter(({ caseId }) => caseId !== view.caseId);
  const known = new Map(others.map((one) => [one.caseId, one]));
  const line = (caseId: string): ReactElement => {
    const item = known.get(caseId);
    return (
      <Group key={caseId} gap="xs">
        <Anchor component={Link} href={`/cases/${caseId}`} size="sm">
          {item === undefined ? `${words.case} ${caseId.slice(0, 8)}` : named(family, item.family)}
        </Anchor>
        {item === undefined ? null : (
          <Text size="sm">
            {named(status, item.status)} · <Moment at={item.updatedAt} />
          </Text>
        )}
      </Group>
    );
  };
  const rest = others.filter(({ caseId }) => !linked.has(caseId));
  return (
    <>
      {linked.size === 0 ? null : <Part title={words.links}>{[...linked].map(line)}</Part>}
      <Part title={words.others}>
        {rest.length === 0 ? <Text size="sm">{words.noOthers}</Text> : rest.map(({ caseId }) => line(caseId))}
      </Part>
    </>
  );
};
