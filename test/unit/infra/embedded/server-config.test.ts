import { expect, test } from "vitest";
import { natsConfigText } from "../../../../infra/embedded/nats-child.ts";
import { redisConfigText, socketPath } from "../../../../infra/embedded/redis-child.ts";

const config = {
  dir: '/srv/a "quoted" folder',
  storeDir: "/srv/store",
  ports: undefined,
  syncAlways: true,
  maxFileStoreBytes: 1000,
  password: "not-told-to-anybody",
  encrypted: false,
};

test("the first start lets the kernel pick both ports, on the loopback alone", () => {
  const text = natsConfigText(config);
  expect(text).toContain('listen: "127.0.0.1:-1"');
  expect(text).toContain('http: "127.0.0.1:-1"');
});

test("a later start takes the ports of the first", () => {
  const ports = { natsUrl: "nats://127.0.0.1:4001", natsMonitorUrl: "http://127.0.0.1:4002" };
  const text = natsConfigText({ ...config, ports });
  expect(text).toContain('listen: "127.0.0.1:4001"');
  expect(text).toContain('http: "127.0.0.1:4002"');
});

test("every acknowledgement waits for the disk, unless a person said otherwise", () => {
  expect(natsConfigText(config)).toContain("sync_interval: always");
  expect(natsConfigText({ ...config, syncAlways: false })).not.toContain("sync_interval");
});

test("nobody is let in without the password, and the key of the store is not in the file", () => {
  expect(natsConfigText(config)).toContain('authorization { user: "hub", password: "not-told-to-anybody" }');
  expect(natsConfigText(config)).not.toContain("cipher");
  expect(natsConfigText({ ...config, encrypted: true })).toContain(
    "cipher: aes\n  key: $SEKTORBRO_STORE_KEY\n",
  );
});

test("a quote in a folder's name does not end the text in the configuration", () => {
  expect(natsConfigText(config)).toContain('ports_file_dir: "/srv/a \\"quoted\\" folder/ports"');
});

test("Redis opens no port", () => {
  const lines = redisConfigText("/srv/redis", "/srv/redis/redis.sock").split("\n");
  expect(lines).toContain("port 0");
  expect(lines).toContain("unixsocketperm 700");
});

test("the socket lies in the data folder when its path is short enough", async () => {
  expect(await socketPath("/srv/redis")).toBe("/srv/redis/redis.sock");
});
