import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { configFrom } from "../../../infra/config/config.ts";
import { Environment } from "../../../infra/config/environment.ts";

const folder = "infra/manifests";
const composeFiles = ["docker-compose.yml", "infra/docker/compose.cluster.yml"];

const Named = z.looseObject({ name: z.string() });
const Env = z.looseObject({ name: z.string(), value: z.string().optional() });
const Container = z.looseObject({
  name: z.string(),
  image: z.string(),
  env: z.array(Env).default([]),
  ports: z.array(z.looseObject({ name: z.string(), containerPort: z.number() })),
  readinessProbe: z.looseObject({}),
  livenessProbe: z.looseObject({}),
  resources: z.looseObject({ requests: z.looseObject({}), limits: z.looseObject({}) }),
  volumeMounts: z.array(Named),
});
const Template = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
  spec: z.looseObject({
    containers: z.array(Container),
    volumes: z.array(Named).default([]),
    terminationGracePeriodSeconds: z.number().default(30),
    affinity: z.looseObject({ podAntiAffinity: z.looseObject({}) }),
    securityContext: z.looseObject({ runAsNonRoot: z.literal(true) }),
  }),
});
const Workload = z.looseObject({
  kind: z.enum(["Deployment", "StatefulSet"]),
  metadata: Named,
  spec: z.looseObject({
    replicas: z.number(),
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }),
    template: Template,
    serviceName: z.string().optional(),
    volumeClaimTemplates: z.array(z.looseObject({ metadata: Named })).default([]),
  }),
});
type Workload = z.infer<typeof Workload>;

const manifests = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .flatMap((name) => {
    const documents = parseAllDocuments(readFileSync(join(folder, name), "utf8"));
    if (!Array.isArray(documents)) throw new Error(`${name} is empty`);
    return documents.map((document) => {
      expect(document.errors, name).toEqual([]);
      return z
        .looseObject({ apiVersion: z.string(), kind: z.string(), metadata: Named })
        .parse(document.toJS());
    });
  });
const workloads = manifests.flatMap((one) => Workload.safeParse(one).data ?? []);
const containers = workloads.flatMap(({ spec }) => spec.template.spec.containers);
const workload = (name: string): Workload => {
  const found = workloads.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

const Compose = z.looseObject({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string().optional(),
      environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      healthcheck: z.looseObject({}).optional(),
    }),
  ),
});
const composed = composeFiles.map((file) => ({
  file,
  services: Compose.parse(parse(readFileSync(file, "utf8"), { merge: true })).services,
}));

/** Of the servers, and what other settings are made of. */
const notTheHubs = new Set(["NATS_PASSWORD", "REDIS_PASSWORD", "ROUTE_PASSWORD", "NODE_NAME", "ROUTES"]);
const settings = new Set(Object.keys(Environment.shape));

/** A tag that names one version: at least major and minor. */
const pinned = /^[\w./-]+:\d+\.\d+[\w.-]*$/;

