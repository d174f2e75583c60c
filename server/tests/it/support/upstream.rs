//! A scripted language model: a plain socket, so that a script can end an
//! answer at any byte, say nothing at all, and see the client go away.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

/// How an answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// As it should.
    Whole,
    /// The connection breaks.
    Cut,
    /// Nothing more comes until the client goes.
    Hang,
    /// The last chunk comes again and again until the client goes.
    Flood,
}

/// An answer to one route.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    head: String,
    chunks: Vec<Vec<u8>>,
    /// Number of chunks after which it waits for [`Upstream::go_on`].
    wait: Option<usize>,
    end: End,
}

impl Reply {
    /// An answer with a status line such as `200 OK`.
    pub(crate) fn new(status: &str, content_type: &str) -> Self {
        Self {
            head: format!(
                "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n"
            ),
            chunks: Vec::new(),
            wait: None,
            end: End::Whole,
        }
    }

    pub(crate) fn ndjson() -> Self {
        Self::new("200 OK", "application/x-ndjson")
    }

    pub(crate) fn sse() -> Self {
        Self::new("200 OK", "text/event-stream")
    }

    pub(crate) fn json(status: &str, body: &Value) -> Self {
        Self::new(status, "application/json").chunk(body.to_string().as_bytes())
    }

    /// The connection closes without a byte.
    pub(crate) fn nothing() -> Self {
        Self {
            head: String::new(),
            chunks: Vec::new(),
            wait: None,
            end: End::Cut,
        }
    }

    pub(crate) fn header(mut self, line: &str) -> Self {
        self.head.push_str(line);
        self.head.push_str("\r\n");
        self
    }

    /// Bytes that are sent as one chunk.
    pub(crate) fn chunk(mut self, bytes: &[u8]) -> Self {
        self.chunks.push(bytes.to_vec());
        self
    }

    /// The same bytes in chunks of this size.
    pub(crate) fn pieces(mut self, text: &str, size: usize) -> Self {
        self.chunks
            .extend(text.as_bytes().chunks(size).map(<[u8]>::to_vec));
        self
    }

    /// What comes now waits for [`Upstream::go_on`].
    pub(crate) fn wait(mut self) -> Self {
        self.wait = Some(self.chunks.len());
        self
    }

    pub(crate) fn cut(mut self) -> Self {
        self.end = End::Cut;
        self
    }

    pub(crate) fn hang(mut self) -> Self {
        self.end = End::Hang;
        self
    }

    pub(crate) fn flood(mut self) -> Self {
        self.end = End::Flood;
        self
    }
}

/// A request that came in.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) head: String,
    pub(crate) body: Value,
}

#[derive(Debug)]
struct Shared {
    routes: Vec<(&'static str, Reply)>,
    received: Mutex<Vec<Received>>,
    /// A permit for each client that went while an answer hung.
    gone: Semaphore,
    /// A permit for each answer that waits.
    go_on: Semaphore,
    /// Bytes of floods.
    flooded: AtomicUsize,
}

/// The scripted model.
#[derive(Debug)]
pub(crate) struct Upstream {
    url: String,
    is_ollama: bool,
    shared: Arc<Shared>,
}

impl Upstream {
    /// Speaks Ollama's dialect; routes that aren't named answer 404.
    pub(crate) async fn ollama(routes: Vec<(&'static str, Reply)>) -> Self {
        Self::start(true, routes).await
    }

    /// Speaks the chat completions dialect.
    pub(crate) async fn openai(routes: Vec<(&'static str, Reply)>) -> Self {
        Self::start(false, routes).await
    }

    async fn start(is_ollama: bool, routes: Vec<(&'static str, Reply)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            routes,
            received: Mutex::default(),
            gone: Semaphore::new(0),
            go_on: Semaphore::new(0),
            flooded: AtomicUsize::new(0),
        });
        let tracker = TaskTracker::new();
        let accepted = Arc::clone(&shared);
        let connections = tracker.clone();
        tracker.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&accepted);
                connections.spawn(async move {
                    // A client that goes early breaks the connection; tests see that elsewhere.
                    let _ = answer(stream, &shared).await;
                });
            }
        });
        Self {
            url: format!("http://{address}"),
            is_ollama,
            shared,
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Variables that make it the default provider.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        if self.is_ollama {
            vec![
                ("OLLAMA_API_URL", self.url.clone()),
                ("OLLAMA_MODEL", "coder:30b".to_owned()),
            ]
        } else {
            vec![
                ("OPENAI_BASE_URL", format!("{}/v1", self.url)),
                ("OPENAI_API_KEY", "sk-secret".to_owned()),
                ("OPENAI_MODEL", "coder".to_owned()),
            ]
        }
    }

    /// Requests whose first line contains `path`.
    pub(crate) fn received(&self, path: &str) -> Vec<Received> {
        let received = self.shared.received.lock().unwrap();
        received
            .iter()
            .filter(|request| request.head.contains(path))
            .cloned()
            .collect()
    }

    /// Lets an answer go on that waits.
    pub(crate) fn go_on(&self) {
        self.shared.go_on.add_permits(1);
    }

    /// Bytes of a flood that the client has taken.
    pub(crate) fn flooded(&self) -> usize {
        self.shared.flooded.load(Ordering::SeqCst)
    }

    /// Waits until a client has gone while its answer hung.
    pub(crate) async fn client_gone(&self) {
        self.shared.gone.acquire().await.unwrap().forget();
    }
}

async fn answer(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let length = head
        .lines()
        .find_map(|line| {
            line.to_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0);
    while bytes.len() < head_end + length {
        stream.read_buf(&mut bytes).await?;
    }
    let body = serde_json::from_slice(&bytes[head_end..]).unwrap_or(Value::Null);
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let first_line = format!(" {path} ");
    let before = {
        let mut received = shared.received.lock().unwrap();
        let same = received
            .iter()
            .filter(|request| request.head.contains(&first_line));
        let before = same.count();
        received.push(Received { head, body });
        before
    };

    let missing = Reply::new("404 Not Found", "text/plain").chunk(b"404 page not found");
    // A route that is named several times answers in turn, and then as the last one.
    let replies: Vec<_> = shared
        .routes
        .iter()
        .filter(|(route, _)| *route == path)
        .collect();
    let reply = replies
        .get(before)
        .or(replies.last())
        .map_or(&missing, |(_, reply)| reply);
    if !reply.head.is_empty() {
        stream.write_all(reply.head.as_bytes()).await?;
        stream.write_all(b"\r\n").await?;
    }
    for (number, chunk) in reply.chunks.iter().enumerate() {
        if reply.wait == Some(number) {
            shared.go_on.acquire().await.unwrap().forget();
        }
        stream
            .write_all(format!("{:x}\r\n", chunk.len()).as_bytes())
            .await?;
        stream.write_all(chunk).await?;
        stream.write_all(b"\r\n").await?;
        stream.flush().await?;
    }
    match reply.end {
        End::Whole => stream.write_all(b"0\r\n\r\n").await?,
        End::Cut => {}
        End::Hang => {
            let mut rest = [0; 64];
            while stream.read(&mut rest).await.is_ok_and(|count| count > 0) {}
            shared.gone.add_permits(1);
        }
        End::Flood => {
            let chunk = reply.chunks.last().unwrap();
            let chunk = [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat();
            while stream.write_all(&chunk).await.is_ok() {
                shared.flooded.fetch_add(chunk.len(), Ordering::SeqCst);
            }
            shared.gone.add_permits(1);
        }
    }
    Ok(())
}

/// An address where nobody listens.
pub(crate) async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
