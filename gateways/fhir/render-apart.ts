import { programBeside } from "../apart/thread.ts";
import { createRenderer, type Renderer, type RendererOptions } from "../pages/create-renderer.ts";
import { renderMessage, renderUnread } from "./render/render-message.ts";
import type { RenderLimits } from "./render-thread.ts";

const ownProgram = programBeside(import.meta.url, "./render-thread");

/** Makes pages of FHIR messages. `program`: the thread's own program, for tests of what happens when it fails. */
export const createMessageRenderer = (options: RendererOptions<RenderLimits> & { program?: URL }): Renderer =>
  createRenderer(
    { here: renderMessage, tooCostly: renderUnread, program: options.program ?? ownProgram },
    options,
  );
