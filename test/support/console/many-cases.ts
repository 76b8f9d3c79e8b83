import type { HubClient } from "../../../gateways/cli/hub-client.ts";
import type { Visit } from "./browser.ts";

/** As many at once as a busy region's systems send. */
const atOnce = 16;

/** So many open questions to the endocrinologists. */
export const openCases = async (api: HubClient, count: number): Promise<void> => {
  let next = 0;
  const sendOn = async (): Promise<void> => {
    while (next < count) {
      const no = next++;
      const body = {
        ...{ messageId: `one-of-many-${String(no)}`, to: { gln: "5790000200016" } },
        patient: {
          cpr: `0101${String(10 + (no % 80))}0000`,
          givenName: "Mange",
          surname: `Nummer ${String(no)}`,
        },
        ...{ subject: "Stofskifte", question: "Hvad nu?", priority: no % 7 === 0 ? "high" : "routine" },
      };
      const answer = await api.call({
        ...{ method: "POST", path: "/v1/advice", type: "application/json", body: JSON.stringify(body) },
        as: { gln: "5790000100026", role: "organisation" },
      });
      if (answer.status >= 300) throw new Error(`${String(answer.status)} for ${String(no)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sendOn));
};

/** To its end, which is further away with every page of it that comes: until nothing more comes for a second. */
const toTheEnd = `(async () => {
  const list = document.querySelector(".lines-region");
  for (let same = 0, height = 0; same < 20; height = list.scrollHeight) {
    list.scrollTop = list.scrollHeight;
    await new Promise((go) => setTimeout(go, 50));
    same = list.scrollHeight === height ? same + 1 : 0;
  }
  return list.scrollHeight;
})()`;

const frames = 240;
/** Two lines or more with every frame, for four seconds: as fast as anybody reads names that go by. */
const scrolled = `(async () => {
  const list = document.querySelector(".lines-region");
  list.scrollTop = 0;
  for (let frame = 0; frame < ${String(frames)}; frame++) {
    list.scrollTop += 160;
    await new Promise((go) => requestAnimationFrame(go));
  }
})()`;

/** Milliseconds that the page's own thread works for a frame while its list is scrolled, all of it having come: processor time, so that it counts alike on a busy machine. */
export const workPerFrame = async ({ page, context }: Visit): Promise<number> => {
  const line = await context.newCDPSession(page);
  await line.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async (): Promise<number> => {
    const { metrics } = await line.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
  };
  const height = await page.evaluate<number>(toTheEnd);
  if (height < 500_000) throw new Error(`not all came: ${String(height)} px`);
  const before = await worked();
  await page.evaluate(scrolled);
  const work = (await worked()) - before;
  await line.detach();
  return work / frames;
};
