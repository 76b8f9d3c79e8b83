import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** The rooms of the house as the picture shows them, the first that fits; what stands in none is not shown. */
const rooms: readonly { id: string; title: string; path: RegExp }[] = [
  { id: "contracts", title: "contracts", path: /^contracts\// },
  { id: "kernel", title: "services/case, the kernel", path: /^services\/case\// },
  { id: "cores", title: "services/*/core, decisions", path: /^services\/[^/]+\/core\// },
  { id: "services", title: "services/*, shells", path: /^services\// },
  { id: "codecs", title: "gateways/*/codec, bytes to values", path: /^gateways\/[^/]+\/codec\// },
  {
    id: "shared",
    title: "xml, tables, envelopes, families, pages, apart",
    path: /^gateways\/(xml|tables|envelopes|families|pages|apart)\//,
  },
  { id: "cli", title: "gateways/cli, the composition root", path: /^gateways\/cli\// },
  { id: "partners", title: "gateways/client, gateways/rehearsal", path: /^gateways\/(client|rehearsal)\// },
  { id: "web", title: "gateways/console/web, in the browser", path: /^gateways\/console\/web\// },
  { id: "gateways", title: "gateways/*, shells", path: /^gateways\// },
  { id: "infra", title: "infra", path: /^infra\// },
];

const roomOf = (path: string): string | undefined => rooms.find((room) => room.path.test(path))?.id;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.split("/").some((part) => part === "dist" || part === "node_modules"));

const importedIn = (path: string): string[] =>
  [...readFileSync(path, "utf8").matchAll(/\bfrom "(\.[^"]+)"/g)].map(([, target = ""]) =>
    normalize(join(dirname(path), target)),
  );

/** Who imports whom, room by room, with what is in them: a drawing in Mermaid. */
export const drawRooms = (): string => {
  const files = ["contracts", "services", "gateways", "infra"].flatMap(filesIn);
  const edges = new Set<string>();
  for (const file of files)
    for (const target of importedIn(file)) {
      const [from, to] = [roomOf(file), roomOf(target)];
      if (from !== undefined && to !== undefined && from !== to) edges.add(`  ${from} --> ${to}`);
    }
  const nodes = rooms.map(({ id, title }) => `  ${id}["${title}"]`);
  return ["flowchart TB", ...nodes, ...[...edges].toSorted()].join("\n");
};
