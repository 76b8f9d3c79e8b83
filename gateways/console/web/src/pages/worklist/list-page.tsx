import { Button, Group, Skeleton, Stack, Switch, Text, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowUp, IconX } from "@tabler/icons-react";
import {
  lazy,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  Suspense,
  useCallback,
  useMemo,
  useRef,
  useState,
} from "react";
import { Link } from "wouter";
import { useDirectory } from "../../api/directory.ts";
import { usePatients } from "../../api/patients.ts";
import { useAddressFilters } from "../../parts/address-filters.ts";
import { named } from "../../parts/named.ts";
import { LinesComing, Nothing } from "../../parts/nothing.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { useNow } from "../../time/use-now.ts";
import { actText } from "../../words/acts.ts";
import { families } from "../../words/families.ts";
import { useLanguage, useWords } from "../../words/language.tsx";
import { CaseLines } from "./case-lines.tsx";
import { DeskBar } from "./desk-bar.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { ListFilters } from "./list-filters.tsx";
import { useSound, useTitle } from "./notice.ts";
import { fits, isPressing, otherOf, type Row, rowsOf } from "./rows.ts";
import { chosenIn, toggled } from "./selection.ts";
import { useHeld } from "./use-held.ts";
import { itemsOf, useList } from "./use-list.ts";
import { worklistWords } from "./words.ts";
import "./worklist.css";

/** Fetched when a case is opened: the list is there without it. */
const CaseBeside = lazy(async () => {
  const [{ CaseBeside }] = await Promise.all([
    import("../case/case-beside.tsx"),
    import("../../shell/more-styles.ts"),
  ]);
  return { default: CaseBeside };
});

type Side = "ours" | "theirs";
const names = ["family", "status", "urgency", "late", "holder", "unread", "case"];

/** Rows in which every word that is searched for stands: in the name, the organisation, the type or the verb. */
const useFound = (
  rows: readonly Row[],
  text: string,
  patients: ReturnType<typeof usePatients>,
): readonly Row[] => {
  const { nameOf, isUs } = useDirectory();
  const language = useLanguage();
  const family = useWords(families);
  if (text.trim() === "") return rows;
  return rows.filter((row) => {
    const { item, awaited } = row;
    const act = awaited === undefined ? "" : actText(awaited.act, language);
    const shown = [
      patients.get(item.caseId)?.name ?? "",
      nameOf(otherOf(row, isUs)),
      named(family, item.family),
      act,
    ];
    return fits([...shown, item.caseId], text.trim());
  });
};

const Empty = ({ side, isFiltered }: { side: Side; isFiltered: boolean }): ReactElement => {
  const words = useWords(worklistWords);
  if (isFiltered) return <Nothing title={words.noneFit} text="" />;
  return (
    <Stack>
      <Nothing
        title={side === "ours" ? words.empty : words.sentEmpty}
        text={side === "ours" ? words.emptyText : words.sentEmptyText}
      />
      <Group>
        <Button component={Link} href="/new/advice">
          {words.newQuestion}
        </Button>
        <Button component={Link} href="/new/referral" variant="default">
          {words.newReferral}
        </Button>
      </Group>
    </Stack>
  );
};

const Fresh = ({ count, onShow }: { count: number; onShow: () => void }): ReactElement => {
  const words = useWords(worklistWords);
  return (
    <div role="status" aria-live="polite">
      {count === 0 ? null : (
        <Button size="sm" leftSection={<IconArrowUp aria-hidden size={16} />} onClick={onShow}>
          {count} {words.fresh}
        </Button>
      )}
    </div>
  );
};

/** How many wait, or with the switch on how many of them are urgent. */
const badgeOf = (rows: readonly Row[], isLoud: boolean, urgentWord: string): string => {
  const urgent = isLoud ? rows.filter(({ item }) => isPressing(item)).length : 0;
  if (urgent > 0) return `${String(urgent)} ${urgentWord}`;
  return rows.length === 0 ? "" : String(rows.length);
};

const Top = (props: { side: Side; rows: readonly Row[] | undefined; children: ReactNode }): ReactElement => {
  const { side, rows, children } = props;
  const words = useWords(worklistWords);
  const isOurs = side === "ours";
  const title = isOurs ? words.worklist : words.sent;
  const [isLoud, setLoud] = useSound(isOurs ? rows : undefined);
  useTitle(title, isOurs ? badgeOf(rows ?? [], isLoud, words.urgent) : "");
  return (
    <Group justify="space-between">
      <div>
        <Title order={1} size="h2">
          {title}
        </Title>
        <Text>{isOurs ? words.lead : words.sentLead}</Text>
      </div>
      <Group gap="sm">
        {isOurs ? (
          <Switch
            label={words.sound}
            checked={isLoud}
            onChange={({ currentTarget }) => {
              setLoud(currentTarget.checked);
            }}
          />
        ) : null}
        {children}
      </Group>
    </Group>
  );
};

