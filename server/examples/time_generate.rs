//! Measures what the server adds between a language model and its reader, for
//! `cargo xtask bench generate`: delay to the first piece and of each piece,
//! and 500 streams at once.
//!
//! The model is a server of this program's own that speaks Ollama's API and
//! writes into each piece when it was sent, on the clock that the reader reads
//! too. `CUMULET_SERVER` and `CUMULET_SITE` name the server and the site; the
//! figures go to standard output as JSON.

use std::convert::Infallible;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, bail};
use axum::body::{Body, Bytes};
use axum::extract::Json;
use axum::routing::{get, post};
use futures_util::StreamExt as _;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep_until};

/// Answers of each side that are measured one by one, and before that some to warm up.
const RUNS: usize = 60;
const WARM_UP: usize = 10;
/// Pieces of such an answer, and the pause between two: 200 a second.
const PIECES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(5);
/// Streams at once, their pieces, and the pause: 20 a second each, 10,000 in all.
const STREAMS: usize = 500;
const STREAM_PIECES: u32 = 200;
const STREAM_PAUSE: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let clock = Clock(Instant::now());
    let model = serve_model(clock).await?;
    let server = Server::start(&model).await?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    let proxy = Reader {
        client: client.clone(),
        clock,
        address: format!("{}/api/generate", server.address),
        proxied: true,
    };
    let direct = Reader {
        client,
        clock,
        address: format!("{model}/api/chat"),
        proxied: false,
    };

    let (mut ours, mut theirs) = (Delays::default(), Delays::default());
    for run in 0..WARM_UP + RUNS {
        // In turn, so that both see the same machine.
        let (through, straight) = (
            proxy.read(PIECES, PAUSE, run).await?,
            direct.read(PIECES, PAUSE, run).await?,
        );
        if run >= WARM_UP {
            ours.add(&through);
            theirs.add(&straight);
        }
    }

    let streams = join_all((0..STREAMS).map(|stream| {
        let proxy = &proxy;
        async move {
            // Not all in the same millisecond: nobody's readers come like that.
            tokio::time::sleep(Duration::from_millis(4 * stream as u64)).await;
            proxy.read(STREAM_PIECES, STREAM_PAUSE, stream).await
        }
    }));
    let streams: Vec<Answer> = streams.await.into_iter().collect::<Result<_, _>>()?;
    let slowest = streams
        .iter()
        .map(Answer::longest_gap_ms)
        .fold(0.0, f64::max);
    let memory = server.peak_memory()?;

    let row = |metric: &str, unit: &str, value: f64| json!({ "metric": metric, "unit": unit, "ours": value });
    let rows = [
        row(
            "proxy_added_first_token_ms",
            "ms",
            median(&mut ours.first) - median(&mut theirs.first),
        ),
        row(
            "proxy_added_per_token_ms",
            "ms",
            median(&mut ours.each) - median(&mut theirs.each),
        ),
        row("streams_500_slowest_gap_ms", "ms", slowest),
        row("streams_500_rss_bytes", "bytes", memory),
    ];
    #[expect(clippy::print_stdout, reason = "the figures are this program's output")]
    {
        println!("{}", json!({ "name": "generate", "rows": rows }));
    }
    Ok(())
}

/// Milliseconds since the program began, for both ends of a stream.
#[derive(Debug, Clone, Copy)]
struct Clock(Instant);

impl Clock {
    fn now_ms(self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1_000.0
    }
}

/// Serves a model that writes as many pieces, with such pauses, as its prompt says.
async fn serve_model(clock: Clock) -> anyhow::Result<String> {
    let tags = async || Json(json!({ "models": [{ "name": "timed:30b" }] }));
    let show = async || Json(json!({ "model_info": { "timed.context_length": 32_768 } }));
    let chat = async move |Json(request): Json<Value>| Body::from_stream(answer(clock, &request));
    let app = axum::Router::new()
        .route("/api/tags", get(tags))
        .route(
            "/api/version",
            get(async || Json(json!({ "version": "0.0.0" }))),
        )
        .route("/api/show", post(show))
        .route("/api/chat", post(chat));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    #[expect(clippy::disallowed_methods, reason = "it ends with the program")]
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}

/// One file whose lines say when they were sent.
fn answer(
    clock: Clock,
    request: &Value,
) -> impl futures_util::Stream<Item = Result<Bytes, Infallible>> + use<> {
    let text = request["messages"].to_string();
    let number = |name: &str| {
        let at = text.rfind(name).map(|at| at + name.len());
        let digits = at.and_then(|at| text.get(at..)).unwrap_or_default();
        let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().unwrap_or(1)
    };
    let (pieces, pause) = (
        number("pieces="),
        Duration::from_millis(number("pause=").into()),
    );
    async_stream::stream! {
        let line = |content: &str, done: bool| {
            let value = json!({ "message": { "role": "assistant", "content": content }, "done": done });
            Ok(Bytes::from(format!("{value}\n")))
        };
        yield line("```ts path=src/times.ts\n", false);
        let begin = Instant::now();
        for piece in 0..pieces {
            sleep_until(begin + pause * piece).await;
            yield line(&format!("sent({});\n", clock.now_ms()), false);
        }
        yield line("```\n", true);
    }
}

