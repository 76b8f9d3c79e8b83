import { describe, expect, test } from "vitest";
import { httpDoors, queryDoors } from "../../../../contracts/access/doors.ts";
import { mayI } from "../../../../contracts/access/may-i.ts";
import { policy } from "../../../../contracts/access/policy.ts";
import { AgreementQueries } from "../../../../contracts/messages/agreement.ts";
import { AuditQueries } from "../../../../contracts/messages/audit.ts";
import { BookingQueries } from "../../../../contracts/messages/booking-slot.ts";
import { DeadLetterQueries } from "../../../../contracts/messages/dead-letters.ts";
import { DeskQueries } from "../../../../contracts/messages/desk.ts";
import { DirectoryQueries } from "../../../../contracts/messages/directory-query.ts";
import { DischargeQueries } from "../../../../contracts/messages/discharge-query.ts";
import { EmergencyQueries } from "../../../../contracts/messages/emergency.ts";
import { ExplainQueries } from "../../../../contracts/messages/explained-clock.ts";
import { IndicatorQueries } from "../../../../contracts/messages/indicators.ts";
import { MessageLogQueries } from "../../../../contracts/messages/message-log.ts";
import { ReceiverQueries } from "../../../../contracts/messages/receivers.ts";
import { ReferralQueries } from "../../../../contracts/messages/referral-patterns.ts";
import { WhatIfQueries } from "../../../../contracts/messages/what-if.ts";
import { WorklistQueries } from "../../../../contracts/messages/worklist.ts";
import { behind } from "../../../../gateways/http/caller.ts";
import { createServer, routesOf } from "../../../../gateways/http/server.ts";
import { createFakeHub, testOptions } from "../../../support/http-ports.ts";

/** Files for browsers, the same for everybody: they hold no data. */
const assets = /^(GET|HEAD) \/(docs|console)(\/|$)/;

describe("every door", () => {
  test("of the running server is in the policy's table, by fastify's own list of routes", async () => {
    const server = createServer(createFakeHub().ports, testOptions);
    const found: string[] = [];
    server.addHook("onRoute", ({ method, url }) => {
      for (const one of [method].flat()) found.push(`${one} ${url}`);
    });
    await server.ready();
    const takes = new Set(
      routesOf(createFakeHub().ports, testOptions).flatMap((route) =>
        route.takes === undefined ? [] : [`${route.method} ${route.path}`],
      ),
    );
    const unknown = found.filter((door) => !assets.test(door) && !takes.has(door) && !(door in httpDoors));
    await server.close();
    expect(found.length).toBeGreaterThan(100);
    expect(unknown).toEqual([]);
  });

  test("of the table is one of the server's", () => {
    const served = routesOf(createFakeHub().ports, testOptions).map(
      ({ method, path }) => `${method} ${path}`,
    );
    expect(Object.keys(httpDoors).filter((door) => !served.includes(door))).toEqual([]);
  });

  test("that is open to anybody shows nothing but pages and who is signed in", () => {
    for (const route of routesOf(createFakeHub().ports, testOptions)) {
      const resource = behind(route);
      const open = policy.some((row) => row.resource === resource && row.relations.includes("anybody"));
      if (route.access === "anyone") expect(open, route.path).toBe(true);
    }
  });

  test("for operators alone is shut to everybody else by the policy too", () => {
    for (const route of routesOf(createFakeHub().ports, testOptions)) {
      const resource = behind(route);
      if (route.access !== "operator" || resource === undefined || resource === "command") continue;
      if (resource !== "original")
        expect(mayI({ roles: ["doctor"] }, { resource }).yes, route.path).toBe(false);
    }
  });

  test("on the bus is every query of the contracts, and no other", () => {
    const queries = [
      AgreementQueries,
      BookingQueries,
      DeadLetterQueries,
      DeskQueries,
      EmergencyQueries,
      AuditQueries,
      DirectoryQueries,
      DischargeQueries,
      ExplainQueries,
      IndicatorQueries,
      MessageLogQueries,
      ReceiverQueries,
      ReferralQueries,
      WhatIfQueries,
      WorklistQueries,
    ].flatMap((one) => Object.keys(one));
    expect(Object.keys(queryDoors).toSorted()).toEqual(queries.toSorted());
  });
});
