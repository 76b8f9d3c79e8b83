import "./due-clock.css";
import { IconAlertTriangleFilled, IconClock, IconClockExclamation } from "@tabler/icons-react";
import { lazy, type ReactElement, Suspense, useRef, useState } from "react";
import { remainingText, whenText } from "../../time/danish.ts";
import { useNow } from "../../time/use-now.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import type { Due } from "./due-why.tsx";
import type { Pressure } from "./rows.ts";
import { worklistWords } from "./words.ts";

const icons = { late: IconAlertTriangleFilled, warning: IconClockExclamation, calm: IconClock } as const;

const DueWhy = lazy(async () => ({ default: (await import("./due-why.tsx")).DueWhy }));

/** When something is due, as people say it, by colour, icon and word; pressed, it tells why. Of plain elements: a list is scrolled through. */
export const DueClock = (props: Due & { pressure: Pressure }): ReactElement => {
  const { caseId, due, clockId, pressure } = props;
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const words = useWords(worklistWords);
  const language = useLanguage();
  const now = useNow();
  const Icon = icons[pressure];
  const said = `${whenText(due, now, language)} · ${remainingText(due, now, language)}`;
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`due mantine-focus-auto due-${pressure}`}
        aria-label={`${words.pressure[pressure]}: ${said}. ${words.why}`}
        aria-haspopup="dialog"
        aria-expanded={opened}
        onClick={() => {
          setOpened(!opened);
        }}
      >
        <Icon aria-hidden size={16} />
        <span>{said}</span>
      </button>
      {opened && button.current !== null ? (
        <Suspense fallback={null}>
          <DueWhy
            of={{ caseId, due, clockId }}
            at={button.current}
            onClose={() => {
              setOpened(false);
              button.current?.focus({ preventScroll: true });
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
};
