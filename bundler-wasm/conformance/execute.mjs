// Runs both compilers' outputs and compares what they do.

import { RAN_TOO_LONG, Sandbox } from "./sandbox.mjs";

/**
 * @param {{ path: string, ours: string, theirs: string }[]} modules
 * @returns {{ ranEqual: number, threwAlike: number, findings: object[] }}
 */
export function execute(modules) {
  const result = { ranEqual: 0, threwAlike: 0, findings: [] };
  for (const group of byPackage(modules)) {
    const ids = group.map((module) => module.path);
    const [ours, theirs] = ["ours", "theirs"].map((side) =>
      runAll(new Sandbox(side, new Map(group.map((module) => [module.path, module[side]]))), ids),
    );
    for (const [index, id] of ids.entries()) compare(id, ours[index], theirs[index], result);
  }
  return result;
}

/** Modules that import each other run together. */
function byPackage(modules) {
  const groups = new Map();
  for (const module of modules) {
    const name = module.path
      .split("/")
      .slice(0, module.path.startsWith("@") ? 2 : 1)
      .join("/");
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(module);
  }
  return groups.values();
}

/** Exports are looked at before anything is tried out, which changes them. */
function runAll(sandbox, ids) {
  const runs = ids.map((id) => sandbox.run(id));
  // Of a module that threw, each side has as much as its order of statements gives.
  const exports = ids.map((id, index) => (runs[index].threw ? [] : sandbox.exports(id)));
  const calls = ids.map((id, index) => (runs[index].threw ? [] : sandbox.tryOut(id)));
  return runs.map(({ threw, lines }, index) => ({
    threw,
    lines: [...lines, ...exports[index], ...calls[index]],
  }));
}

function compare(id, ours, theirs, result) {
  const length = Math.max(ours.lines.length, theirs.lines.length);
  for (let index = 0; index < length; index += 1) {
    if (ours.lines[index] === theirs.lines[index]) continue;
    // A busy machine decides which side is stopped; what comes after it depends on that.
    if ([ours, theirs].some(({ lines }) => lines[index]?.endsWith(RAN_TOO_LONG))) break;
    const [message, their] = differingParts(ours.lines[index] ?? "nothing", theirs.lines[index] ?? "nothing");
    result.findings.push({ kind: "runs", path: id, message, theirs: their });
    return;
  }
  if (ours.threw) result.threwAlike += 1;
  else result.ranEqual += 1;
}

/** Where two long texts begin to differ, with a little of what is before. */
function differingParts(ours, theirs) {
  let start = 0;
  while (start < ours.length && ours[start] === theirs[start]) start += 1;
  const from = Math.max(0, start - 60);
  return [ours.slice(from, start + 100), theirs.slice(from, start + 100)];
}
