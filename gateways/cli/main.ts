#!/usr/bin/env node
import { run } from "./program.ts";

/** What still holds the process after its work is done, e.g. a connection that closes slowly, holds it no longer than this. */
const lingerMs = 2_000;

const exitCode = await run(process.argv.slice(2));
process.exitCode ||= exitCode;
setTimeout(() => process.exit(), lingerMs).unref();
