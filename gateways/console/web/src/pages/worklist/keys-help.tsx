import { ActionIcon, Kbd, Table, Tooltip } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";
import { type ReactElement, type RefObject, useEffect, useState } from "react";
import { Dialog } from "../../parts/dialog.tsx";
import { useWords } from "../../words/language.tsx";
import { worklistWords } from "./words.ts";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;

/** `/` goes to the search, `?` shows every key. */
export const KeysHelp = ({ search }: { search: RefObject<HTMLInputElement | null> }): ReactElement => {
  const words = useWords(worklistWords);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "?") setOpened(true);
      if (event.key !== "/") return;
      event.preventDefault();
      search.current?.focus();
    };
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("keydown", press);
    };
  }, [search]);
  return (
    <>
      <Tooltip label={`${words.keys} (?)`}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={words.keys}
          onClick={() => {
            setOpened(true);
          }}
          visibleFrom="sm"
        >
          <IconKeyboard aria-hidden size={20} />
        </ActionIcon>
      </Tooltip>
      {opened ? (
        <Dialog
          title={words.keys}
          close={words.close}
          onClose={() => {
            setOpened(false);
          }}
        >
          <Table>
            <Table.Tbody>
              {words.shortcuts.map(([keys, text]) => (
                <Table.Tr key={keys}>
                  <Table.Td>
                    <Kbd>{keys}</Kbd>
                  </Table.Td>
                  <Table.Td>{text}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Dialog>
      ) : null}
    </>
  );
};
