// proves: just-cartesian-product, just-compact, just-flatten-it, just-intersect, just-last, just-order-by, just-partition, just-permutations, just-random, just-range, just-remove, just-shuffle, just-sort-by, just-split, just-split-at, just-union, just-unique, just-zip-it
import type { Proof } from "./harness/harness";
import cartesianProduct from "just-cartesian-product";
import compact from "just-compact";
import flatten from "just-flatten-it";
import intersect from "just-intersect";
import last from "just-last";
import orderBy from "just-order-by";
import partition from "just-partition";
import permutations from "just-permutations";
import random from "just-random";
import range from "just-range";
import remove from "just-remove";
import shuffle from "just-shuffle";
import sortBy from "just-sort-by";
import split from "just-split";
import splitAt from "just-split-at";
import union from "just-union";
import unique from "just-unique";
import zip from "just-zip-it";

const people = [
  { name: "Grace", age: 85 },
  { name: "Ada", age: 36 },
  { name: "Alan", age: 41 },
];

export default function App() {
  const [old, young] = partition(people, ({ age }) => age > 50);
  return <p>{`${old?.length} old, ${young?.length} young, first ${sortBy(people, "name")[0]?.name}`}</p>;
}

export function prove(t: Proof) {
  t.equal(t.text("p"), "1 old, 2 young, first Ada");
  t.equal(
    orderBy(people, [{ property: "age", order: "desc" }]).map(({ age }) => age),
    [85, 41, 36],
  );
  t.equal(cartesianProduct([[1, 2], ["a"]]), [
    [1, "a"],
    [2, "a"],
  ]);
  t.equal([compact([0, 1, "", 2]), flatten([1, [2, [3]]]), last([1, 2])], [[1, 2], [1, 2, 3], 2]);
  t.equal(
    [intersect([1, 2], [2, 3]), union([1, 2], [2, 3]), unique([1, 1, 2]), remove([1, 2], [2])],
    [[2], [1, 2, 3], [1, 2], [1]],
  );
  t.equal(
    [range(3), split([1, 2, 3], 2), splitAt([1, 2, 3], 1)],
    [
      [0, 1, 2],
      [[1, 2], [3]],
      [[1], [2, 3]],
    ],
  );
  t.equal(zip([1, 2], ["a", "b"]), [
    [1, "a"],
    [2, "b"],
  ]);
  t.equal(permutations([1, 2, 3]).length, 6);
  t.equal(shuffle([1, 2, 3]).sort(), [1, 2, 3]);
  t.ok([1, 2, 3].includes(random([1, 2, 3]) as number), "one of them");
}
