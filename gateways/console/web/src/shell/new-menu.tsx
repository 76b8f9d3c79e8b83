import { Button, Menu } from "@mantine/core";
import { IconHeartRateMonitor, IconMailQuestion, IconPlus, IconShare3 } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { Link } from "wouter";
import { useSession } from "../api/session.ts";
import type { Both } from "../words/both.ts";
import { useLanguage, useWords } from "../words/language.tsx";
import { shellWords } from "../words/shell.ts";

type Beginning = { path: string; name: Both<string>; icon: typeof IconPlus; kinds: readonly string[] };

/** What organisations of a kind begin, in the order in which they most often do. */
const beginnings: readonly Beginning[] = [
  {
    path: "/new/advice",
    name: { da: "Bed om rådgivning", en: "Ask for advice" },
    icon: IconMailQuestion,
    kinds: ["practice", "municipality", "acuteTeam", "department", "outOfHours"],
  },
  {
    path: "/new/referral",
    name: { da: "Henvis", en: "Refer" },
    icon: IconShare3,
    kinds: ["practice", "department", "outOfHours"],
  },
  {
    path: "/tobs",
    name: { da: "Mål TOBS", en: "Measure TOBS" },
    icon: IconHeartRateMonitor,
    kinds: ["acuteTeam", "municipality"],
  },
];

/** What a person of this organisation can begin, from every page. */
export const NewMenu = (): ReactElement | null => {
  const words = useWords(shellWords);
  const language = useLanguage();
  const { kind = "", role } = useSession();
  const open = role === "operator" ? [] : beginnings.filter(({ kinds }) => kinds.includes(kind));
  if (open.length === 0) return null;
  return (
    <Menu>
      <Menu.Target>
        <Button size="compact-md" leftSection={<IconPlus aria-hidden size={18} />}>
          {words.begin}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {open.map(({ path, name, icon: Icon }) => (
          <Menu.Item key={path} component={Link} href={path} leftSection={<Icon aria-hidden size={18} />}>
            {name[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
