// proves: wouter, wouter/use-hash-location, wouter/use-browser-location, wouter/memory-location
// sandbox: The address is the app's own: the preview keeps it and shows it in its bar. An app starts at "/".
import type { Proof } from "./harness/harness";
import { Link, Route, Router, Switch, useLocation, useParams } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { navigate, useBrowserLocation } from "wouter/use-browser-location";
import { useHashLocation } from "wouter/use-hash-location";

function Person() {
  return <p id="page">Person {useParams().id}</p>;
}

function Where() {
  const [location, go] = useLocation();
  return <button onClick={() => go("/people/2")}>{location}</button>;
}

const memory = memoryLocation({ path: "/start" });

export default function App() {
  return (
    <main>
      <Router hook={useHashLocation}>
        <Where />
        <Link href="/people/1">One</Link>
        <Switch>
          <Route path="/people/:id" component={Person} />
          <Route>
            <p id="page">Home</p>
          </Route>
        </Switch>
      </Router>
      <b>{useBrowserLocation()[0]}</b>
      <Router hook={memory.hook}>
        <Route path="/start">
          <i>memory</i>
        </Route>
      </Router>
    </main>
  );
}

export async function prove(t: Proof) {
  await t.shows("#page", "Home");
  t.equal(t.text("i"), "memory");
  await t.press("text=One");
  await t.shows("#page", "Person 1");
  t.equal(location.hash, "#/people/1");
  await t.press("button");
  await t.shows("#page", "Person 2");
  memory.navigate("/elsewhere");
  await t.gone("i");
  await t.shows("b", "/");
  navigate("/somewhere?a=1");
  await t.shows("b", "/somewhere");
  t.equal(location.search, "?a=1", "the query");
}
