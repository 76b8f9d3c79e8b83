import { z } from "zod";
import { DirectoryFile, ImportDirectory, Organisation } from "../../../contracts/messages/directory.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { callerOf } from "../caller.ts";
import {
  CommandAnswer,
  CommandHeaders,
  commandIdOf,
  envelopeOf,
  sendCommandReply,
} from "../command-response.ts";
import type { HttpOptions, HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { queryText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";

/** What a caller needs to know to write to an organisation. */
const ListedOrganisation = Organisation.pick({
  gln: true,
  name: true,
  kind: true,
  partOf: true,
  department: true,
  phone: true,
  specialities: true,
  offers: true,
  openingHours: true,
  closingDays: true,
});
const DirectoryAnswer = z
  .object({ organisations: z.array(ListedOrganisation) })
  .meta({ id: "DirectoryAnswer" });
const DirectoryQuery = z.object({
  speciality: z.string().optional().describe("Only those that advise in it today."),
});

type Period = { validFrom: string; validTo?: string | undefined };
const isValid = (today: string, { validFrom, validTo }: Period): boolean =>
  validFrom <= today && (validTo === undefined || today <= validTo);

/** `yyyy-mm-dd` in Denmark, which is another day than in UTC for an hour or two each night. */
const danishDay = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" });

const listed = (organisation: Organisation, today: string): z.infer<typeof ListedOrganisation> => {
  const { gln, name, kind, partOf, department, phone } = organisation;
  const { specialities, openingHours, closingDays } = organisation;
  const offers = organisation.offers.filter((offer) => isValid(today, offer));
  return { gln, name, kind, partOf, department, phone, specialities, offers, openingHours, closingDays };
};

const listDirectory =
  (ports: HttpPorts): Route["handle"] =>
  (request, reply) => {
    const today = danishDay.format(new Date(ports.now()));
    const speciality = queryText(request, "speciality");
    const organisations = ports
      .organisations()
      .filter((organisation) => isValid(today, organisation))
      .map((organisation) => listed(organisation, today))
      .filter((o) => speciality === undefined || o.offers.some((offer) => offer.speciality === speciality));
    return reply.send({ organisations });
  };

const importDirectory =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const { gln } = callerOf(request);
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = ImportDirectory.safeParse({ file: request.body });
    const id = commandIdOf(request, gln, ports.newId());
    if (!parsed.success || typeof id === "object") {
      const inBody = parsed.success ? [] : problemsOf(parsed.error);
      const problems = [...inBody, ...(typeof id === "object" ? [id] : [])];
      return sendProblem(request, reply, { code: "message-invalid", asked: "command", problems });
    }
    const order = { id, type: "directory.import", sender: "operator", payload: parsed.data };
    const outcome = await ports.command(envelopeOf(ports, request, order));
    return sendCommandReply(request, reply, { outcome, opens: "nothing" });
  };

const exportDirectory =
  (ports: HttpPorts): Route["handle"] =>
  (_request, reply) => {
    const organisations = [...ports.organisations()];
    return reply.send({ format: "sektorbro-directory", version: 1, organisations } satisfies DirectoryFile);
  };

const listDirectoryDescription: RouteDescription = {
  id: "listDirectory",
  tag: "directory",
  summary: "Who can be written to, and what they offer / Vejviseren",
  query: DirectoryQuery,
  answers: { 200: { text: "The organisations that are valid today.", schema: DirectoryAnswer } },
  problems: [503],
};

const importDirectoryDescription: RouteDescription = {
  id: "importDirectory",
  tag: "operation",
  summary: "Replace the directory by a file / Indlæs vejviseren",
  headers: CommandHeaders,
  body: { types: ["application/json"], schema: DirectoryFile },
  answers: { 200: { text: "On disk.", schema: CommandAnswer } },
  problems: [400, 403, 409, 413, 415, 422, 503],
};

const exportDirectoryDescription: RouteDescription = {
  id: "exportDirectory",
  tag: "operation",
  summary: "The whole directory, as it can be imported / Udskriv vejviseren",
  answers: { 200: { text: "The file.", schema: DirectoryFile } },
  problems: [403, 503],
};

export const directoryRoutes = (ports: HttpPorts, options: HttpOptions): Route[] => [
  {
    method: "GET",
    path: "/v1/directory",
    access: "caller",
    reads: "json",
    describe: listDirectoryDescription,
    handle: listDirectory(ports),
  },
  {
    method: "POST",
    path: "/v1/directory/import",
    access: "operator",
    reads: "json",
    maxBytes: options.maxDocumentBytes,
    describe: importDirectoryDescription,
    handle: importDirectory(ports),
  },
  {
    method: "GET",
    path: "/v1/directory/export",
    access: "operator",
    reads: "json",
    describe: exportDirectoryDescription,
    handle: exportDirectory(ports),
  },
];
