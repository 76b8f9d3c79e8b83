import { AppShell, Center, Group, Loader, Menu, NavLink, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconDots, IconLogout } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactElement, Suspense, useEffect } from "react";
import { Link, Route, Switch, useRoute } from "wouter";
import { sendJson } from "../api/client.ts";
import { useSession } from "../api/session.ts";
import { type Page, pages } from "../pages/pages.ts";
import { useLanguage, useWords } from "../words/language.tsx";
import { shellWords } from "../words/shell.ts";
import { LiveSign } from "./live-sign.tsx";
import { NewMenu } from "./new-menu.tsx";
import { ViewChoices } from "./view-choices.tsx";

/** Where people begin, and in nobody's way anywhere else. */
const FirstTour = lazy(async () => {
  const { Tour } = await import("../pages/help/tour.tsx");
  return { default: () => <Tour /> };
});

/** A page under its name: the browser's tabs and history tell them apart. */
const Titled = ({ page: { view: View, title, nav } }: { page: Page }): ReactElement => {
  const language = useLanguage();
  const name = title === "own" ? undefined : (title ?? nav?.name)?.[language];
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Sektorbro`;
  }, [name]);
  return <View />;
};

type Listed = Page & { nav: NonNullable<Page["nav"]> };

const usePagesInMenu = (): Listed[] => {
  const roles = useSession().person?.roles ?? [];
  return pages.flatMap(({ nav, ...page }) =>
    nav === undefined || (nav.roles !== undefined && !nav.roles.some((role) => roles.includes(role)))
      ? []
      : [{ ...page, nav }],
  );
};

const MenuEntry = ({ page, isLow }: { page: Listed; isLow?: boolean }): ReactElement => {
  const language = useLanguage();
  const [isThere] = useRoute(page.path);
  const [isBelow] = useRoute(`${page.path}/*`);
  const isHere = isThere || (page.path !== "/" && isBelow);
  const { icon: Icon, name } = page.nav;
  return (
    <NavLink
      component={Link}
      href={page.path}
      active={isHere}
      {...(isHere ? { "aria-current": "page" as const } : {})}
      label={name[language]}
      leftSection={<Icon aria-hidden size={20} />}
      className={isLow === true ? "low-entry" : ""}
    />
  );
};

/** As many as a thumb reaches on the narrowest phone; the rest are one tap further. */
const lowEntries = 4;

const More = ({ pages: others }: { pages: readonly Listed[] }): ReactElement => {
  const words = useWords(shellWords);
  const language = useLanguage();
  return (
    <Menu position="top-end">
      <Menu.Target>
        <NavLink
          component="button"
          type="button"
          label={words.more}
          leftSection={<IconDots aria-hidden size={20} />}
          className="low-entry"
        />
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ path, nav: { icon: Icon, name } }) => (
          <Menu.Item key={path} component={Link} href={path} leftSection={<Icon aria-hidden size={20} />}>
            {name[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

const Myself = (): ReactElement => {
  const words = useWords(shellWords);
  const client = useQueryClient();
  const { person, organisation, unit } = useSession();
  const place = unit === undefined ? organisation : `${organisation}, ${unit}`;
  const signOut = useMutation({
    mutationFn: () => sendJson<undefined>("/v1/session/end", {}),
    onSuccess: () => {
      client.clear();
      window.location.assign("/console/");
    },
  });
  return (
    <Menu>
      <Menu.Target>
        <UnstyledButton>
          <Group gap={6} wrap="nowrap">
            <div className="myself">
              <Text size="sm" fw={600} lh={1.2}>
                {person?.name ?? organisation}
              </Text>
              <Text size="xs" c="dimmed" lh={1.2}>
                {place}
              </Text>
            </div>
            <IconChevronDown aria-hidden size={16} />
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Group hiddenFrom="sm" p="xs">
          <ViewChoices />
        </Group>
        <Menu.Item
          leftSection={<IconLogout aria-hidden size={16} />}
          onClick={() => {
            signOut.mutate();
          }}
        >
          {words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};

const Nowhere = (): ReactElement => {
  const words = useWords(shellWords);
  return (
    <>
      <Text>{words.unknownPage}</Text>
      <Link href="/">{words.toWorklist}</Link>
    </>
  );
};

const Waiting = (): ReactElement => {
  const words = useWords(shellWords);
  return (
    <Center h="40vh">
      <Loader aria-label={words.loading} />
    </Center>
  );
};

/** What is around every page: who I am, where I can go, and whether what I see is fresh. */
export const Shell = (): ReactElement => {
  const words = useWords(shellWords);
  const listed = usePagesInMenu();
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: true } }}
      padding="md"
    >
      <a href="#content" className="skip">
        {words.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Text fw={700} size="lg" component={Link} href="/" c="inherit" td="none">
            Sektorbro
          </Text>
          <Group gap="sm" wrap="nowrap">
            <NewMenu />
            <LiveSign />
            <Group gap="xs" wrap="nowrap" visibleFrom="sm">
              <ViewChoices />
            </Group>
            <Myself />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" visibleFrom="sm" aria-label={words.menu}>
        {listed.map((page) => (
          <MenuEntry key={page.path} page={page} />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Suspense fallback={null}>
          <Route path="/" component={FirstTour} />
        </Suspense>
        <Suspense fallback={<Waiting />}>
          <Switch>
            {pages.map((page) => (
              <Route key={page.path} path={page.path}>
                <Titled page={page} />
              </Route>
            ))}
            <Route component={Nowhere} />
          </Switch>
        </Suspense>
      </AppShell.Main>
      <nav className="low-menu" aria-label={words.shortcuts}>
        {listed.slice(0, lowEntries).map((page) => (
          <MenuEntry key={page.path} page={page} isLow />
        ))}
        {listed.length > lowEntries ? <More pages={listed.slice(lowEntries)} /> : null}
      </nav>
    </AppShell>
  );
};
