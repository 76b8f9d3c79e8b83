import { Button } from "@mantine/core";
import { IconBackspace } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useWords } from "../../words/language.tsx";
import { tobsWords } from "./words.ts";

type Props = { value: string; hasComma: boolean; onChange: (value: string) => void; onNext: () => void };

const rows = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const longest = 5;

/** Big keys for a thumb: the keyboard of the phone would cover the points. */
export const Keypad = ({ value, hasComma, onChange, onNext }: Props): ReactElement => {
  const words = useWords(tobsWords);
  const type = (key: string): void => {
    if (value.length < longest) onChange(value + key);
  };
  const digit = (key: string): ReactElement => (
    <Button
      key={key}
      variant="default"
      onClick={() => {
        type(key);
      }}
    >
      {key}
    </Button>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame with a legend in it.
    <div className="keypad" role="group" aria-label={words.keys}>
      {rows.slice(0, 3).map(digit)}
      <Button
        variant="default"
        aria-label={words.erase}
        onClick={() => {
          onChange(value.slice(0, -1));
        }}
      >
        <IconBackspace aria-hidden size={26} />
      </Button>
      {rows.slice(3, 6).map(digit)}
      <Button className="next" px={4} onClick={onNext}>
        {words.next}
      </Button>
      {rows.slice(6).map(digit)}
      <Button
        variant="default"
        aria-label={words.comma}
        disabled={!hasComma || value === "" || value.includes(",")}
        onClick={() => {
          type(",");
        }}
      >
        ,
      </Button>
      {digit("0")}
      <span />
    </div>
  );
};
