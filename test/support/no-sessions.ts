import { randomUUID } from "node:crypto";
import { createSessions } from "../../gateways/http/sign-in/session-token.ts";

/** Sessions that ended, kept by nobody but this test. */
export const noSessions = () => {
  const ended = new Set<string>();
  return {
    has: (id: string) => ended.has(id),
    end: (id: string) => {
      ended.add(id);
      return Promise.resolve();
    },
  };
};

/** Sessions of a hub whose time stands still. */
export const sessionsAt = (now: string) =>
  createSessions({
    key: new Uint8Array(32).fill(7),
    now: () => now,
    newId: randomUUID,
    ended: noSessions(),
    isRevoked: () => Promise.resolve(false),
  });
