import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A port before the hub's that can be shut and opened again, as a line that breaks: whoever is connected is cut off at once. */
export type ShutPort = AsyncDisposable & {
  url: string;
  /** What is sent arrives, and its answers are lost on the way back, until the port is opened anew. */
  loseAnswers: () => void;
  shut: () => Promise<void>;
  open: () => Promise<void>;
};

export const portBefore = async (hubUrl: string): Promise<ShutPort> => {
  const hubPort = Number(new URL(hubUrl).port);
  const ends = new Set<Socket>();
  let isLosing = false;
  const keep = (end: Socket, other: Socket): void => {
    ends.add(end);
    end.on("error", () => other.destroy());
    end.on("close", () => {
      ends.delete(end);
      other.destroy();
    });
  };
  const server: Server = createServer((near) => {
    const far = connect(hubPort, "127.0.0.1");
    keep(near, far);
    keep(far, near);
    near.pipe(far);
    far.on("data", (bytes: Buffer) => {
      if (!isLosing) near.write(bytes);
    });
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };
  const shut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const end of ends) end.destroy();
    await closed;
  };
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${String(port)}`,
    loseAnswers: () => {
      isLosing = true;
    },
    shut,
    open: async () => {
      isLosing = false;
      await listen(port);
    },
    [Symbol.asyncDispose]: shut,
  };
};
