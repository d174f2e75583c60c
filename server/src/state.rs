//! What the routes work with, built in one place for `main` and for tests.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::app_origins::AppOrigins;
use crate::clock::{Clock, SystemClock};
use crate::config::Config;
use crate::ids::{IdGen, RandomIds};
use crate::llm::Llm;
use crate::llm::router::Router;
use crate::outside::{Names, Outside, SystemNames};
use crate::services::apps::Apps;
use crate::services::documents::Documents;
use crate::services::generation::{self, Generation};
use crate::services::messages::Messages;
use crate::services::outside::Requests;
use crate::services::providers::Providers;
use crate::services::quota::Quotas;
use crate::site::Site;
use crate::store::Store;
use crate::vault::Vault;

/// State of the routes. Clones share everything.
#[derive(Clone)]
pub struct AppState {
    /// Apps and their history.
    pub apps: Apps,
    /// What apps keep in collections.
    pub documents: Documents,
    /// Conversations.
    pub messages: Messages,
    /// Settings of language models.
    pub providers: Providers,
    /// Answers of language models.
    pub generation: Generation,
    /// Requests of apps to the outside.
    pub requests: Requests,
    /// The database, for the health check.
    pub store: Store,
    /// The site's folder.
    pub site: Arc<Site>,
    /// Ids of requests.
    pub ids: Arc<dyn IdGen>,
    /// Host names that are accepted besides loopback.
    pub allowed_hosts: Arc<[String]>,
    /// Where each app's shell has an origin of its own, if anywhere.
    pub app_origins: Option<Arc<AppOrigins>>,
    /// Whether the studio's pages may ask language models themselves.
    pub direct_models: bool,
    /// Cancelled when the server begins to shut down.
    pub shutdown: CancellationToken,
}

/// The parts that an [`AppState`] is made of.
pub struct Parts {
    /// Configuration.
    pub config: Config,
    /// The opened database.
    pub store: Store,
    /// The checked site.
    pub site: Site,
    /// What keys are encrypted with.
    pub vault: Vault,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Ids.
    pub ids: Arc<dyn IdGen>,
    /// Addresses of names that apps ask for.
    pub names: Arc<dyn Names>,
    /// Cancelled when the server begins to shut down.
    pub shutdown: CancellationToken,
}

impl Parts {
    /// Parts with the machine's clock and random ids.
    pub fn new(config: Config, store: Store, site: Site, vault: Vault) -> Self {
        Self {
            config,
            store,
            site,
            vault,
            clock: Arc::new(SystemClock),
            ids: Arc::new(RandomIds),
            names: Arc::new(SystemNames),
            shutdown: CancellationToken::new(),
        }
    }

    /// Puts the parts together.
    ///
    /// # Errors
    /// When TLS can't be set up on this machine.
    pub fn build(self) -> Result<AppState, reqwest::Error> {
        let llm = Llm::new(self.config.timeouts)?;
        let outside = Outside::new(self.config.fetch_hosts, self.names)?;
        let site = Arc::new(self.site);
        let router = Router::new(llm, Arc::clone(&self.clock));
        let quotas = Quotas::new(
            self.store.clone(),
            Arc::clone(&self.clock),
            self.config.generations_per_hour,
        );
        let providers = Providers::new(
            self.store.clone(),
            router.clone(),
            self.vault,
            quotas.clone(),
            self.config.models,
        );
        let generation = Generation::new(generation::Parts {
            store: self.store.clone(),
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
            providers: providers.clone(),
            router,
            quotas,
            site: Arc::clone(&site),
            keep: self.config.keep,
            shutdown: self.shutdown.clone(),
        });
        Ok(AppState {
            requests: Requests::new(self.store.clone(), Arc::clone(&self.clock), outside),
            documents: Documents::new(self.store.clone(), Arc::clone(&self.clock)),
            apps: Apps::new(self.store.clone(), self.clock, Arc::clone(&self.ids)),
            messages: Messages::new(self.store.clone()),
            generation,
            providers,
            store: self.store,
            site,
            ids: self.ids,
            allowed_hosts: self.config.allowed_hosts.into(),
            app_origins: self.config.app_origins.map(Arc::new),
            direct_models: self.config.direct_models,
            shutdown: self.shutdown,
        })
    }
}
