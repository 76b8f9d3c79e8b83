import { Alert, Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { type ReactElement, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";
import { useDirectory } from "../../api/directory.ts";
import { describedForm } from "../../forms/described/described.ts";
import { formFor } from "../../forms/registry.ts";
import { useNow } from "../../time/use-now.ts";
import { actText } from "../../words/acts.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { DueClock } from "../worklist/due-clock.tsx";
import { pressureOf } from "../worklist/rows.ts";
import { takeWantedAnswer } from "./answering.ts";
import { Phone } from "./case-header.tsx";
import { offered } from "./next.ts";
import { caseWords } from "./words.ts";

type Awaited = NonNullable<CaseView["card"]>["awaits"][number];

const measure = { da: "Mål TOBS", en: "Measure TOBS" } as const;

/** Who is to do what, and by when; whoever it is can be phoned. */
const Expected = ({ caseId, awaited }: { caseId: string; awaited: Awaited }): ReactElement => {
  const words = useWords(caseWords);
  const language = useLanguage();
  const { nameOf, of, isUs } = useDirectory();
  const now = useNow();
  const { who, act, due } = awaited;
  const phone = isUs(who) ? undefined : of(who)?.phone;
  return (
    <div>
      <Text fw={600}>{actText(act, language)}</Text>
      <Group gap="xs">
        <Text size="sm">{isUs(who) ? nameOf(who) : `${words.waitsFor} ${nameOf(who)}`}</Text>
        {phone === undefined ? null : <Phone number={phone} />}
        {due === undefined ? null : (
          <DueClock caseId={caseId} due={due} clockId={awaited.clockId} pressure={pressureOf(awaited, now)} />
        )}
      </Group>
    </div>
  );
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, select, [role=dialog]") !== null;

/** `a` opens the form of what is expected of us: here, or on the line of the list that the case was opened from. */
const useAnswerKey = (first: string | undefined, open: (command: string) => void): void => {
  useEffect(() => {
    if (first === undefined) return;
    if (takeWantedAnswer()) open(first);
    const press = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): void => {
      const isOnLine = target instanceof HTMLElement && target.closest("[data-line]") !== null;
      if (key === "a" && !isOnLine && !isTyping(target) && !ctrlKey && !metaKey && !altKey) open(first);
    };
    document.addEventListener("keyup", press);
    return () => {
      document.removeEventListener("keyup", press);
    };
  }, [first, open]);
};

/** A form that is opened is where one types next. */
const Begin = ({ children }: { children: ReactNode }): ReactElement => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.querySelector<HTMLElement>("input, textarea, select, button")?.focus();
  }, []);
  return <div ref={place}>{children}</div>;
};

/** What is expected, and a button for everything that can be done: the next thing is the biggest. */
export const WhatNow = ({ view }: { view: CaseView }): ReactElement => {
  const words = useWords(caseWords);
  const language = useLanguage();
  const directory = useDirectory();
  const [command, setCommand] = useState("");
  const { next, more } = offered(view, directory.isUs);
  const isOffered = (type: string): boolean => formFor(type) !== undefined;
  useAnswerKey(next.find(isOffered), setCommand);
  const nameOf = (type: string): string =>
    describedForm(type)?.title[language] ?? (type === "observation.measure" ? measure[language] : type);
  const Form = command === "" ? undefined : formFor(command);
  const awaits = view.card?.awaits ?? [];
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="what-now">
      <Title order={2} size="h4" id="what-now" mb="xs">
        {words.whatNow}
      </Title>
      <Stack gap="sm">
        {awaits.length === 0 ? <Text>{words.nothingNow}</Text> : null}
        {awaits.map((awaited) => (
          <Expected key={`${awaited.who} ${awaited.act}`} caseId={view.caseId} awaited={awaited} />
        ))}
        {Form === undefined ? (
          <>
            {next.filter(isOffered).map((type) => (
              <Button
                key={type}
                size="lg"
                onClick={() => {
                  setCommand(type);
                }}
              >
                {nameOf(type)}
              </Button>
            ))}
            <Group gap="xs" role="group" aria-label={words.more}>
              {more.filter(isOffered).map((type) => (
                <Button
                  key={type}
                  variant="default"
                  onClick={() => {
                    setCommand(type);
                  }}
                >
                  {nameOf(type)}
                </Button>
              ))}
            </Group>
          </>
        ) : (
          <Suspense fallback={<Skeleton height={160} />}>
            <Begin key={command}>
              <Form
                view={view}
                onDone={() => {
                  setCommand("");
                }}
              />
            </Begin>
            <Button
              variant="subtle"
              onClick={() => {
                setCommand("");
              }}
            >
              {words.close}
            </Button>
          </Suspense>
        )}
        {view.card?.undelivered?.map(({ deliveryId, documentType }) => (
          <Alert key={deliveryId} color="red" icon={<IconHandStop aria-hidden size={18} />}>
            {actText("followUpDelivery", language)}: {documentType}
          </Alert>
        ))}
      </Stack>
    </Paper>
  );
};
