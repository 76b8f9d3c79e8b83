import { Button, Group, Paper, Text } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useWords } from "../../words/language.tsx";
import { helpWords } from "./words.ts";

const kept = "sektorbro-tour";

/** The first-use tour: a few sentences that are in nobody's way, and gone for good when they were read. */
export const Tour = ({ again = false }: { again?: boolean }): ReactElement | null => {
  const words = useWords(helpWords);
  const [step, setStep] = useState(() => (!again && localStorage.getItem(kept) === "seen" ? -1 : 0));
  const [title, text] = words.steps[step] ?? [];
  if (title === undefined) return null;
  const isLast = step === words.steps.length - 1;
  const end = (): void => {
    localStorage.setItem(kept, "seen");
    setStep(-1);
  };
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-label={words.tour}>
      <div aria-live="polite">
        <Text fw={600}>{title}</Text>
        <Text>{text}</Text>
      </div>
      <Group mt="sm">
        <Button
          onClick={() => {
            if (isLast) end();
            else setStep(step + 1);
          }}
        >
          {isLast ? words.done : words.next}
        </Button>
        {isLast ? null : (
          <Button variant="subtle" onClick={end}>
            {words.skip}
          </Button>
        )}
        <Text size="sm">
          {step + 1} {words.of} {words.steps.length}
        </Text>
      </Group>
    </Paper>
  );
};