describe("the manifests", () => {
  test("have what several machines need, each thing once", () => {
    const things = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(things).size).toBe(things.length);
    for (const name of ["nats", "redis", "sentinel", "hub"]) {
      expect(things).toContain(`PodDisruptionBudget ${name}`);
      expect(things).toContain(`Service ${name}`);
      expect(things).toContain(`NetworkPolicy ${name}`);
    }
    expect(workloads.map(({ metadata, spec }) => [metadata.name, spec.replicas]).toSorted()).toEqual([
      ["hub", 3],
      ["nats", 3],
      ["redis", 2],
      ["sentinel", 3],
    ]);
  });

  test("have images of one version each, the hub's being that of the package", () => {
    const version = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync("package.json", "utf8"))).version;
    for (const { image } of containers) expect(image).toMatch(pinned);
    expect(workload("hub").spec.template.spec.containers[0]?.image).toBe(`sektorbro/hub:${version}`);
  });

  test("choose the pods that they make, and mount the volumes that they have", () => {
    for (const { spec } of workloads) {
      expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
      const volumes = [
        ...spec.template.spec.volumes.map(({ name }) => name),
        ...spec.volumeClaimTemplates.map(({ metadata }) => metadata.name),
      ];
      for (const { volumeMounts } of spec.template.spec.containers)
        expect(volumes).toEqual(expect.arrayContaining(volumeMounts.map(({ name }) => name)));
    }
  });

  test("name ports that are there, in probes and in services", () => {
    for (const { spec } of workloads)
      for (const container of spec.template.spec.containers) {
        const names = container.ports.map(({ name }) => name);
        const probed = [...JSON.stringify(container).matchAll(/"port":"(\w+)"/g)].map(([, name]) => name);
        expect(probed.length).toBeGreaterThan(0);
        for (const name of probed) expect(names).toContain(name);
      }
  });

  test("hold no secret, only where one is", () => {
    const text = JSON.stringify(manifests);
    expect(manifests.filter(({ kind }) => kind === "Secret")).toEqual([]);
    const secrets = containers.flatMap(({ env }) => env).filter(({ name }) => /PASSWORD|KEY$/.test(name));
    expect(secrets.length).toBeGreaterThan(3);
    for (const { value } of secrets) expect(value).toBeUndefined();
    expect(text).not.toMatch(/password: [^$]/i);
  });

  test("give the hub settings that there are, and that it takes", () => {
    const env = containers.find(({ name }) => name === "hub")?.env ?? [];
    const given = env.filter(({ name }) => !notTheHubs.has(name));
    for (const { name } of given) expect([...settings]).toContain(name);
    const values = Object.fromEntries(
      given.map(({ name, value = "https://issuer.example/with-at-least-32-characters" }) => [
        name,
        value.replaceAll(/\$\(\w+\)/g, "secret"),
      ]),
    );
    const config = configFrom(values);
    expect(config.replicas).toBe(workload("nats").spec.replicas);
    const grace = workload("hub").spec.template.spec.terminationGracePeriodSeconds * 1_000;
    expect(grace).toBeGreaterThan(config.drainMs + 25_000);
  });
});

describe.each(composed)("$file", ({ services }) => {
  test("has images of one version each, and asks each service whether it is well", () => {
    for (const [name, { image }] of Object.entries(services))
      if (image !== undefined) expect([name, image]).toEqual([name, expect.stringMatching(pinned)]);
  });

  test("gives hubs settings that there are, and that they take", () => {
    const hubs = Object.entries(services).filter(([name]) => name.startsWith("hub"));
    expect(hubs.length).toBeGreaterThan(0);
    for (const [, { environment = {} }] of hubs) {
      for (const name of Object.keys(environment)) expect([...settings]).toContain(name);
      const values = Object.entries(environment).map(([name, value]) => [
        name,
        String(value)
          .replace(/\$\{\w+:-([^}]*)\}/, "$1")
          .replace(/\$\{\w+:[?+][^}]*\}/, "https://given.example/with-at-least-32-characters"),
      ]);
      expect(() => configFrom(Object.fromEntries(values) as NodeJS.ProcessEnv)).not.toThrow();
    }
  });
});

test("a nats-server that reads a large store, or for whose every consumer somebody waits, is not ended by a probe", () => {
  const [nats] = workload("nats").spec.template.spec.containers;
  const text = JSON.stringify(nats);
  const asked = [...text.matchAll(/"path":"([^"]*)"/g)].map(([, path]) => path);
  expect(asked).toHaveLength(3);
  for (const path of asked) expect(path).toMatch(/^\/healthz\?js-(server|enabled)-only=true$/);
  const startup = z
    .looseObject({ startupProbe: z.object({ periodSeconds: z.number(), failureThreshold: z.number() }) })
    .parse(nats).startupProbe;
  expect(startup.periodSeconds * startup.failureThreshold).toBeGreaterThanOrEqual(3_600);
  expect(readFileSync("infra/docker/compose.cluster.yml", "utf8")).not.toContain(':8222/healthz"');
});

test("all that stands in front of hubs asks the same address whether they are ready", () => {
  expect(readFileSync("infra/docker/haproxy.cfg", "utf8")).toContain("GET /health/ready");
  expect(JSON.stringify(workload("hub"))).toContain("/health/ready");
});
