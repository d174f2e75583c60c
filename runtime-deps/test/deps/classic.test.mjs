// @ts-check
/** Conversion of ES modules to classic scripts: names, circles, live exports. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import vm from "node:vm";
import { classicScripts } from "../../build/classic.mjs";
import { installFrame } from "./fake-frame.mjs";

/** @param {string} id @param {string} code @param {string[]} [imports] @param {string} [specifier] */
function module(id, code, imports = [], specifier) {
  const provides = specifier === undefined ? undefined : { category: "utils", specifier };
  return { id, stem: id.replace(".js", ""), code, imports, provides };
}

describe("classic scripts", () => {
  const below = module("chunk-B.js", "export let n = 1; export const up = () => { n += 1 };");
  const above = (text = "") =>
    module("a.js", `export { n, up } from "./chunk-B.js"; export default "d${text}";`, ["chunk-B.js"], "a");

  it("are named by content, and a change below renames what is above", async () => {
    const file = async (/** @type {import("../../build/classic.mjs").Module[]} */ modules) =>
      (await classicScripts(modules)).get("a.js")?.file;
    const first = await file([above(), below]);
    assert.match(first ?? "", /^a-[0-9a-f]{12}\.js$/);
    assert.equal(await file([below, above()]), first);
    assert.notEqual(await file([above("x"), below]), first);
    assert.notEqual(await file([above(), { ...below, code: below.code.replace("= 1", "= 2") }]), first);
  });

  it("go by the names of another build, and are its files where nothing differs", async () => {
    const others = await classicScripts([above(), below]);
    const changed = { ...below, id: "chunk-C.js", code: below.code.replace("= 1", "= 2") };
    const renamed = {
      ...above(),
      code: above().code.replace("chunk-B", "chunk-C"),
      imports: ["chunk-C.js"],
      stem: "a",
    };
    const counterparts = new Map();
    for (const [id, other] of [
      ["a.js", "a.js"],
      ["chunk-C.js", "chunk-B.js"],
    ]) {
      counterparts.set(id, others.get(other ?? ""));
    }
    const scripts = await classicScripts([renamed, changed], counterparts);
    assert.equal(scripts.get("a.js")?.file, others.get("a.js")?.file);
    assert.equal(scripts.get("a.js")?.code, others.get("a.js")?.code);
    const [below1, below2] = [others.get("chunk-B.js"), scripts.get("chunk-C.js")];
    assert.equal(below2?.name, below1?.name);
    assert.notEqual(below2?.file, below1?.file);
    assert.deepEqual(scripts.get("a.js")?.imports, [below2?.file]);
    const context = vm.createContext({});
    vm.runInContext(`(${installFrame})()`, context);
    for (const { code } of scripts.values()) vm.runInContext(code, context);
    vm.runInContext(`__cumulet.run(${JSON.stringify(scripts.get("a.js")?.name)})`, context);
    assert.equal(vm.runInContext("AppDependencies.utils.a.n", context), 2);
  });

  it("export live bindings to the package they provide", async () => {
    const scripts = await classicScripts([above(), below]);
    const context = vm.createContext({});
    vm.runInContext(`(${installFrame})()`, context);
    for (const { code } of scripts.values()) vm.runInContext(code, context);
    vm.runInContext(`__cumulet.run(${JSON.stringify(scripts.get("a.js")?.file)})`, context);
    assert.equal(vm.runInContext("let a = AppDependencies.utils.a; a.up(); a.n + a.default", context), "2d");
  });

  it("that require each other are named together and still run", async () => {
    const circle = (text = "") => [
      module(
        "x.js",
        `import { y } from "./y.js"; export const x = "x"; export const both = () => x + y;`,
        ["y.js"],
        "x",
      ),
      module(
        "y.js",
        `import { x } from "./x.js"; export const y = "y${text}"; export const same = () => x;`,
        ["x.js"],
      ),
    ];
    const scripts = await classicScripts(circle());
    const [x, y] = [scripts.get("x.js"), scripts.get("y.js")];
    assert.ok(x && y && x.imports.includes(y.file) && y.imports.includes(x.file));
    const changed = await classicScripts(circle("z"));
    assert.notEqual(changed.get("x.js")?.file, x.file);
    const context = vm.createContext({});
    vm.runInContext(`(${installFrame})()`, context);
    for (const { code } of scripts.values()) vm.runInContext(code, context);
    vm.runInContext(`__cumulet.run(${JSON.stringify(x.file)})`, context);
    assert.equal(vm.runInContext("AppDependencies.utils.x.both()", context), "xy");
  });
});
