// @ts-check
/**
 * What the bundler's classes call. How classes as a whole behave is compared with esbuild in
 * bundler-wasm/conformance; here is what these objects promise by themselves.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { StandardDecorators, LegacyDecorators } = await load("src/frame/decorators.ts");

test("the methods that stand for decorators are gone when the class is there", () => {
  const d = new StandardDecorators();
  class A {
    static {
      d.apply(A);
    }
    [d.add("method", "m", [])]() {}
    m() {}
    [d.add("static method", "s", [])]() {}
    static s() {}
  }
  assert.deepEqual(Reflect.ownKeys(A.prototype), ["constructor", "m"]);
  assert.deepEqual(
    Reflect.ownKeys(A).filter((key) => typeof key === "symbol"),
    [Symbol.for("Symbol.metadata")],
  );
});

test("static elements come first, fields last, the last decorator of each first", () => {
  /** @type {string[]} */
  const calls = [];
  const note = (/** @type {string} */ label) => () => void calls.push(label);
  const d = new StandardDecorators([note("class 1"), note("class 2")]);
  d.add("field", "f", [note("field")]);
  d.add("static field", "sf", [note("static field")]);
  d.add("method", "m", [note("method 1"), note("method 2")]);
  d.add("static method", "s", [note("static method")]);
  d.apply(
    class {
      static s() {}
      m() {}
    },
    "A",
  );
  assert.deepEqual(calls, [
    "static method",
    "method 2",
    "method 1",
    "static field",
    "field",
    "class 2",
    "class 1",
  ]);
});

test("decorators of private members get what reaches them", () => {
  /** @type {any} */
  let seen;
  const d = new StandardDecorators();
  d.add("private field", "#secret", [
    (/** @type {any} */ _, /** @type {any} */ context) => {
      seen = context;
    },
  ]);
  class A {
    #secret = 1;
    static {
      const set = (/** @type {A} */ o, /** @type {number} */ v) => {
        o.#secret = v;
      };
      d.apply(A, "A", [
        { has: (/** @type {any} */ o) => #secret in o, get: (/** @type {A} */ o) => o.#secret, set },
      ]);
    }
  }
  const a = new A();
  assert.deepEqual([seen.name, seen.private, seen.static, seen.kind], ["#secret", true, false, "field"]);
  assert.deepEqual([seen.access.has(a), seen.access.has({}), seen.access.get(a)], [true, false, 1]);
  seen.access.set(a, 2);
  assert.equal(seen.access.get(a), 2);
});

test("what a decorator returns is checked", () => {
  const apply = (/** @type {string} */ words, /** @type {unknown} */ returned) => {
    const d = new StandardDecorators();
    d.add(words, "m", [() => returned]);
    d.apply(
      class {
        m() {}
      },
    );
  };
  for (const [words, returned] of [
    ["method", {}],
    ["field", null],
    ["accessor", () => {}],
    ["accessor", { init: 1 }],
  ]) {
    assert.throws(() => apply(String(words), returned), TypeError);
  }
  assert.doesNotThrow(() => apply("method", undefined));
});

test("metadata of a class that extends has its parent's as prototype", () => {
  const key = Symbol.for("Symbol.metadata");
  const mark = (/** @type {any} */ _, /** @type {any} */ context) => {
    context.metadata[context.name] = true;
  };
  class A {}
  new StandardDecorators([mark]).apply(A, "A");
  class B extends A {}
  new StandardDecorators([mark]).apply(B, "B");
  const metadata = /** @type {any} */ (B)[key];
  assert.deepEqual([Object.keys(metadata), metadata.A], [["B"], true]);
});

test("the older kind: members of objects, then static ones, then the class with its parameters", () => {
  /** @type {unknown[]} */
  const calls = [];
  const note =
    (/** @type {string} */ label) =>
    (/** @type {unknown[]} */ ...given) => {
      calls.push([label, ...given.slice(1).map((each) => (typeof each === "object" ? "descriptor" : each))]);
    };
  const d = new LegacyDecorators(() => [note("class")]);
  d.add("constructor", undefined, () => [d.param(0, note("parameter"))]);
  d.add("static method", "s", () => [note("static")]);
  d.add("method", "m", () => [note("method"), d.param(1, note("of a method"))]);
  d.add("field", "f", () => [undefined, note("field")]);
  const replacement = class {};
  const made = class {
    static s() {}
    m() {}
  };
  assert.equal(d.apply(made), made);
  assert.deepEqual(calls, [
    ["of a method", "m", 1],
    ["method", "m", "descriptor"],
    ["field", "f", undefined],
    ["static", "s", "descriptor"],
    ["parameter", undefined, 0],
    ["class"],
  ]);
  assert.equal(new LegacyDecorators(() => [() => replacement]).apply(made), replacement);
});
