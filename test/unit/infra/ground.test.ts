import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createGround } from "../../../infra/ground.ts";

const groundOn = () => {
  const world = {
    nowMs: 100,
    up: true,
    asked: 0,
    lose: (): void => undefined,
    sound: (): Promise<void> => Promise.resolve(),
  };
  const ground = createGround({
    sound: () => {
      world.asked += 1;
      return world.sound();
    },
    isUp: () => world.up,
    onLost: (lost) => {
      world.lose = lost;
    },
    nowMs: () => world.nowMs,
  });
  return { world, ground };
};

test("it held since a time when nothing was lost since, and both servers answer", async () => {
  const { world, ground } = groundOn();
  world.lose();
  world.nowMs = 200;
  expect(await ground.wasAwaySince(100)).toBe(true);
  expect(await ground.wasAwaySince(150)).toBe(false);
});

test("a connection that was lost and is back was away all the same", async () => {
  const { world, ground } = groundOn();
  world.nowMs = 150;
  world.lose();
  world.nowMs = 160;
  expect(await ground.wasAwaySince(140)).toBe(true);
});

test("a server that refuses, or says nothing for a second, is away, and was for all that began before", async () => {
  const { world, ground } = groundOn();
  world.sound = () => Promise.reject(new Error("LOADING"));
  expect(await ground.wasAwaySince(100)).toBe(true);
  world.sound = () => sleep(60_000, undefined, { ref: false });
  world.nowMs = 300;
  expect(await ground.wasAwaySince(250)).toBe(true);
  world.sound = () => Promise.resolve();
  world.nowMs = 400;
  expect(await ground.wasAwaySince(280)).toBe(true);
  expect(await ground.wasAwaySince(350)).toBe(false);
});

test("hundreds that fail together ask once", async () => {
  const { world, ground } = groundOn();
  await Promise.all(Array.from({ length: 300 }, () => ground.wasAwaySince(0)));
  expect(world.asked).toBe(1);
});
