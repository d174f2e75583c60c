import { type Vector, vector } from "./vector";

// biome-ignore lint/suspicious/noExplicitAny: names that browsers have and TypeScript doesn't know
declare const window: any, navigator: any, document: any;

/** D10: what would ask the person, or give a device away. To be refused at once, by policy. */
export const PROMPTS: readonly Vector[] = [
  vector("D10", "camera", () => navigator.mediaDevices.getUserMedia({ video: true }), { gesture: true }),
  vector("D10", "microphone", () => navigator.mediaDevices.getUserMedia({ audio: true }), { gesture: true }),
  vector("D10", "screen", () => navigator.mediaDevices.getDisplayMedia({ video: true }), { gesture: true }),
  vector(
    "D10",
    "geolocation",
    () =>
      new Promise((resolve, reject) =>
        navigator.geolocation.getCurrentPosition(resolve, (error: { message: string }) =>
          reject(new Error(error.message)),
        ),
      ),
    { gesture: true },
  ),
  vector("D10", "clipboard-read", async () => `read ${await navigator.clipboard.readText()}`, {
    gesture: true,
  }),
  vector("D10", "clipboard-write", () => navigator.clipboard.writeText("evil").then(() => "written"), {
    gesture: true,
  }),
  vector("D10", "notifications", async () => (await window.Notification.requestPermission()) === "granted", {
    gesture: true,
  }),
  vector("D10", "usb", () => navigator.usb.requestDevice({ filters: [] }), { gesture: true }),
  vector("D10", "serial", () => navigator.serial.requestPort(), { gesture: true }),
  vector("D10", "hid", () => navigator.hid.requestDevice({ filters: [] }), { gesture: true }),
  vector("D10", "bluetooth", () => navigator.bluetooth.requestDevice({ acceptAllDevices: true }), {
    gesture: true,
  }),
  vector("D10", "midi", () => navigator.requestMIDIAccess({ sysex: true }), { gesture: true }),
  vector(
    "D10",
    "fedcm",
    () =>
      navigator.credentials.get({
        identity: { providers: [{ configURL: "https://idp.evil.example/c.json", clientId: "1" }] },
      }),
    { gesture: true },
  ),
  vector(
    "D10",
    "webauthn",
    () =>
      navigator.credentials.create({
        publicKey: {
          challenge: new Uint8Array(16),
          rp: { name: "x" },
          user: { id: new Uint8Array(4), name: "x", displayName: "x" },
          pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        },
      }),
    { gesture: true },
  ),
  vector(
    "D10",
    "payment",
    () =>
      new window.PaymentRequest([{ supportedMethods: "https://pay.evil.example/" }], {
        total: { label: "x", amount: { currency: "EUR", value: "1" } },
      }).show(),
    { gesture: true },
  ),
  vector("D10", "fullscreen", () => document.body.requestFullscreen().then(() => "full"), { gesture: true }),
  vector("D10", "pointer-lock", () => document.body.requestPointerLock().then(() => "locked"), {
    gesture: true,
  }),
  vector("D10", "wake-lock", () => navigator.wakeLock.request("screen"), { gesture: true }),
  vector("D10", "storage-access", () => document.requestStorageAccess().then(() => "granted"), {
    gesture: true,
  }),
  vector("D10", "file-picker", () => window.showOpenFilePicker(), { gesture: true }),
  vector("D10", "idle-detection", async () => (await window.IdleDetector.requestPermission()) === "granted", {
    gesture: true,
  }),
  vector("D10", "window-management", () => window.getScreenDetails(), { gesture: true }),
  vector("D10", "local-fonts", async () => `${(await window.queryLocalFonts()).length} fonts`, {
    gesture: true,
  }),
  vector("D10", "eye-dropper", () => new window.EyeDropper().open(), { gesture: true }),
];
