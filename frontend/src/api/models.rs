//! Who asks the language models for this page: the Cumulet server, or the page
//! itself. Both take the same requests and give the same answers.

use protocol::ask::{AskAnswer, AskRequest};
use protocol::generate::GenerateRequest;
use protocol::provider::{ModelHealth, ModelSettings, ProviderTest, SaveModels, SaveProvider};

use super::client::Abort;
use super::direct::{self, Direct};
use super::error::Result;
use super::generate::GenerateStream;
use super::{ask, generate, provider};

/// Who asks.
#[derive(Clone, Copy)]
pub(crate) enum Models {
    /// The Cumulet server, with its settings and keys.
    Server,
    /// This page, with those of this browser.
    Direct(&'static Direct),
}

impl Models {
    /// Settings of all providers.
    pub(crate) async fn settings(self) -> Result<ModelSettings> {
        match self {
            Self::Server => provider::get_models().await,
            Self::Direct(_) => Ok(direct::get_models()),
        }
    }

    /// Decides who is asked first, and whether others are.
    pub(crate) async fn choose(self, body: SaveModels) -> Result<ModelSettings> {
        match self {
            Self::Server => provider::save_models(&body).await,
            Self::Direct(_) => Ok(direct::save_models(body)),
        }
    }

    /// Makes or replaces a provider.
    pub(crate) async fn save(self, id: &str, body: &SaveProvider) -> Result<ModelSettings> {
        match self {
            Self::Server => provider::save_provider(id, body).await,
            Self::Direct(direct) => direct.save_provider(id, body),
        }
    }

    /// Forgets a provider and its key.
    pub(crate) async fn delete(self, id: &str) -> Result<ModelSettings> {
        match self {
            Self::Server => provider::delete_provider(id).await,
            Self::Direct(direct) => Ok(direct.delete_provider(id)),
        }
    }

    /// Asks a provider for its models; saves nothing.
    pub(crate) async fn test(self, id: &str, body: &SaveProvider) -> Result<ProviderTest> {
        match self {
            Self::Server => provider::test_provider(id, body).await,
            Self::Direct(direct) => direct.test_provider(id, body).await,
        }
    }

    /// How the providers fare, and the last requests.
    pub(crate) async fn health(self) -> Result<ModelHealth> {
        match self {
            Self::Server => provider::get_model_health().await,
            Self::Direct(direct) => Ok(direct.model_health().await),
        }
    }

    /// Has a model write. `abort` ends it at once.
    pub(crate) async fn generate(
        self,
        request: GenerateRequest,
        abort: &Abort,
    ) -> Result<GenerateStream> {
        match self {
            Self::Server => generate::generate(&request, abort).await,
            Self::Direct(direct) => Ok(direct.generate(request, abort.clone()).into()),
        }
    }

    /// Has the small model do a task. `abort` ends it at once.
    pub(crate) async fn ask(self, request: &AskRequest, abort: &Abort) -> Result<AskAnswer> {
        match self {
            Self::Server => ask::ask(request, abort).await,
            Self::Direct(direct) => direct.ask(request, abort).await,
        }
    }
}
