import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconCheck, IconChecks, IconClock, IconExclamationMark, IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import { useDirectory } from "../../api/directory.ts";
import { Moment } from "../../parts/moment.tsx";
import { fullText } from "../../time/danish.ts";
import { basisWords } from "../../words/bases.ts";
import { codeText } from "../../words/codes.ts";
import { factWords } from "../../words/facts.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { readable, timeIn, told } from "./readable.ts";
import { Attachments, Original, Way } from "./with-it.tsx";
import { caseWords } from "./words.ts";

type Delivery = CaseView["deliveries"][number];
type Record = CaseView["records"][number];

const signs = {
  waiting: IconClock,
  fetched: IconCheck,
  failedForNow: IconExclamationMark,
  unconfirmed: IconExclamationMark,
  acknowledged: IconChecks,
  failed: IconX,
} as const;
const isTrouble = (status: Delivery["status"]): boolean =>
  status === "failed" || status === "unconfirmed" || status === "failedForNow";

/** Why something was refused is read to its end, on a phone too. */
const whole = { label: { whiteSpace: "normal" } } as const;

/** How far one document came, and to whom; what its receiver said, where it was refused. */
const DeliveryLine = ({ caseId, delivery }: { caseId: string; delivery: Delivery }): ReactElement => {
  const words = useWords(caseWords);
  const language = useLanguage();
  const { nameOf } = useDirectory();
  const { deliveryId, status, to, documentType, code, text, sendings, basis } = delivery;
  const bases = useWords(basisWords);
  const Icon = signs[status];
  return (
    <Group gap={6} align="start">
      <Icon aria-hidden size={16} style={{ flexShrink: 0, marginTop: 3 }} />
      <Text size="sm" flex={1} fw={isTrouble(status) ? 700 : 400}>
        {nameOf(to)}: {words.delivery[status]}
        {sendings > 1 ? ` (${String(sendings)} ${words.sentTimes})` : ""}
        {code === undefined ? "" : ` · ${codeText(code, language)}`}
        {text === undefined ? "" : ` · ${text}`}
        <Text component="span" size="xs" c="dimmed">
          {" "}
          {factWords[documentType]?.[language] ?? documentType}
        </Text>
        {basis === undefined ? null : (
          <Text component="span" size="xs" c="dimmed" display="block" title={basis.source}>
            {bases[basis.code]}
            {basis.reason === undefined ? "" : ` · ${basis.reason}`}
          </Text>
        )}
      </Text>
      <Way caseId={caseId} messageId={deliveryId} about={nameOf(to)} />
    </Group>
  );
};

const FactText = ({ fact }: { fact: Record["facts"][number] }): ReactElement => {
  const language = useLanguage();
  const time = timeIn(fact);
  return (
    <div>
      <Text fw={600}>{factWords[fact.type]?.[language] ?? fact.type}</Text>
      {time === undefined ? null : (
        <Text size="sm">
          <Moment at={time.start} />
          {time.place === "" ? "" : `, ${time.place}`}
        </Text>
      )}
      {readable(fact, language).map((paragraph) => (
        <Text key={paragraph} size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {paragraph}
        </Text>
      ))}
    </div>
  );
};

const Step = ({ view, record }: { view: CaseView; record: Record }): ReactElement => {
  const words = useWords(caseWords);
  const { nameOf } = useDirectory();
  const language = useLanguage();
  const { meta, facts } = record;
  const owed = new Set(record.deliveries.flatMap((one) => (one.change === "owed" ? [one.deliveryId] : [])));
  const deliveries = view.deliveries.filter(({ deliveryId }) => owed.has(deliveryId));
  return (
    <Paper component="li" withBorder p="sm" style={{ listStyle: "none" }}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <Moment at={meta.at} /> · {meta.actor === "hub" ? words.hub : nameOf(meta.actor)}
        </Text>
        {meta.intake === undefined ? null : (
          <Original intake={meta.intake} about={fullText(meta.at, language)} />
        )}
      </Group>
      <Stack gap={6} mt={4}>
        {meta.outcome === "refused" ? (
          <Badge color="red.9" radius="sm" tt="none" h="auto" py={2} styles={whole}>
            {words.refused}: {codeText(meta.refusal ?? "", language)}
          </Badge>
        ) : null}
        {facts.map((fact, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: facts of a record never change places.
          <FactText key={at} fact={fact} />
        ))}
        <Attachments caseId={view.caseId} facts={facts} />
        {deliveries.map((delivery) => (
          <DeliveryLine key={delivery.deliveryId} caseId={view.caseId} delivery={delivery} />
        ))}
      </Stack>
    </Paper>
  );
};

/** All that happened, by whichever standard it came, the latest first. Receipts alone show as how far their document came. */
export const Timeline = ({ view }: { view: CaseView }): ReactElement => {
  const words = useWords(caseWords);
  return (
    <section aria-labelledby="timeline">
      <Title order={2} size="h4" id="timeline" mb="xs">
        {words.timeline}
      </Title>
      <Stack component="ol" gap="xs" p={0} m={0}>
        {told(view.records).map((record) => (
          <Step key={record.meta.no} view={view} record={record} />
        ))}
      </Stack>
    </section>
  );
};
