// proves: swr, swr/mutation, swr/infinite, swr/immutable
// expects: Blocked: https://example.org
// sandbox: Fetchers that ask the web fail (an app has no network), which useSWR tells as its error. Those that read the app's own data work, with cache, deduplication and mutation.
import type { Proof } from "./harness/harness";
import { useState } from "react";
import useSWR, { SWRConfig } from "swr";
import useSWRImmutable from "swr/immutable";
import useSWRInfinite from "swr/infinite";
import useSWRMutation from "swr/mutation";

const todos = ["write", "test"];
let calls = 0;
const load = async () => {
  calls++;
  return [...todos];
};

function Todos() {
  const { data, isLoading } = useSWR("/todos", load);
  const { data: again } = useSWRImmutable("/todos", load);
  const { trigger } = useSWRMutation("/todos", async (_key, { arg }: { arg: string }) => todos.push(arg));
  const pages = useSWRInfinite(
    (page) => `/page/${page}`,
    async (key: string) => key,
  );
  const web = useSWR("https://example.org/data.json", (url: string) =>
    fetch(url).then((answer) => answer.json()),
  );
  const [shown, setShown] = useState(false);
  return (
    <main>
      <button onClick={() => trigger("ship")}>Add</button>
      <button onClick={() => pages.setSize(2)}>More</button>
      <button onClick={() => setShown(true)}>Show</button>
      <p id="list">{isLoading ? "loading" : data?.join()}</p>
      <p id="again">{again?.length}</p>
      <p id="pages">{pages.data?.join()}</p>
      <p id="web">{shown && String(web.error)}</p>
    </main>
  );
}

export default function App() {
  return (
    <SWRConfig value={{ shouldRetryOnError: false }}>
      <Todos />
    </SWRConfig>
  );
}

export async function prove(t: Proof) {
  await t.shows("#list", "write,test");
  t.equal(calls, 1, "two users of a key, one call");
  await t.press("text=Add");
  await t.shows("#list", "write,test,ship");
  await t.press("text=More");
  await t.shows("#pages", "/page/0,/page/1");
  await t.press("text=Show");
  await t.shows("#web", "TypeError: Failed to fetch");
}
