// @ts-check
/** Renders one app that uses packages of every kind that need a document, in Chromium. */
import { chromium } from "playwright-core";
import { definedName, installFrame } from "./fake-frame.mjs";

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"].concat([
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]);

/**
 * @param {import("./fake-frame.mjs").Loadable} dependencies
 * @param {string[]} specifiers packages that the app uses
 * @returns {Promise<{ text: string, icons: number, bars: number, problems: string[] }>} what the page showed
 */
export async function renderInChromium({ manifest, files }, specifiers) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ARGUMENTS,
  });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.setContent('<!doctype html><div id="root"></div>');
    await page.evaluate(`(${installFrame})()`);
    const entries = specifiers.map((specifier) => manifest.packages[specifier]?.file ?? "");
    const needed = new Set(entries.flatMap((file) => [...(manifest.files[file]?.imports ?? []), file]));
    for (const file of needed) await page.addScriptTag({ content: files.get(file)?.toString() ?? "" });
    await page.evaluate(
      `for (const file of ${JSON.stringify(entries.map((file) => definedName(files.get(file))))}) __cumulet.run(file)`,
    );
    await page.evaluate(`(${app})(AppDependencies)`);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Too short").waitFor();
    await page.getByText("Saved as a toast").waitFor();
    await page.locator(".recharts-bar-rectangle path").first().waitFor();
    return {
      text: await page.locator("#root").innerText(),
      icons: await page.locator("svg.lucide-house").count(),
      bars: await page.locator(".recharts-bar-rectangle path").count(),
      problems,
    };
  } finally {
    await browser.close();
  }
}

/** Runs in the page; sees nothing from outside. @param {any} packages `AppDependencies` */
function app({ core, icons, charts, forms, animations, state, dnd, misc }) {
  const { createElement: h, StrictMode } = core.react;
  const useStore = state.zustand.create(() => ({ name: "shared store" }));
  const schema = forms.zod.z.object({ title: forms.zod.z.string().min(3, "Too short") });

  function Form() {
    const { register, handleSubmit, formState } = forms["react-hook-form"].useForm({
      resolver: forms["@hookform/resolvers/zod"].zodResolver(schema),
      defaultValues: { title: "" },
    });
    const { toast } = misc.sonner;
    return h(
      "form",
      {
        onSubmit: handleSubmit(
          () => {},
          () => toast("Saved as a toast"),
        ),
      },
      h("input", register("title")),
      h("p", null, formState.errors.title?.message),
      h("button", null, "Send"),
    );
  }

  function Item() {
    const { setNodeRef, transform } = dnd["@dnd-kit/sortable"].useSortable({ id: "one" });
    return h(
      "p",
      { ref: setNodeRef, style: { transform: dnd["@dnd-kit/utilities"].CSS.Transform.toString(transform) } },
      "sortable item",
    );
  }

  function App() {
    const name = useStore(
      state["zustand/react/shallow"].useShallow((/** @type {any} */ store) => store.name),
    );
    const { BarChart, Bar, XAxis } = charts.recharts;
    const data = [
      { day: "Mon", count: 2 },
      { day: "Tue", count: 3 },
    ];
    const { motion } = animations["framer-motion"];
    return h(
      "main",
      null,
      h("p", null, name),
      h(icons["lucide-react"].House),
      h(motion.p, { initial: { opacity: 0 }, animate: { opacity: 1 } }, "moving text"),
      h(
        BarChart,
        { width: 300, height: 200, data },
        h(XAxis, { dataKey: "day" }),
        h(Bar, { dataKey: "count", isAnimationActive: false }),
      ),
      h(
        dnd["@dnd-kit/core"].DndContext,
        null,
        h(dnd["@dnd-kit/sortable"].SortableContext, { items: ["one"] }, h(Item)),
      ),
      h(Form),
      h(misc.sonner.Toaster),
    );
  }
  core["react-dom/client"].createRoot(document.querySelector("#root")).render(h(StrictMode, null, h(App)));
}
