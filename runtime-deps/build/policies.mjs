// @ts-check
/**
 * Every policy of the site, in one place. They end up in headers.json, which
 * the server and static hosts apply: `shell` to /sandbox/shell.html, `subdomain`
 * to the same where each app has an origin of its own, `host` to everything else;
 * `direct` takes its place on pages of the studio that ask language models themselves.
 *
 * Seen in Chromium: with the shell's policies nothing of 135 ways out gets a
 * request, a connection or a name lookup through. `Connection-Allowlist` closes
 * those that content policies leave open (name lookups, preconnects, peer
 * connections).
 */
import { createHash } from "node:crypto";

/** Features that an app's frame never has. */
const DENIED_FEATURES = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "clipboard-read",
  "clipboard-write",
  "compute-pressure",
  "display-capture",
  "encrypted-media",
  "fullscreen",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "keyboard-map",
  "local-fonts",
  "local-network-access",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "picture-in-picture",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "sync-xhr",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];

/** What the studio itself needs of them. */
const HOST_FEATURES = new Set(["clipboard-read", "clipboard-write", "fullscreen"]);

/** What a page needs of them that asks a model on its own machine. */
const DIRECT_FEATURES = new Set([...HOST_FEATURES, "local-network-access"]);

/**
 * Where a page may ask language models itself: any server on the person's own machine, and the
 * providers that the settings offer (`frontend/src/pages/settings/preset.rs`). Not every address: a
 * page that were made to run somebody's code could send what it knows, keys too, only here.
 */
const MODEL_HOSTS = [
  "http://localhost:*",
  "http://127.0.0.1:*",
  "https://openrouter.ai",
  "https://api.openai.com",
  "https://api.anthropic.com",
  "https://generativelanguage.googleapis.com",
  "https://api.deepseek.com",
  "https://api.groq.com",
];

/** A source for `script-src`. @param {string} script @returns {string} */
export function scriptHash(script) {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}

/**
 * Directives that hold in the shell and in the app's frame. Scripts by hash and
 * from blob addresses only: a nonce or `'self'` would let an app import from
 * elsewhere. No Trusted Types: the app inherits them and `dangerouslySetInnerHTML` would break.
 * @param {string[]} scripts hashes
 */
function appDirectives(scripts) {
  return [
    "default-src 'none'",
    `script-src ${scripts.join(" ")} blob:`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "font-src data: blob:",
    "media-src data: blob:",
    "connect-src data: blob:",
    "worker-src blob:",
    "child-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "manifest-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
}

/** Second layer inside the app's frame, should headers be lost. @param {string} boot script hash */
export function framePolicy(boot) {
  return appDirectives([boot]).join("; ");
}

/**
 * @param {string} shell hash of the shell's script
 * @param {string} boot hash of the boot script
 * @returns {Record<string, string>}
 */
function shellHeaders(shell, boot) {
  const policy = [
    "sandbox allow-scripts allow-forms",
    ...appDirectives([shell, boot]),
    "frame-ancestors 'self'",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "Connection-Allowlist": "()",
    "Permissions-Policy": DENIED_FEATURES.map((feature) => `${feature}=()`).join(", "),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
  };
}

/**
 * The same for a shell with an origin of its own, which is no sandbox itself: the browser gives each
 * origin a process. `{studio}` is filled in by the server.
 * @param {string} shell hash of the shell's script
 * @param {string} boot hash of the boot script
 * @returns {Record<string, string>}
 */
function subdomainHeaders(shell, boot) {
  return {
    ...shellHeaders(shell, boot),
    "Content-Security-Policy": [...appDirectives([shell, boot]), "frame-ancestors {studio}"].join("; "),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Origin-Agent-Cluster": "?1",
  };
}

/**
 * `frame-src 'self'` rather than the shell's path: a path needs an origin in
 * front, and the site doesn't know where it will be served. The page frames
 * nothing else, and every other page of the site says `frame-ancestors 'none'`.
 * Inline styles are CodeMirror's.
 * @param {string[]} modelHosts where the page asks language models itself
 * @param {Set<string>} allowed features
 * @returns {Record<string, string>}
 */
function hostHeaders(modelHosts, allowed) {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // The files of an app, which the studio shows and plays.
    "media-src data:",
    "font-src 'self'",
    ["connect-src 'self'", ...modelHosts].join(" "),
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  const features = DENIED_FEATURES.map((feature) => `${feature}=${allowed.has(feature) ? "(self)" : "()"}`);
  return {
    "Content-Security-Policy": policy.join("; "),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": features.join(", "),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}

/**
 * The content of headers.json.
 * @param {string} shell hash of the shell's script
 * @param {string} boot hash of the boot script
 */
export function headers(shell, boot) {
  return {
    shell: shellHeaders(shell, boot),
    subdomain: subdomainHeaders(shell, boot),
    host: hostHeaders([], HOST_FEATURES),
    direct: hostHeaders(MODEL_HOSTS, DIRECT_FEATURES),
  };
}
