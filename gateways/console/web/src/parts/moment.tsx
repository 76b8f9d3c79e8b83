import { Text, Tooltip } from "@mantine/core";
import type { ReactElement } from "react";
import { fullText, whenText } from "../time/danish.ts";
import { useNow } from "../time/use-now.ts";
import { useLanguage } from "../words/language.tsx";

/** A time as people say it; the whole of it for whoever points at it or comes to it by keyboard. */
export const Moment = ({ at }: { at: string }): ReactElement => {
  const language = useLanguage();
  return (
    <Tooltip label={fullText(at, language)}>
      <Text component="time" dateTime={at} tabIndex={0} inherit style={{ whiteSpace: "nowrap" }}>
        {whenText(at, useNow(), language)}
      </Text>
    </Tooltip>
  );
};
