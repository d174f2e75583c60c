// Holds the bundler against esbuild over files that others wrote:
//
//   node --experimental-vm-modules --no-warnings run.mjs CONFORM
//
// CONFORM is the bundler's example `conform`. Both compilers must accept and
// reject the same files, everything accepted must parse again, and what runs
// must give the same exports; else `differences.json` says why not.

import { compileOurs, compileTheirs } from "./compile.mjs";
import { corpus } from "./corpus.mjs";
import { Differences } from "./differences.mjs";
import { kindOf, moduleError, scriptError } from "./engine.mjs";

const [program] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node --experimental-vm-modules run.mjs CONFORM");
  process.exit(2);
}

const files = corpus();
const [ours, theirs] = await Promise.all([compileOurs(program, files), compileTheirs(files, "esm")]);
const differences = new Differences();

const counts = { bothAccept: 0, bothReject: 0, oursAccepts: 0, oursRejects: 0, parse: 0, bothInvalid: 0 };
for (const [index, file] of files.entries()) {
  compareVerdicts(file, ours[index], theirs[index]);
  if (ours[index].error === null) checkParses(file, ours[index], theirs[index]);
}
report();

function compareVerdicts(file, { error }, { error: theirError }) {
  if (error === null && theirError === null) counts.bothAccept += 1;
  else if (error === null) {
    counts.oursAccepts += 1;
    differences.add({
      kind: "accepts",
      path: file.path,
      engine: kindOf(file),
      theirs: theirError.message,
      line: theirError.line,
    });
  } else if (theirError === null || error.code === "panic") {
    counts.oursRejects += 1;
    differences.add({ kind: "rejects", path: file.path, engine: kindOf(file), ...error });
  } else counts.bothReject += 1;
}

/** esbuild leaves some errors to the engine, and so do we: then neither output parses. */
function checkParses(file, { code }, their) {
  const message = scriptError(code);
  if (message === null) counts.parse += 1;
  else if (their.error === null && moduleError(their.code) === null) {
    differences.add({ kind: "unparsable", path: file.path, message });
  } else if (their.error === null) counts.bothInvalid += 1;
}

function report() {
  const cases = files.filter((file) => file.isCase).length;
  const byLoader = ["ts", "tsx", "jsx"].map(
    (loader) => `${files.filter((file) => !file.isCase && file.loader === loader).length} ${loader}`,
  );
  console.log(`${files.length} files: ${byLoader.join(", ")}, ${cases} cases of test262`);
  console.log(`  both accept        ${counts.bothAccept}`);
  console.log(`  both reject        ${counts.bothReject}`);
  console.log(`  only ours accepts  ${counts.oursAccepts}`);
  for (const line of differences.reasons(["accepts"])) console.log(line);
  console.log(`  only ours rejects  ${counts.oursRejects}`);
  for (const line of differences.reasons(["rejects"])) console.log(line);
  console.log(`  our output parses  ${counts.parse}`);
  console.log(`  invalid, left to the engine by both  ${counts.bothInvalid}`);
  for (const line of differences.reasons(["unparsable"])) console.log(line);
  const failures = differences.failures();
  for (const line of failures) console.log(`✗ ${line}`);
  console.log(`ℹ pass ${files.length - failures.length}\nℹ fail ${failures.length}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
