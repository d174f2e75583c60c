/** What came of an attempt: what the attack says it got, the error that refused it, or nothing. */
export interface Outcome {
  label: string;
  /** The attack returned something. */
  worked: boolean;
  detail: string;
}

/** What an attack works with. */
export interface Tools {
  label: string;
  /** Address of the studio, where there is one. */
  studio: string;
  /** A host of the receiver, with the label in its name. */
  host: string;
  /** Addresses of the receiver, with the secret in host name and path. */
  http: string;
  https: string;
  /** The same without a name: nothing to look up. */
  ip: string;
  /** Makes an element with attributes, in the page. */
  // biome-ignore lint/suspicious/noExplicitAny: attacks use whatever the element is
  el(tag: string, attributes?: Record<string, string>, parent?: Element): any;
  /** Adds a style sheet. */
  css(text: string): void;
  sleep(ms: number): Promise<void>;
  /** Waits for a window message with the label in it; empty when there is none. */
  message(): Promise<string>;
  /** Runs text in a blob worker; what it posts first is the answer. */
  worker(code: string): Promise<string>;
  /** Runs text in a frame in whose document the script stands in this form. */
  nested(form: "inline" | "blob" | "module", code: string): Promise<string>;
}

/** How long an attack may take, in milliseconds. */
export const PATIENCE_MS = 1_200;

/**
 * Runs one attack, a function as text, from a blob script: the way that is open
 * to an app whatever the bundler refuses. It stands in the app and in the
 * control as text, so it uses nothing from outside.
 */
export async function attempt(
  label: string,
  code: string,
  studio: string,
  patienceMs: number,
): Promise<Outcome> {
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const blob = (text: string, type = "text/javascript") => URL.createObjectURL(new Blob([text], { type }));
  const el = (tag: string, attributes: Record<string, string> = {}, parent: Element = document.body) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    parent.append(element);
    return element;
  };
  const host = `${label}.evil.example`;
  const message = () =>
    new Promise<string>((resolve) => {
      setTimeout(resolve, 800, "");
      window.addEventListener("message", ({ data }) => {
        if (typeof data === "string" && data.includes(label)) resolve(data);
      });
    });
  const tools: Tools = {
    label,
    studio,
    host,
    http: `http://${host}/secret-${label}`,
    https: `https://${host}/secret-${label}`,
    ip: `http://203.0.113.7/secret-${label}`,
    el,
    css: (text) => {
      el("style").textContent = text;
    },
    sleep,
    message,
    worker: (text) =>
      new Promise((resolve, reject) => {
        // Put together, since the bundler refuses the plain form.
        const make: typeof Worker = Reflect.get(window, ["Work", "er"].join(""));
        const worker = new make(blob(text));
        worker.onmessage = (event) => resolve(String(event.data));
        worker.onerror = (event) => reject(new Error(event.message || "the worker didn't start"));
      }),
    nested: (form, text) => {
      const script =
        form === "inline"
          ? `<script>${text}</script>`
          : `<script ${form === "module" ? 'type="module"' : ""} src="${blob(text)}"></script>`;
      el("iframe", { srcdoc: `<body>${script}` });
      return message();
    },
  };
  const named = globalThis as unknown as Record<string, (tools: Tools) => unknown>;
  const name = `attack ${label}`;
  try {
    const script = document.createElement("script");
    script.src = blob(`globalThis[${JSON.stringify(name)}] = ${code}`);
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error("the script didn't load"));
      document.head.append(script);
    });
    const late = sleep(patienceMs).then(() => "");
    const got = await Promise.race([Promise.resolve(named[name]?.(tools)), late]);
    const worked = got !== undefined && got !== null && got !== false && got !== "";
    return { label, worked, detail: worked ? String(got).slice(0, 300) : "nothing" };
  } catch (error) {
    const { name: kind = "", message: text = "" } = (error ?? {}) as Partial<Error>;
    return { label, worked: false, detail: `${kind}: ${text}`.slice(0, 300) };
  }
}
