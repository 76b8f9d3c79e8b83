import { expect, test } from "vitest";
import { Fault } from "../../../contracts/errors.ts";
import type { Platform } from "../../../infra/platform.ts";
import { describeBoth } from "../../support/both-platforms.ts";

const codeOf = (asking: Promise<unknown>): Promise<string> =>
  asking.then(
    () => "answered",
    (error: unknown) => (error instanceof Fault ? error.code : String(error)),
  );

/** Over the server, as another process would ask. */
const overServer = async ({ nc }: Platform, subject: string, text: string): Promise<string> =>
  new TextDecoder().decode((await nc.request(subject, text, { timeout: 2_000 })).data);

describeBoth("the bus", (within) => {
  test("a question gets the answer of whoever serves its subject", async () => {
    const answers = await within(async (platform) => {
      const served = platform.bus.serve("port.echo", "port", (data) => Promise.resolve(data));
      const all = [
        await platform.bus.ask("port.echo", { n: 1 }),
        await overServer(platform, "port.echo", "two"),
      ];
      await served.stop();
      return all;
    });
    expect(answers).toEqual([{ n: 1 }, "two"]);
  });

  test("a question that nobody serves fails at once, and surely was not taken", async () => {
    expect(await within(({ bus }) => codeOf(bus.ask("port.nobody", {})))).toBe("service-unavailable");
  });

  test("a fault of whoever answers comes as its code alone", async () => {
    const code = await within(async ({ bus }) => {
      const served = bus.serve("port.fails", "port", () => Promise.reject(new Fault("journal-full")));
      const heard = await codeOf(bus.ask("port.fails", {}));
      await served.stop();
      return heard;
    });
    expect(code).toBe("journal-full");
  });

  test("one of a queue group hears a question, and everybody else who listens", async () => {
    const heard = await within(async ({ nc }) => {
      const all: string[] = [];
      const listen = (name: string, queue?: string) =>
        nc.subscribe("port.news", {
          ...(queue === undefined ? {} : { queue }),
          callback: () => void all.push(name),
        });
      const listeners = [listen("a", "group"), listen("a", "group"), listen("b"), listen("c")];
      nc.publish("port.news", "x");
      await nc.flush();
      for (const one of listeners) one.unsubscribe();
      return all.toSorted();
    });
    expect(heard).toEqual(["a", "b", "c"]);
  });

  test("what was published to a listener who left is heard by nobody", async () => {
    const heard = await within(async ({ nc }) => {
      const all: string[] = [];
      const listener = nc.subscribe("port.left", { callback: () => void all.push("heard") });
      listener.unsubscribe();
      nc.publish("port.left", "x");
      await nc.flush();
      return all;
    });
    expect(heard).toEqual([]);
  });
});
