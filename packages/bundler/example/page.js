// Sends the text to the worker at every change and shows what comes back.

const source = /** @type {HTMLTextAreaElement} */ (document.querySelector("#source"));
const status = /** @type {HTMLOutputElement} */ (document.querySelector("#status"));
const result = /** @type {HTMLPreElement} */ (document.querySelector("#result"));

const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
worker.onmessage = (/** @type {MessageEvent<{ status: string, result: string }>} */ { data }) => {
  status.textContent = data.status;
  result.textContent = data.result;
};
const send = () => worker.postMessage({ "src/App.tsx": source.value });
source.addEventListener("input", send);
send();
