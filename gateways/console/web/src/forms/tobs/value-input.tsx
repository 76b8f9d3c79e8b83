import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { ReactElement } from "react";
import type { Parameter } from "../../../../../../contracts/score-scheme.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { type Reading, siteMatters, type Typed } from "./outcome.ts";
import { tobsWords } from "./words.ts";

type Props = {
  reading: Reading;
  typed: Typed | undefined;
  /** What it was the last time. */
  last?: string | undefined;
  isActive: boolean;
  onFocus: () => void;
  onChange: (typed: Typed) => void;
};

const PointsBadge = ({ reading }: { reading: Reading }): ReactElement | null => {
  const words = useWords(tobsWords);
  if (reading.state !== "read") return null;
  return (
    <span className="level" data-level={reading.points}>
      {reading.points} {reading.points === 1 ? words.point : words.points}
    </span>
  );
};

type Site = NonNullable<Extract<Parameter, { kind: "measured" }>["sites"]>[number];

/** Where it can have been measured, once that is to be asked. */
const sitesAsked = ({ parameter, state }: Reading, typed: Typed | undefined): Site[] => {
  if (parameter.kind !== "measured" || state !== "read") return [];
  const isAsked = typed?.site !== undefined || siteMatters(parameter, typed?.value ?? "");
  return isAsked ? (parameter.sites ?? []) : [];
};

const Sites = ({
  reading,
  typed,
  onChange,
}: Pick<Props, "reading" | "typed" | "onChange">): ReactElement | null => {
  const words = useWords(tobsWords);
  const language = useLanguage();
  const { parameter } = reading;
  const value = typed?.value ?? "";
  const sites = sitesAsked(reading, typed);
  if (sites.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame with a legend in it.
    <div role="group" aria-label={words.site}>
      <Text size="sm" fw={600}>
        {words.site} <Text span>{words.siteWhy}</Text>
      </Text>
      <Group gap={6} mt={4}>
        {sites.map(({ site, title }) => (
          <Button
            key={site}
            size="sm"
            variant={typed?.site === site ? "filled" : "default"}
            aria-pressed={typed?.site === site}
            onClick={() => {
              onChange({ value, site });
            }}
          >
            {title[language]}
          </Button>
        ))}
      </Group>
      {reading.state !== "read" || reading.confirmAt === undefined || parameter.kind !== "measured" ? null : (
        <Text size="sm" mt={6} fw={600} role="status">
          {parameter.confirm?.advice[language]}
        </Text>
      )}
    </div>
  );
};

const Codes = ({
  reading,
  typed,
  onChange,
}: Pick<Props, "reading" | "typed" | "onChange">): ReactElement | null => {
  const language = useLanguage();
  const { parameter } = reading;
  if (parameter.kind !== "coded") return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame with a legend in it.
    <div role="group" aria-label={parameter.title[language]}>
      <Stack gap={6}>
        {parameter.values.map(({ code, title, points }) => (
          <Button
            key={code}
            h={48}
            variant={typed?.value === code ? "filled" : "default"}
            aria-pressed={typed?.value === code}
            justify="space-between"
            rightSection={points}
            onClick={() => {
              onChange({ value: code });
            }}
          >
            {title[language]}
          </Button>
        ))}
      </Stack>
    </div>
  );
};

/** One value of the score, with its points as soon as it is there. */
export const ValueInput = ({ reading, typed, last, isActive, onFocus, onChange }: Props): ReactElement => {
  const words = useWords(tobsWords);
  const language = useLanguage();
  // With the keys on the page the phone's own stay away; a keyboard that is really there works all the same.
  const isTouch = useMediaQuery("(pointer: coarse)");
  const { parameter } = reading;
  const title = parameter.title[language];
  const before = last === undefined ? "" : ` (${words.last} ${last})`;
  return (
    <div className="tobs-value" data-active={isActive}>
      <Group justify="space-between" mb={6} wrap="nowrap">
        <Text fw={600}>
          {title}
          <Text span c="dimmed" size="sm">
            {before}
          </Text>
        </Text>
        <PointsBadge reading={reading} />
      </Group>
      {parameter.kind === "coded" ? (
        <Codes reading={reading} typed={typed} onChange={onChange} />
      ) : (
        <TextInput
          aria-label={`${title}, ${parameter.unit}`}
          size="lg"
          autoComplete="off"
          inputMode={isTouch ? "none" : "decimal"}
          value={typed?.value ?? ""}
          rightSection={<Text size="sm">{parameter.unit}</Text>}
          rightSectionWidth={64}
          error={reading.state === "wrong" ? words.wrong : undefined}
          onFocus={onFocus}
          onChange={({ currentTarget }) => {
            onChange({ ...typed, value: currentTarget.value });
          }}
        />
      )}
      <Sites reading={reading} typed={typed} onChange={onChange} />
    </div>
  );
};
