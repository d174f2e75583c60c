// proves: just-deep-map-values, just-diff, just-diff-apply, just-entries, just-extend, just-filter-object, just-has, just-index, just-is-empty, just-map-keys, just-map-object, just-map-values, just-merge, just-pluck-it, just-reduce-object, just-safe-get, just-safe-set, just-typeof, just-values
import type { Proof } from "./harness/harness";
import deepMapValues from "just-deep-map-values";
import { diff } from "just-diff";
import { diffApply } from "just-diff-apply";
import entries from "just-entries";
import extend from "just-extend";
import filter from "just-filter-object";
import has from "just-has";
import index from "just-index";
import isEmpty from "just-is-empty";
import mapKeys from "just-map-keys";
import mapObject from "just-map-object";
import mapValues from "just-map-values";
import merge from "just-merge";
import pluck from "just-pluck-it";
import reduce from "just-reduce-object";
import get from "just-safe-get";
import set from "just-safe-set";
import typeOf from "just-typeof";
import values from "just-values";

const people = [
  { id: "a", name: "Ada", city: { name: "London" } },
  { id: "g", name: "Grace", city: { name: "New York" } },
];

export default function App() {
  const byId = index(people, "id");
  return <p>{`${get(byId, "a.city.name")}: ${pluck(people, "name").join()}`}</p>;
}

export function prove(t: Proof) {
  t.equal(t.text("p"), "London: Ada,Grace");
  const before = { count: 1, tags: ["x"] };
  const after = { count: 2, tags: ["x", "y"] };
  diffApply(before, diff(before, after));
  t.equal(before, after);
  const target = { a: { b: 1 } };
  set(target, "a.c", 2);
  t.equal([target, has(target, ["a", "c"]), isEmpty({})], [{ a: { b: 1, c: 2 } }, true, true]);
  t.equal(entries({ a: 1 }), [["a", 1]]);
  t.equal(extend(true, { a: { b: 1 } }, { a: { c: 2 } }), { a: { b: 1, c: 2 } });
  t.equal(merge({ a: 1 }, { b: 2 }), { a: 1, b: 2 });
  const prices = { pear: 1, plum: 2 };
  t.equal(
    filter(prices, (_key: string, price: number) => price > 1),
    { plum: 2 },
  );
  t.equal(
    mapKeys(prices, (_value, key) => String(key).toUpperCase()),
    { PEAR: 1, PLUM: 2 },
  );
  t.equal(
    mapValues(prices, (price: number) => price * 2),
    { pear: 2, plum: 4 },
  );
  t.equal(
    mapObject(prices, (_key: string, price: number) => price + 1),
    { pear: 2, plum: 3 },
  );
  t.equal(
    deepMapValues({ a: { b: 2 } }, (value: number) => value * 10),
    { a: { b: 20 } },
  );
  t.equal(
    reduce(prices, (sum: number, _key: string, price: number) => sum + price, 0),
    3,
  );
  t.equal([values(prices), typeOf(null), typeOf([]), typeOf(/x/)], [[1, 2], "null", "array", "regexp"]);
}
