// Prints what publint and Are The Types Wrong find in the packed package, one fault a line.
import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const data = readFileSync(process.argv[2] ?? "");

const { messages, pkg } = await publint({
  strict: true,
  pack: { tarball: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) },
});
for (const message of messages) console.log(`publint: ${formatMessage(message, pkg)}`);

const { types, problems = [] } = await checkPackage(createPackageFromTarballData(data));
if (types === false) console.log("attw: the package has no types");
// Node 10 knows no doors of a package, and no newer TypeScript resolves as Node 10 did.
for (const problem of problems)
  if (problem.resolutionKind !== "node10") console.log(`attw: ${JSON.stringify(problem)}`);
