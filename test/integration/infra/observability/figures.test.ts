import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createProgram } from "../../../../gateways/cli/program.ts";
import { counts, levels, timings } from "../../../../infra/observability/metric-catalogue.ts";
import { freshId, practice, xdis91 } from "../../../support/golden-samples.ts";
import { type GatewayHub, startGatewayHub } from "../../../support/hub-client.ts";

let hub: GatewayHub;
let told: string;
beforeAll(async () => {
  hub = await startGatewayHub();
  const sender = await hub.as(practice.gln);
  await sender.send(xdis91({ letterId: freshId("FIG") }));
  told = await (await fetch(`${hub.url}/metrics`)).text();
});
afterAll(() => hub[Symbol.asyncDispose]());

const toldNames = (): Set<string> =>
  new Set([...told.matchAll(/^# TYPE (\S+)/gm)].map(([, name = ""]) => name));

test("every figure of the catalogue is told by a running hub", () => {
  for (const name of Object.keys({ ...timings, ...counts, ...levels })) expect(toldNames()).toContain(name);
});

test("one document leaves its traces: a request, two kinds of write, a question to a service, a record, a clock", () => {
  expect(told).toMatch(
    /^sektorbro_http_request_seconds_count\{method="POST",route="\/v1\/messages",status="201"\} 1$/m,
  );
  for (const store of ["intake", "case"])
    expect(told).toMatch(
      new RegExp(`^sektorbro_write_seconds_count\\{store="${store}",outcome="written"\\}`, "m"),
    );
  expect(told).toMatch(/^sektorbro_bus_seconds_count\{kind="cmd",service="advice",outcome="answered"\} 1$/m);
  expect(told).toMatch(/^sektorbro_records_total\{family="advice"\} 1$/m);
  expect(told).toMatch(/^sektorbro_clocks_total\{change="started"\} [12]$/m);
  expect(told).toMatch(/^sektorbro_durable 1$/m);
});

const rules = readFileSync("infra/observability/alerts.yml", "utf8");
const dashboard = readFileSync("infra/observability/dashboard.json", "utf8");
const expressions = [
  ...[...rules.matchAll(/^ +expr: (.*)$/gm)].map(([, text = ""]) => text),
  ...[...dashboard.matchAll(/"expr": (".*")/g)].map(([, text = '""']) => String(JSON.parse(text))),
];

test("the alerts and the dashboard ask for figures that exist", () => {
  expect(expressions.length).toBeGreaterThan(40);
  for (const expression of expressions)
    for (const [name] of expression.matchAll(/\b(sektorbro|nodejs|process)_[a-z_]+/g))
      expect(toldNames(), expression).toContain(name.replace(/_(bucket|count|sum)$/, ""));
});

test("they ask by labels that exist", () => {
  const known = Object.values({ ...timings, ...counts, ...levels }).flatMap(({ labels }) => [...labels]);
  const all = new Set<string>([
    ...known,
    ...[...told.matchAll(/[{,]([a-z_]+)="/g)].map(([, label = ""]) => label),
    // Prometheus's own, of where a figure comes from.
    ...["job", "instance"],
  ]);
  for (const expression of expressions)
    for (const [, names = ""] of expression.matchAll(/by \(([^)]+)\)|\{([a-z_]+)=/g))
      for (const label of names.split(",")) expect(all, expression).toContain(label.trim() || "le");
});

/** What is about no alert. */
const guides = ["README.md", "DEPLOYMENT.md", "UPGRADE.md"];
const pages = readdirSync("infra/operations").filter((file) => !guides.includes(file));

test("each alert has its page, each page its alert, and the list names them all", () => {
  const named = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name = ""]) => `${name}.md`);
  expect(pages.toSorted()).toEqual(named.toSorted());
  const list = readFileSync("infra/operations/README.md", "utf8");
  for (const guide of guides.slice(1)) expect(list).toContain(`(${guide})`);
  for (const page of pages) {
    expect(rules).toContain(`runbook: infra/operations/${page}`);
    expect(list).toContain(`(${page})`);
  }
});

test.each([...guides, ...pages])("%s names commands and options that exist", (page) => {
  const text = readFileSync(`infra/operations/${page}`, "utf8");
  for (const [, line = ""] of text.matchAll(/(?:`|^ {4})sektorbro ([^`\n#]+)/gm)) {
    const [name = "", ...rest] = line.trim().split(/\s+/);
    const command = createProgram("1.0.0").commands.find((one) => one.name() === name);
    expect(command, `sektorbro ${name}`).toBeDefined();
    const known = [command, ...(command?.commands ?? [])].flatMap((one) => one?.options ?? []);
    for (const option of rest.filter((word) => word.startsWith("--")))
      expect(
        known.map(({ long }) => long),
        line,
      ).toContain(option);
  }
});
