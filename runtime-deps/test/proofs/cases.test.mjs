// @ts-check
/** What the runner of the proofs decides by itself; the proofs need a built site and run apart. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { barrelCases, languageCases, sample } from "../../proofs/harness/barrels.mjs";
import { gaps, readCase, readCases, sandboxNotes } from "../../proofs/harness/cases.mjs";
import { holdsReact } from "../../proofs/harness/stage.mjs";

const SOURCE = `// proves: zustand, zustand/middleware
// sandbox: It forgets.
// sandbox: Sometimes.
// expects: a warning
import { create } from "zustand";
// proves: nothing, since the code has begun
`;

describe("proofs", () => {
  it("say in their first lines what they prove", () => {
    const { proves, sandbox, expected } = readCase("zustand", SOURCE);
    assert.deepEqual(proves, ["zustand", "zustand/middleware"]);
    assert.deepEqual(sandbox, ["It forgets.", "Sometimes."]);
    assert.deepEqual(expected, ["a warning"]);
  });

  it("are refused without a package or with a line of another kind", () => {
    assert.throws(() => readCase("x", "import x from 'x';"), /the first line says/);
    assert.throws(() => readCase("x", "// proves: x\n// prooves: y\n"), /not "\/\/ prooves: y"/);
  });

  it("leave no package out and name no unknown one", () => {
    const cases = [readCase("zustand", SOURCE)];
    assert.deepEqual(gaps(["zustand", "jotai"], cases), {
      unproven: ["jotai"],
      unknown: ["zustand/middleware"],
    });
    assert.deepEqual(gaps(["zustand", "zustand/middleware"], cases), { unproven: [], unknown: [] });
  });

  it("give their notes about the sandbox", () => {
    const quiet = readCase("clsx", "// proves: clsx\n");
    assert.deepEqual(sandboxNotes([quiet, readCase("zustand", SOURCE)]), [
      { packages: ["zustand", "zustand/middleware"], note: "It forgets. Sometimes." },
    ]);
  });

  it("are all readable", async () => {
    const cases = await readCases();
    assert.ok(cases.length > 0);
    const all = cases.flatMap(({ proves }) => proves);
    assert.deepEqual(
      all.filter((specifier, at) => all.indexOf(specifier) !== at),
      [],
      "no package is proven twice",
    );
  });
});

describe("samples of large packages", () => {
  it("are the same in every run, without repetition, and differ by seed", () => {
    const names = Array.from({ length: 300 }, (_, at) => `Icon${at}`);
    const chosen = sample(names, 50, 7);
    assert.deepEqual(chosen, sample(names, 50, 7));
    assert.notDeepEqual(chosen, sample(names, 50, 8));
    assert.equal(new Set(chosen).size, 50);
    assert.equal(sample(["a", "b"], 50, 7).length, 2);
  });

  it("import names of the package, and of icon packages only icons", () => {
    const exported = ["House", "HouseIcon", "createLucideIcon", "icons"];
    const [proof, ...others] = barrelCases(
      new Map([
        ["lucide-react", exported],
        ["clsx", ["clsx"]],
      ]),
    );
    assert.equal(others.length, 0);
    assert.deepEqual(proof?.proves, ["lucide-react"]);
    assert.match(proof?.source ?? "", /import \{ House as e0, HouseIcon as e1 \} from "lucide-react";/);
    assert.equal(
      barrelCases(
        new Map([
          ["react-icons/fa6", ["FaReact"]],
          ["react-icons/lib", ["GenIcon"]],
        ]),
      ).length,
      1,
    );
  });

  it("take every language of dayjs that there is", () => {
    const [proof] = languageCases(["dayjs", "dayjs/locale/de", "dayjs/locale/pt-br"]);
    assert.deepEqual(proof?.proves, ["dayjs/locale/de", "dayjs/locale/pt-br"]);
    assert.deepEqual(languageCases(["dayjs"]), []);
  });
});

describe("copies of React", () => {
  it("are told from what only uses React", () => {
    const key = "__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE";
    assert.ok(holdsReact(`exports.${key} = shared;`));
    assert.ok(holdsReact(`e.${key}=s,e.x=1`));
    assert.ok(!holdsReact(`var s=React.${key},t=s;`));
    assert.ok(!holdsReact(`if (React.${key} === other) {}`));
  });
});
