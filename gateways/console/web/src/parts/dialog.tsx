import { CloseButton, Group, Modal, Stack, Title } from "@mantine/core";
import type { ReactElement, ReactNode } from "react";

type Props = {
  title: string;
  close: string;
  onClose: () => void;
  size?: string;
  children: ReactNode;
};

/** A window over the page, with its name. The component library's own head would be a second banner of the page. */
export const Dialog = ({ title, close, onClose, size = "md", children }: Props): ReactElement => (
  <Modal
    opened
    onClose={onClose}
    withCloseButton={false}
    size={size}
    attributes={{ content: { "aria-label": title } }}
  >
    <Stack>
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h4">
          {title}
        </Title>
        <CloseButton size="lg" aria-label={close} onClick={onClose} />
      </Group>
      {children}
    </Stack>
  </Modal>
);
