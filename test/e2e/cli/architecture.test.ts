import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { drawRooms } from "../../support/architecture/rooms.ts";
import { tellServices, tellStores } from "../../support/architecture/running.ts";
import { startHubProcess } from "../../support/hub-process.ts";
import { tempDir } from "../../support/temp-dir.ts";

const page = "infra/ARCHITECTURE.md";

/** What stands between `<!-- drawn: NAME -->` and `<!-- end -->`, made anew; the words around it are a person's. */
const withDrawn = (text: string, drawn: Record<string, string>): string =>
  text.replaceAll(
    /(<!-- drawn: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, begin: string, name: string, end: string) => `${begin}\n${drawn[name] ?? ""}\n\n${end}`,
  );

/** Run vitest with `-u` to draw anew after a change of what is drawn. */
it("the pictures of the architecture page are those of the code and of a running hub", async () => {
  await using folder = await tempDir();
  await using hub = await startHubProcess(folder.path);
  const { natsMonitorUrl } = await hub.endpoints();
  const drawn = {
    rooms: ["```mermaid", drawRooms(), "```"].join("\n"),
    services: await tellServices(natsMonitorUrl),
    stores: await tellStores(natsMonitorUrl),
  };
  const text = await readFile(page, "utf8");
  expect(Object.keys(drawn).filter((name) => !text.includes(`<!-- drawn: ${name} -->`))).toEqual([]);
  await expect(withDrawn(text, drawn)).toMatchFileSnapshot(`../../../${page}`);
});
