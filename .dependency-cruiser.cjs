// The import table of the house. One rule a line; each comment says what to do instead.
const error = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const ours = "^(contracts|services|gateways|infra|test)/";
module.exports = {
  forbidden: [
    error("no-cycles", "Break the cycle by moving the shared type to the lower layer.", {}, { circular: true }),
    error("contracts-import-nothing-of-ours", "contracts/ is the leaf everyone may read.", { path: "^contracts/" }, { path: ours, pathNot: "^contracts/" }),
    error("contracts-use-zod-only", "A contract has no runtime but Zod.", { path: "^contracts/" }, { dependencyTypes: ["core", "npm"], pathNot: "node_modules/zod/" }),
    error("kernel-imports-contracts-only", "The kernel sees contracts, a time-zone and a holiday package.", { path: "^services/case/" }, { path: ours, pathNot: "^(services/case|contracts)/" }),
    error("kernel-uses-calendar-packages-only", "The kernel takes effects as ports.", { path: "^services/case/" }, { dependencyTypes: ["core", "npm"], pathNot: "node_modules/(luxon|date-holidays|@types/luxon)/" }),
    error("core-imports-contracts-only", "A decision sees its own core, the kernel and the contracts.", { path: "^services/([^/]+)/core/" }, { path: ours, pathNot: "^(services/$1/core|services/case|contracts)/" }),
    error("core-has-no-packages", "A decision needs no package and no Node built-in.", { path: "^services/[^/]+/core/" }, { dependencyTypes: ["core", "npm"] }),
    error("codec-is-pure", "A codec turns bytes into contract values; it opens nothing.", { path: "^gateways/([^/]+/codec|xml|families)/" }, { dependencyTypes: ["core"], path: "^(node:)?(net|tls|http|http2|https|fs|fs/promises|child_process|dns|dgram)$" }),
    error("codec-imports-contracts-only", "A codec knows contracts, not services or adapters.", { path: "^gateways/([^/]+)/codec/" }, { path: ours, pathNot: "^(gateways/$1/codec|gateways/xml|contracts)/" }),
    error("xml-is-every-codecs", "The reading of XML knows contracts and its parser, and no gateway.", { path: "^gateways/xml/" }, { path: ours, pathNot: "^(gateways/xml|contracts)/" }),
    error("xml-is-of-the-gateways", "XML is read at the edge.", { path: "^(contracts|services|infra)/" }, { path: "^gateways/xml/" }),
    error("families-are-every-gateways", "What gateways share of reading for a family knows contracts, and no gateway.", { path: "^gateways/families/" }, { path: ours, pathNot: "^(gateways/families|contracts)/" }),
    error("families-are-of-the-gateways", "What a message means for a family is found at the edge.", { path: "^(contracts|services|infra)/" }, { path: "^gateways/families/" }),
    error("only-main-imports-infra", "Wiring happens in main.ts; everything else takes ports.", { path: "^(services|gateways)/", pathNot: ["/main\\.ts$", "^gateways/cli/"] }, { path: "^infra/" }),
    error("services-are-strangers", "Services talk by message, never by import.", { path: "^services/([^/]+)/" }, { path: "^services/", pathNot: "^services/($1|case)/" }),
    error("gateways-are-strangers", "Gateways talk by message, never by import.", { path: "^gateways/([^/]+)/", pathNot: "^gateways/cli/compose\\.ts$" }, { path: "^gateways/", pathNot: "^gateways/($1|xml|families)/" }),
    error("services-and-gateways-meet-on-the-bus", "Neither imports the other; only the composition root names them all, by their main.ts.", { path: "^(services|gateways)/([^/]+)/", pathNot: "^gateways/cli/compose\\.ts$" }, { path: "^(services|gateways)/", pathNot: ["^$1/$2/", "^services/case/", "^gateways/xml/", "^gateways/families/"] }),
    error("gateways-never-import-the-kernel", "The kernel is the services' own.", { path: "^gateways/" }, { path: "^services/case/" }),
    error("compose-imports-mains-only", "The composition root starts mains; it reaches no further.", { path: "^gateways/cli/compose\\.ts$" }, { path: "^(services|gateways)/", pathNot: ["/main\\.ts$", "^gateways/cli/"] }),
    error("infra-knows-contracts-only", "An adapter serves any service.", { path: "^infra/" }, { path: "^(services|gateways|test)/" }),
    error("production-never-imports-test", "Test code stays in test/.", { pathNot: "^test/" }, { path: "^test/" }),
    error("no-undeclared-packages", "Declare it in package.json.", {}, { dependencyTypes: ["npm-no-pkg", "npm-unknown"] }),
    error("no-dev-packages-in-production", "A devDependency is not shipped.", { path: "^(contracts|services|gateways|infra)/" }, { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "node_modules/@types/" }),
    error("no-unresolved", "This import points nowhere.", {}, { couldNotResolve: true }),
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: "tsconfig.json" }, doNotFollow: { path: "node_modules" }, enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] } },
};
