// Holds the bundler against esbuild over files that others wrote:
//
//   node --experimental-vm-modules --no-warnings run.mjs CONFORM [PATTERN]
//
// CONFORM is the bundler's example `conform`; PATTERN, a regular expression,
// chooses paths, for work on a part of the bundler. Both compilers must accept and
// reject the same files, everything accepted must parse again, and what runs
// must give the same exports; else `differences.json` says why not.

import { compileOurs, compileTheirs } from "./compile.mjs";
import { corpus } from "./corpus.mjs";
import { compareCases } from "./cases.mjs";
import { Differences } from "./differences.mjs";
import { kindOf, moduleError, scriptError } from "./engine.mjs";
import { execute } from "./execute.mjs";

const [program, pattern] = process.argv.slice(2);
if (program === undefined) {
  console.error("usage: node --experimental-vm-modules run.mjs CONFORM [PATTERN]");
  process.exit(2);
}

// What modules leave behind when they are tried out is theirs.
process.on("unhandledRejection", () => {});

const files = corpus().filter((file) => pattern === undefined || new RegExp(pattern).test(file.path));
const [ours, theirs] = await Promise.all([compileOurs(program, files), compileTheirs(files, "esm")]);
const differences = new Differences();

const counts = { bothAccept: 0, bothReject: 0, oursAccepts: 0, oursRejects: 0, bothInvalid: 0 };
const parsing = [];
for (const [index, file] of files.entries()) {
  compareVerdicts(file, ours[index], theirs[index]);
  if (ours[index].error === null) checkParses(file, ours[index], theirs[index]);
}
const executed = execute(await runnable());
for (const finding of executed.findings) differences.add(finding);
const written = await compareCases(program);
for (const finding of written.findings) differences.add(finding);
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
  if (message === null) parsing.push({ file, code });
  else if (their.error === null && moduleError(their.code) === null) {
    differences.add({ kind: "unparsable", path: file.path, message });
  } else if (their.error === null) counts.bothInvalid += 1;
}

/** Sources of packages that both sides turn into something to run; a test262 case does nothing. */
async function runnable() {
  const accepted = parsing.filter(({ file }) => !file.isCase);
  const compiled = await compileTheirs(
    accepted.map(({ file }) => file),
    "cjs",
  );
  return accepted.flatMap(({ file, code }, index) =>
    compiled[index].error === null ? [{ path: file.path, ours: code, theirs: compiled[index].code }] : [],
  );
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
  console.log(`  our output parses  ${parsing.length}`);
  console.log(`  invalid, left to the engine by both  ${counts.bothInvalid}`);
  for (const line of differences.reasons(["unparsable"])) console.log(line);
  console.log(`  run, the same exports and calls   ${executed.ranEqual}`);
  console.log(`  run, both throw the same         ${executed.threwAlike}`);
  console.log(`  run, different                   ${executed.findings.length}`);
  for (const line of differences.reasons(["runs"])) console.log(line);
  console.log(`  cases of our own, the same        ${written.equal}`);
  console.log(`  cases of our own, different       ${written.findings.length}`);
  for (const line of differences.reasons(["cases"])) console.log(line);
  const failures = differences.failures(pattern === undefined);
  for (const line of failures) console.log(`✗ ${line}`);
  console.log(`ℹ pass ${files.length - failures.length}\nℹ fail ${failures.length}`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
