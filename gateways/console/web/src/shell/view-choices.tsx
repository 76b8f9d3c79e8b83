import { ActionIcon, Button, Group, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useLanguageChoice, useWords } from "../words/language.tsx";
import { shellWords } from "../words/shell.ts";

/** Language, and light or dark. */
export const ViewChoices = (): ReactElement => {
  const words = useWords(shellWords);
  const { language, choose } = useLanguageChoice();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = language === "da" ? "en" : "da";
  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        variant="subtle"
        size="compact-md"
        lang={other}
        onClick={() => {
          choose(other);
        }}
      >
        {words.language}
      </Button>
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label={scheme === "light" ? words.dark : words.light}
        onClick={() => {
          setColorScheme(scheme === "light" ? "dark" : "light");
        }}
      >
        {scheme === "light" ? <IconMoon aria-hidden size={20} /> : <IconSun aria-hidden size={20} />}
      </ActionIcon>
    </Group>
  );
};
