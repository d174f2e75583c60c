// proves: clsx, classnames, tailwind-merge
import type { Proof } from "./harness/harness";
import classNames from "classnames";
import clsx from "clsx";
import { twMerge } from "tailwind-merge";

export default function App() {
  return (
    <p
      className={twMerge(
        clsx("p-2 text-sm", { "p-4": true, hidden: false }),
        classNames(["font-bold", null]),
      )}
    >
      x
    </p>
  );
}

export function prove(t: Proof) {
  t.equal(t.find("p").className, "text-sm p-4 font-bold");
  t.equal(classNames("a", { b: 1, c: 0 }, ["d"]), "a b d");
  t.equal(
    twMerge("px-2 py-1 bg-red-500 hover:bg-red-700", "p-3 bg-[#B91C1C]"),
    "hover:bg-red-700 p-3 bg-[#B91C1C]",
  );
}
