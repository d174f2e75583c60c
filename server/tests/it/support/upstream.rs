//! A scripted language model: a plain socket, so that a script can end an
//! answer at any byte, say nothing at all, and see the client go away.

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
}

/// An answer to one route.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    head: String,
    chunks: Vec<Vec<u8>>,
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

    pub(crate) fn cut(mut self) -> Self {
        self.end = End::Cut;
        self
    }

    pub(crate) fn hang(mut self) -> Self {
        self.end = End::Hang;
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
    shared
        .received
        .lock()
        .unwrap()
        .push(Received { head, body });

    let missing = Reply::new("404 Not Found", "text/plain").chunk(b"404 page not found");
    let reply = shared
        .routes
        .iter()
        .find(|(route, _)| *route == path)
        .map_or(&missing, |(_, reply)| reply);
    if !reply.head.is_empty() {
        stream.write_all(reply.head.as_bytes()).await?;
        stream.write_all(b"\r\n").await?;
    }
    for chunk in &reply.chunks {
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
    }
    Ok(())
}
