import { programBeside } from "../apart/thread.ts";
import { createRenderer, type Renderer, type RendererOptions } from "../pages/create-renderer.ts";
import { tooCostly } from "./parse-apart.ts";
import { renderDocument, renderUnread } from "./render/render-document.ts";
import type { RenderLimits } from "./render-thread.ts";

const ownProgram = programBeside(import.meta.url, "./render-thread");

/** Makes pages of OIOXML. `program`: the thread's own program, for tests of what happens when it fails. */
export const createDocumentRenderer = (
  options: RendererOptions<RenderLimits> & { program?: URL },
): Renderer =>
  createRenderer(
    {
      here: renderDocument,
      tooCostly: (language) => renderUnread(tooCostly(), language),
      program: options.program ?? ownProgram,
    },
    options,
  );