const Beside = ({ caseId, onClose }: { caseId: string; onClose: () => void }): ReactElement => {
  const words = useWords(worklistWords);
  return (
    <Suspense fallback={<LinesComing />}>
      <CaseBeside key={caseId} caseId={caseId} onClose={onClose}>
        <Button
          variant="default"
          size="compact-sm"
          mih={28}
          leftSection={<IconX aria-hidden size={16} />}
          onClick={onClose}
        >
          {words.close}
        </Button>
      </CaseBeside>
    </Suspense>
  );
};

type List = ReturnType<typeof useList>;

const pagesIn = ({ data }: List): number => data?.pages.length ?? 0;

/** What of a list has come so far, or why it has not. */
const Coming = ({ list: { data, error, refetch, isFetchingNextPage } }: { list: List }): ReactElement => (
  <>
    {error === null ? null : <Trouble error={error} again={() => void refetch()} />}
    {data === undefined && error === null ? <LinesComing count={8} /> : null}
    {isFetchingNextPage ? <Skeleton height={8} /> : null}
  </>
);

const hasFilter = (filters: Readonly<Record<string, string>>): boolean =>
  Object.entries(filters).some(([name, value]) => name !== "case" && value !== "");

const isForNewTab = ({ ctrlKey, metaKey, shiftKey }: MouseEvent): boolean => ctrlKey || metaKey || shiftKey;

type Filters = Readonly<Record<string, string>>;
type Opening = { chosen: string; open: (event: MouseEvent, caseId: string) => void; close: () => void };

/** A case is opened beside its list where there is room, and else as the page that its link leads to. */
const useOpening = (filters: Filters, change: (changed: Filters) => void): Opening => {
  const isWide = useMediaQuery("(min-width: 1200px)", false);
  const latest = useRef(change);
  latest.current = change;
  // The same for every line for as long as the window is as wide: no line is drawn again for it.
  const open = useCallback(
    (event: MouseEvent, caseId: string): void => {
      if (!isWide || isForNewTab(event)) return;
      event.preventDefault();
      latest.current({ case: caseId });
    },
    [isWide],
  );
  const close = (): void => {
    const { case: caseId = "" } = filters;
    change({ case: "" });
    // Back to the line that it was opened from.
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>(`[data-case="${caseId}"]`)?.focus({ preventScroll: true });
    });
  };
  return { chosen: isWide ? (filters["case"] ?? "") : "", open, close };
};

/** The worklist, and what was sent: the same lines, seen from either side. */
export const ListPage = ({ side }: { side: Side }): ReactElement => {
  const [filters, change] = useAddressFilters(names);
  const [text, setText] = useState("");
  const [seen, setSeen] = useState<string[]>([]);
  const search = useRef<HTMLInputElement>(null);
  const { isUs } = useDirectory();
  const list = useList(side === "ours" ? "/v1/worklist" : "/v1/sent", filters);
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = list;
  const rows = useMemo(() => rowsOf(itemsOf(data), side, isUs), [data, side, isUs]);
  // A name can only be found among names that are known.
  const patients = usePatients(text.trim() === "" ? seen : rows.map(({ item }) => item.caseId));
  const found = useFound(rows, text, patients);
  const { lines, held, release, hands } = useHeld(found, useNow(), pagesIn(list));
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const { chosen, open, close } = useOpening(filters, change);
  const [chosenCases, setChosenCases] = useState<ReadonlySet<string>>(new Set());
  const onChoose = useCallback((caseId: string): void => {
    setChosenCases((before) => toggled(before, caseId));
  }, []);
  const isEmpty = data !== undefined && lines.length === 0;
  return (
    <Stack gap="sm">
      <Top side={side} rows={data === undefined ? undefined : rows}>
        <Fresh count={held} onShow={release} />
        <KeysHelp search={search} />
      </Top>
      <ListFilters filters={filters} change={change} text={text} onText={setText} searchRef={search} />
      <DeskBar
        cases={chosenIn(lines, chosenCases)}
        onDone={() => {
          setChosenCases(new Set());
        }}
      />
      <Coming list={list} />
      <div className="beside" data-open={chosen !== ""}>
        {isEmpty ? <Empty side={side} isFiltered={text !== "" || hasFilter(filters)} /> : null}
        {lines.length === 0 ? null : (
          <div {...hands}>
            <CaseLines
              {...{ lines, patients, onEnd, chosen, chosenCases, onChoose }}
              onOpen={open}
              onSeen={setSeen}
            />
          </div>
        )}
        {chosen === "" ? null : <Beside caseId={chosen} onClose={close} />}
      </div>
    </Stack>
  );
};
