// @ts-check
/**
 * For every approved package: a use of it whose result shows that it works.
 * No document is needed; what needs one is shown in dependencies.test.mjs in
 * Chromium.
 */
import assert from "node:assert/strict";

/** A component: a function, or what forwardRef and memo return. @param {any} value */
function assertComponent(value) {
  assert.ok(
    typeof value === "function" || typeof value?.$$typeof === "symbol",
    `no component: ${String(value)}`,
  );
}

/** @type {Record<string, (namespace: any) => void>} */
export const PROOFS = {
  react: (react) => {
    assert.equal(typeof react.useState, "function");
    assert.equal(react.default.useState, react.useState);
    assert.equal(react.createElement("p", { id: "x" }).props.id, "x");
    assert.equal(typeof react.act, "function", "act exists in the development build only");
  },
  "react-dom": (dom) => {
    assert.equal(typeof dom.createPortal, "function");
    assert.equal(dom.default.createPortal, dom.createPortal);
  },
  "react-dom/client": (client) => {
    assert.equal(typeof client.createRoot, "function");
    assert.equal(client.default.createRoot, client.createRoot);
  },
  "react/jsx-runtime": ({ jsx, jsxs, Fragment }) => {
    assert.equal(jsx("b", { children: "x" }).type, "b");
    assert.equal(typeof jsxs, "function");
    assert.equal(typeof Fragment, "symbol");
  },
  "react/jsx-dev-runtime": ({ jsxDEV }) => {
    assert.equal(jsxDEV("b", { children: "x" }, undefined, false).type, "b");
  },
  "date-fns": ({ format, addDays, parseISO }) => {
    assert.equal(format(addDays(parseISO("2024-02-28"), 2), "EEE d MMM yyyy"), "Fri 1 Mar 2024");
  },
  "date-fns/locale": ({ de, enUS }) => {
    assert.equal(de.localize.month(2), "März");
    assert.equal(enUS.code, "en-US");
  },
  clsx: ({ clsx, default: standard }) => {
    assert.equal(clsx("a", { b: true, c: false }), "a b");
    assert.equal(standard, clsx);
  },
  "tailwind-merge": ({ twMerge }) => assert.equal(twMerge("p-2 text-sm p-4"), "text-sm p-4"),
  nanoid: ({ nanoid }) => assert.match(nanoid(), /^[\w-]{21}$/),
  "lodash-es": (lodash) => {
    assert.deepEqual(
      { ...lodash.groupBy([1, 2, 3], (/** @type {number} */ n) => (n % 2 ? "odd" : "even")).odd },
      {
        0: 1,
        1: 3,
      },
    );
    assert.equal(lodash.default.camelCase("to do"), "toDo");
  },
  "lucide-react": (icons) => {
    for (const name of ["House", "Home", "HomeIcon", "Trash2", "Icon", "LucideProvider"])
      assertComponent(icons[name]);
    assertComponent(icons.icons.House);
  },
  recharts: (charts) => {
    for (const name of ["BarChart", "LineChart", "ResponsiveContainer", "Tooltip"])
      assertComponent(charts[name]);
  },
  "react-hook-form": ({ useForm, Controller }) => {
    assert.equal(typeof useForm, "function");
    assertComponent(Controller);
  },
  "@hookform/resolvers/zod": ({ zodResolver }) => assert.equal(typeof zodResolver, "function"),
  zod: ({ z, default: standard }) => {
    assert.equal(z.object({ n: z.coerce.number() }).parse({ n: "4" }).n, 4);
    assert.equal(z.string().safeParse(1).success, false);
    assert.equal(standard, z);
  },
  "framer-motion": ({ motion, AnimatePresence, useSpring }) => {
    assertComponent(motion.div);
    assertComponent(AnimatePresence);
    assert.equal(typeof useSpring, "function");
  },
  zustand: ({ create, createStore }) => {
    assert.equal(typeof create(() => ({})), "function");
    assert.equal(createStore(() => ({ n: 1 })).getState().n, 1);
  },
  "zustand/middleware": ({ persist, createJSONStorage }) => {
    assert.equal(typeof persist, "function");
    assert.equal(typeof createJSONStorage, "function");
  },
  "zustand/react/shallow": ({ useShallow }) => assert.equal(typeof useShallow, "function"),
  "zustand/shallow": ({ shallow }) => assert.equal(shallow({ a: 1 }, { a: 1 }), true),
  "@dnd-kit/core": ({ DndContext, useDraggable }) => {
    assertComponent(DndContext);
    assert.equal(typeof useDraggable, "function");
  },
  "@dnd-kit/sortable": ({ arrayMove }) =>
    assert.deepEqual([...arrayMove(["a", "b", "c"], 0, 2)], ["b", "c", "a"]),
  "@dnd-kit/utilities": ({ CSS }) => {
    assert.equal(CSS.Translate.toString({ x: 1, y: 2, scaleX: 1, scaleY: 1 }), "translate3d(1px, 2px, 0)");
  },
  "class-variance-authority": ({ cva }) => {
    const button = cva("b", {
      variants: { size: { small: "s", large: "l" } },
      defaultVariants: { size: "small" },
    });
    assert.equal(button({ size: "large" }), "b l");
  },
  sonner: ({ Toaster, toast }) => {
    assertComponent(Toaster);
    assert.equal(typeof toast.success, "function");
  },
};
