import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Watches for connections on which nothing has been asked yet: browsers, and `fetch` after a stream that was left, open them
 * ahead. Node counts them as busy, so a server that stops would wait for whoever holds one. The answer closes them.
 */
export const watchMuteConnections = (server: Pick<Server, "on">): (() => void) => {
  const mute = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    mute.add(socket);
    socket.once("close", () => void mute.delete(socket));
  });
  server.on("request", ({ socket }) => void mute.delete(socket));
  return () => {
    for (const socket of mute) socket.destroy();
  };
};
