import { ActionIcon, Popover, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useLanguage, useWords } from "../../words/language.tsx";
import { type RuleId, rules } from "./rules.ts";
import { helpWords } from "./words.ts";

/** A small button that tells a rule and where it stands. */
export const Rule = ({ id }: { id: RuleId }): ReactElement => {
  const words = useWords(helpWords);
  const language = useLanguage();
  const { title, text, source, basis } = rules[id];
  return (
    <Popover width={320} withArrow trapFocus withRoles shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" size={28} aria-label={`${words.says} ${title[language]}`}>
          <IconInfoCircle aria-hidden size={20} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={title[language]} tabIndex={-1}>
        <Text fw={600}>{title[language]}</Text>
        <Text size="sm">{text[language]}</Text>
        <Text size="sm" mt={6} style={{ overflowWrap: "anywhere" }}>
          {words.source}: {source}. {words[basis]}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
};