/// The server under test.
struct Server {
    child: Child,
    address: String,
    _data: tempfile::TempDir,
}

impl Server {
    async fn start(model: &str) -> anyhow::Result<Self> {
        let variable = |name: &str| {
            #[expect(clippy::disallowed_methods, reason = "this program's own settings")]
            std::env::var(name).with_context(|| format!("{name} isn't set"))
        };
        let data = tempfile::tempdir()?;
        let mut child = Command::new(variable("CUMULET_SERVER")?)
            .args(["--port", "0", "--site", &variable("CUMULET_SITE")?])
            .arg("--data")
            .arg(data.path())
            .env("OLLAMA_API_URL", model)
            .env("OLLAMA_MODEL", "timed:30b")
            .env("GENERATIONS_PER_HOUR", "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let out = child.stdout.take().context("no output")?;
        let mut lines = BufReader::new(out).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some(address) = line.strip_prefix("listening ") {
                let address = address.to_owned();
                return Ok(Self {
                    child,
                    address,
                    _data: data,
                });
            }
        }
        bail!("the server ended before it listened")
    }

    /// Most memory that it held at any time, in bytes.
    fn peak_memory(&self) -> anyhow::Result<f64> {
        let pid = self.child.id().context("the server has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.context("no VmHWM")?.trim().trim_end_matches(" kB");
        Ok(kilobytes.parse::<f64>()? * 1_024.0)
    }
}

/// Reads answers, from the server or straight from the model.
struct Reader {
    client: reqwest::Client,
    clock: Clock,
    address: String,
    proxied: bool,
}

/// When the pieces of an answer came.
#[derive(Debug)]
struct Answer {
    /// From the request to the first piece.
    first_ms: f64,
    /// When each piece was sent and when it was read.
    pieces: Vec<(f64, f64)>,
}

impl Answer {
    fn longest_gap_ms(&self) -> f64 {
        let gaps = self.pieces.windows(2).map(|pair| match pair {
            [(_, before), (_, after)] => after - before,
            _ => 0.0,
        });
        gaps.fold(0.0, f64::max)
    }
}

impl Reader {
    async fn read(&self, pieces: u32, pause: Duration, run: usize) -> anyhow::Result<Answer> {
        let prompt = format!("run {run} pieces={pieces} pause={}", pause.as_millis());
        let body = if self.proxied {
            json!({ "prompt": prompt, "fresh": true })
        } else {
            json!({ "model": "timed:30b", "messages": [{ "role": "user", "content": prompt }] })
        };
        let start = self.clock.now_ms();
        let request = self
            .client
            .post(&self.address)
            // The server answers pages of its own origin only.
            .header("sec-fetch-site", "same-origin");
        let response = request.json(&body).send().await?;
        let mut bytes = response.error_for_status()?.bytes_stream();
        let mut answer = Answer {
            first_ms: 0.0,
            pieces: Vec::new(),
        };
        let mut rest = String::new();
        let mut seen = 0;
        while let Some(part) = bytes.next().await {
            rest.push_str(&String::from_utf8_lossy(&part?));
            let now = self.clock.now_ms();
            // Chunks and complete files both hold the pieces: each is counted once.
            while let Some((line, after)) = rest.split_once('\n') {
                let is_whole_file = line.contains("\"complete\":true");
                for sent in times(line).filter(|_| !is_whole_file) {
                    if seen == 0 {
                        answer.first_ms = now - start;
                    }
                    seen += 1;
                    answer.pieces.push((sent, now));
                }
                rest = after.to_owned();
            }
        }
        let wanted = usize::try_from(pieces)?;
        if answer.pieces.len() != wanted {
            bail!("{} of {wanted} pieces came", answer.pieces.len());
        }
        Ok(answer)
    }
}

/// The moments that a text names.
fn times(text: &str) -> impl Iterator<Item = f64> + '_ {
    text.split("sent(")
        .skip(1)
        .filter_map(|part| part.split_once(')')?.0.parse().ok())
}

/// Delays of all answers of one side, in milliseconds.
#[derive(Debug, Default)]
struct Delays {
    first: Vec<f64>,
    each: Vec<f64>,
}

impl Delays {
    fn add(&mut self, answer: &Answer) {
        self.first.push(answer.first_ms);
        let delays = answer.pieces.iter().map(|(sent, read)| read - sent);
        self.each.extend(delays);
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
