// proves: markdown-to-jsx, react-markdown, remark-gfm
import type { Proof } from "./harness/harness";
import MarkdownToJsx from "markdown-to-jsx";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";

const TEXT = `# Shopping

| item | count |
|------|-------|
| pear | 4     |

- [x] milk
- ~~tea~~ [site](https://example.org)

<script>window.hacked = true</script>
`;

export default function App() {
  return (
    <main>
      <section>
        <Markdown remarkPlugins={[remarkGfm]} components={{ h1: (props) => <h2 {...props} /> }}>
          {TEXT}
        </Markdown>
      </section>
      <article>
        <MarkdownToJsx options={{ overrides: { h1: { component: "h3" } } }}>{TEXT}</MarkdownToJsx>
      </article>
    </main>
  );
}

export function prove(t: Proof) {
  t.equal(t.text("section h2"), "Shopping");
  t.equal(t.text("article h3"), "Shopping");
  for (const part of ["section", "article"]) {
    t.equal(
      t.all(`${part} td`).map((cell) => cell.innerText),
      ["pear", "4"],
    );
    t.equal(t.find<HTMLInputElement>(`${part} input[type=checkbox]`).checked, true);
    t.equal(t.find<HTMLAnchorElement>(`${part} a`).href, "https://example.org/");
    t.equal(t.find(`${part} del`).innerText, "tea");
  }
  t.equal("hacked" in window, false, "scripts in the text run");
}
