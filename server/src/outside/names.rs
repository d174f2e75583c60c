//! Names to addresses, of which only public ones are connected to.

use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{is_exempt, is_public};

/// What a lookup gives in the end.
pub type Lookup = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// Looks names up.
pub trait Names: Send + Sync {
    /// All addresses of a name.
    fn lookup(&self, name: &str) -> Lookup;
}

/// As this machine does it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemNames;

impl Names for SystemNames {
    fn lookup(&self, name: &str) -> Lookup {
        let name = name.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// A name stands for an address that apps may not reach.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the name stands for an address of a private network")]
pub(super) struct Forbidden;

/// Gives the client the addresses to connect to: it connects to nothing else, so that a name that
/// changes its mind between the look and the connection gains nothing.
pub(super) struct PublicOnly {
    names: Arc<dyn Names>,
    exempt: Arc<[String]>,
}

impl PublicOnly {
    pub(super) fn new(names: Arc<dyn Names>, exempt: Arc<[String]>) -> Self {
        Self { names, exempt }
    }
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = self.names.lookup(name.as_str());
        let is_exempt = is_exempt(name.as_str(), &self.exempt);
        Box::pin(async move {
            let found = lookup.await?;
            // One private address among public ones is an attack as well.
            if !is_exempt && !found.iter().copied().all(is_public) {
                return Err(Forbidden.into());
            }
            let addresses = found.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}
