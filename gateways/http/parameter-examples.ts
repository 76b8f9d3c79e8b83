/**
 * What stands in addresses and headers, as the API description shows it: by the name of the parameter, or by that of the
 * operation too where a name means something else there. The ids are those of the examples of answers.
 */
const examples: Readonly<Record<string, string | number>> = {
  caseId: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90",
  deliveryId: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0",
  intakeId: "01J0000000000000000000000",
  gln: "5790000100019",
  digest: "sha256-3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b",
  for: "5790000200016",
  limit: 50,
  sort: "due",
  cursor: "due_1795703400000_5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90",
  after: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1",
  family: "advice",
  id: "ADVICE-MSG",
  promise: "ADVICE-MSG",
  priority: "high",
  tier: "ct-thorax",
  kind: "specialist",
  status: "asked",
  urgency: "akut",
  from: "2026-11-01",
  to: "2026-11-30",
  overdue: "true",
  show: "all",
  name: "Nordfjord",
  municipality: "0890",
  speciality: "kardiologi",
  offer: "prevention",
  topic: "smoking",
  view: "page",
  q: "rygestop",
  date: "2026-11-23",
  hospital: "5790000210015",
  needAt: "2026-11-23T09:15:00.000Z",
  groupBy: "kind,month",
  practice: "5790000100019",
  "idempotency-key": "7f3c1b9e-42",
  "correlation-id": "forloeb-2026-0001",
  "sektorbro-answer": "vans",
  "listInbox cursor": "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0",
  "whyAgreement from": "5790000100019",
  "whyAgreement to": "5790000200016",
  "listDirectory cursor": "5790000100019",
  "searchSlots from": "2026-11-23T09:15:00.000Z",
  "searchSlots to": "2026-11-24T23:00:00.000Z",
  "referralPatterns from": "2026-01",
  "referralPatterns to": "2026-11",
};

/** `undefined`: nobody has said what it may look like, which a test tells. */
export const parameterExample = (operationId: string, name: string): string | number | undefined =>
  examples[`${operationId} ${name}`] ?? examples[name];

/** Every entry, for the test that none is left over. */
export const parameterExampleNames: readonly string[] = Object.keys(examples);
