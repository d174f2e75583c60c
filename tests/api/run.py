"""Feeds every operation of the API's document with what schemathesis makes up.

    run.py SERVER OUTPUT [EXAMPLES]

Starts the program SERVER on a database of its own and beside a scripted model,
and leaves its log and schemathesis's report in the folder OUTPUT. The last line
has the sums. Run it in a network of its own (`support/alone.sh --loopback`): the
fuzzer makes up addresses, and the server goes to some of them.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from provider import MODEL, Provider

HERE = Path(__file__).parent
SEED = "1"
EXAMPLES = "40"
APP = "fuzzed"

POLICY = {"Content-Security-Policy": "default-src 'none'"}
SITE = {
    "index.html": "<!doctype html><title>Cumulet</title>",
    "headers.json": json.dumps(dict.fromkeys(["shell", "subdomain", "host", "direct"], POLICY)),
    "deps/manifest.json": json.dumps({"version": 1, "packages": {}, "blocked": {}, "files": {}}),
}


def main() -> int:
    program, output = sys.argv[1], Path(sys.argv[2])
    examples = sys.argv[3] if len(sys.argv) > 3 else EXAMPLES
    output.mkdir(parents=True, exist_ok=True)
    provider = Provider()
    with tempfile.TemporaryDirectory() as folder, open(output / "server.log", "w") as log:
        server, address = start(program, Path(folder), provider, log)
        try:
            make_app(address)
            ended = fuzz(address, provider, output, examples)
            still_runs = server.poll() is None
        finally:
            server.terminate()
            server.wait()
    if not still_runs:
        print(f"the server ended: {output / 'server.log'}")
    return report(output, ended, still_runs)


def start(program: str, folder: Path, provider: Provider, log) -> tuple[subprocess.Popen, str]:
    site = folder / "site"
    for name, text in SITE.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    server = subprocess.Popen(
        [program, "--port", "0", "--site", site, "--data", folder / "data"]
        # The model's host stands for all that apps may reach.
        + ["--fetch-host", "127.0.0.1", "--generations-per-hour", "0"],
        env={
            "PATH": os.environ["PATH"],
            "OLLAMA_API_URL": provider.address,
            "OLLAMA_MODEL": MODEL,
            "OLLAMA_SMALL_MODEL": MODEL,
        },
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    for line in server.stdout:
        if line.startswith("listening "):
            return server, line.split()[1]
    code = server.wait()
    raise SystemExit(f"the server ended with {code}:\n{Path(log.name).read_text()}")


def make_app(address: str) -> None:
    body = {"id": APP, "name": "Fuzzed", "files": {"src/App.tsx": "export default () => null;\n"}}
    request = urllib.request.Request(
        f"{address}/api/apps",
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json", "origin": address},
    )
    urllib.request.urlopen(request).close()


def fuzz(address: str, provider: Provider, output: Path, examples: str) -> int:
    command = [Path(sys.executable).parent / "schemathesis", "--no-color"]
    command += ["--config-file", HERE / "schemathesis.toml"]
    command += ["run", f"{address}/api/openapi.json"]
    command += ["--header", f"Origin: {address}", "--seed", SEED, "--max-examples", examples]
    command += ["--workers", "2", "--no-shrink"]
    command += ["--report", "json", "--report-json-path", output / "report.json"]
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": str(HERE),
        "CUMULET_API_PROVIDER": provider.address,
        "CUMULET_API_APP": APP,
    }
    return subprocess.run(command, cwd=output, env=environment).returncode


def report(output: Path, ended: int, still_runs: bool) -> int:
    found = json.loads((output / "report.json").read_text())
    operations, cases = found["operations"], found["test_cases"]
    failed = {name for failure in found["failures"] for name in failure["operations"]}
    missing = operations["total"] - operations["tested"]
    passed = operations["tested"] - len(failed)
    print(f"{cases['generated']} requests to {operations['tested']} operations, seed {found['seed']}")
    print(f"{max(passed, 0)} passed, {len(failed) + missing} failed")
    return 0 if ended == 0 and still_runs and not failed and not missing else 1


if __name__ == "__main__":
    sys.exit(main())
