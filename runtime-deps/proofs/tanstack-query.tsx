// proves: @tanstack/react-query
// expects: Blocked: https://example.org
// sandbox: Queries that ask the web fail (an app has no network), which useQuery tells as its error after its retries. Those that read the app's own data work.
import type { Proof } from "./harness/harness";
import {
  QueryClient,
  QueryClientProvider,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";

const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
const todos = ["write"];

function Todos() {
  const cache = useQueryClient();
  const { data, isPending } = useQuery({ queryKey: ["todos"], queryFn: async () => [...todos] });
  const web = useQuery({
    queryKey: ["web"],
    queryFn: () => fetch("https://example.org").then((answer) => answer.text()),
  });
  const add = useMutation({
    mutationFn: async (title: string) => todos.push(title),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["todos"] }),
  });
  return (
    <main>
      <button onClick={() => add.mutate("test")}>Add</button>
      <p id="list">{isPending ? "loading" : data?.join()}</p>
      <p id="web">{web.error?.message}</p>
    </main>
  );
}

export default function App() {
  return (
    <QueryClientProvider client={client}>
      <Todos />
    </QueryClientProvider>
  );
}

export async function prove(t: Proof) {
  await t.shows("#list", "write");
  await t.press("text=Add");
  await t.shows("#list", "write,test");
  await t.shows("#web", "Failed to fetch");
}
