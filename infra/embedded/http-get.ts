import { get } from "node:http";

export type HttpAnswer = { readonly status: number; readonly body: string };

/** One GET on a connection of its own; `undefined` when nobody answers in time. Never rejects. */
export const httpGet = (url: string, timeoutMs = 2_000): Promise<HttpAnswer | undefined> =>
  new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: timeoutMs }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, body });
      });
      response.on("error", () => {
        resolve(undefined);
      });
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => {
      resolve(undefined);
    });
  });
