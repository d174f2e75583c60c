//! Configuration: flags and environment, read once at the start.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use protocol::provider::ProviderKind;

use crate::app_origins::AppOrigins;
use crate::llm::Timeouts;
use crate::provider::{ProviderConfig, Secret, normalize_base_url};

/// Where the built site is.
#[derive(Debug, clap::Args)]
pub struct SiteArgs {
    /// Folder of the built site.
    #[arg(long, value_name = "DIR", env = "CUMULET_SITE")]
    pub site: Option<PathBuf>,
}

impl SiteArgs {
    /// The folder.
    ///
    /// # Errors
    /// A sentence for a person: nothing names one.
    pub fn folder(&self) -> Result<PathBuf, String> {
        let site = self.site.clone();
        site.ok_or_else(|| {
            "no site folder is known: name the one that `cargo xtask run` or `dist` built with `--site DIR`, or in CUMULET_SITE".to_owned()
        })
    }
}

/// Flags of the server.
#[derive(Debug, Parser)]
pub struct Args {
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Port to listen on; 0 takes any free one.
    #[arg(long, default_value_t = 4321)]
    pub port: u16,
    /// What it serves.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Folder for the database [default: cumulet in the user's data folder].
    #[arg(long, value_name = "DIR", env = "CUMULET_DATA")]
    pub data: Option<PathBuf>,
    /// Further host name by which people reach this server; may be repeated.
    #[arg(long = "allowed-host", value_name = "NAME")]
    pub allowed_hosts: Vec<String>,
    /// Host that apps may reach whatever its address, and without https; may be repeated.
    #[arg(long = "fetch-host", value_name = "NAME")]
    pub fetch_hosts: Vec<String>,
    /// Origins with a shell of their own for each app, such as `https://{app}.apps.example.org`.
    #[arg(long, value_name = "TEMPLATE", env = "CUMULET_APP_ORIGINS")]
    pub app_origins: Option<String>,
    /// Origin at which people open the studio, for the shells of apps; may be repeated.
    #[arg(
        long = "studio-origin",
        value_name = "ORIGIN",
        requires = "app_origins"
    )]
    pub studio_origins: Vec<String>,
    /// Seconds to wait for the first words of a language model.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub first_token_timeout: u64,
}

/// Everything that the server is told from outside.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address to listen on.
    pub host: IpAddr,
    /// Port; 0 for any free one.
    pub port: u16,
    /// Folder of the built site.
    pub site: PathBuf,
    /// Folder for the database.
    pub data: PathBuf,
    /// Host names that are accepted besides loopback, in lower case.
    pub allowed_hosts: Vec<String>,
    /// Hosts that apps may reach whatever their address, in lower case.
    pub fetch_hosts: Vec<String>,
    /// Where each app's shell has an origin of its own, if anywhere.
    pub app_origins: Option<AppOrigins>,
    /// Provider until one is saved.
    pub default_provider: Option<ProviderConfig>,
    /// Time limits for language models.
    pub timeouts: Timeouts,
    /// How long open requests may take to end at shutdown.
    pub drain: Duration,
}

impl Config {
    /// Puts flags and environment together. `lookup` reads a variable.
    ///
    /// # Errors
    /// A sentence for a person, with what to do.
    pub fn new(args: Args, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let lookup = |name: &str| lookup(name).filter(|value| !value.trim().is_empty());
        let data = match args.data {
            Some(data) => data,
            None => default_data(&lookup).ok_or(
                "no folder for the data is known: name one with `--data DIR`, or set HOME",
            )?,
        };
        let app_origins = args
            .app_origins
            .filter(|template| !template.trim().is_empty())
            .map(|template| AppOrigins::new(template.trim(), &args.studio_origins))
            .transpose()?;
        let mut allowed_hosts = lower_case(&args.allowed_hosts);
        allowed_hosts.extend(app_origins.iter().flat_map(AppOrigins::studio_hosts));
        Ok(Self {
            host: args.host,
            port: args.port,
            site: args.site.folder()?,
            data,
            allowed_hosts,
            app_origins,
            fetch_hosts: lower_case(&args.fetch_hosts),
            default_provider: default_provider(&lookup)?,
            timeouts: Timeouts {
                first_token: Duration::from_secs(args.first_token_timeout),
                ..Timeouts::default()
            },
            drain: Duration::from_secs(10),
        })
    }
}

fn lower_case(hosts: &[String]) -> Vec<String> {
    hosts
        .iter()
        .map(|host| host.trim().to_lowercase())
        .collect()
}

/// Reads a variable of the process.
pub fn environment(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    std::env::var(name).ok()
}

/// `$XDG_DATA_HOME/cumulet`, or the usual place below the home folder.
fn default_data(lookup: &impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let base = lookup("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| lookup("LOCALAPPDATA").map(PathBuf::from))
        .or_else(|| Some(PathBuf::from(lookup("HOME")?).join(".local/share")))?;
    Some(base.join("cumulet"))
}

fn default_provider(
    lookup: &impl Fn(&str) -> Option<String>,
) -> Result<Option<ProviderConfig>, String> {
    let (kind, variable, address, model, key) = if let Some(address) = lookup("OLLAMA_API_URL") {
        (
            ProviderKind::Ollama,
            "OLLAMA_API_URL",
            address,
            "OLLAMA_MODEL",
            None,
        )
    } else if lookup("OLLAMA_MODEL").is_some() {
        let address = "http://localhost:11434".to_owned();
        (
            ProviderKind::Ollama,
            "OLLAMA_API_URL",
            address,
            "OLLAMA_MODEL",
            None,
        )
    } else if let Some(address) = lookup("OPENAI_BASE_URL") {
        let key = lookup("OPENAI_API_KEY");
        (
            ProviderKind::Openai,
            "OPENAI_BASE_URL",
            address,
            "OPENAI_MODEL",
            key,
        )
    } else if let Some(key) = lookup("OPENROUTER_API_KEY") {
        let address = "https://openrouter.ai/api/v1".to_owned();
        (
            ProviderKind::Openai,
            "OPENROUTER_API_KEY",
            address,
            "OPENROUTER_MODEL",
            Some(key),
        )
    } else if let Some(key) = lookup("OPENAI_API_KEY") {
        let address = "https://api.openai.com/v1".to_owned();
        (
            ProviderKind::Openai,
            "OPENAI_API_KEY",
            address,
            "OPENAI_MODEL",
            Some(key),
        )
    } else {
        return Ok(None);
    };
    let base_url = normalize_base_url(kind, &address)
        .map_err(|reason| format!("the environment variable {variable} can't be used: {reason}"))?;
    Ok(Some(ProviderConfig {
        kind,
        base_url,
        model: lookup(model).unwrap_or_default().trim().to_owned(),
        api_key: key.as_deref().and_then(Secret::new),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(variables: &[(&str, &str)]) -> Result<Config, String> {
        let args = Args::try_parse_from(["cumulet-server", "--site", "dist"]).unwrap();
        Config::new(args, |name| {
            variables
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_names_a_provider_and_the_data_folder() {
        let config = config(&[
            ("HOME", "/home/me"),
            ("OLLAMA_API_URL", "http://gpu:11434/"),
            ("OLLAMA_MODEL", "qwen3-coder:30b"),
        ])
        .unwrap();
        assert_eq!(config.data, PathBuf::from("/home/me/.local/share/cumulet"));
        let provider = config.default_provider.unwrap();
        assert_eq!(provider.base_url, "http://gpu:11434");
        assert_eq!(provider.model, "qwen3-coder:30b");
    }

    #[test]
    fn a_key_from_the_environment_never_shows() {
        let config = config(&[("HOME", "/h"), ("OPENROUTER_API_KEY", "sk-or-1")]).unwrap();
        assert!(!format!("{config:?}").contains("sk-or-1"));
        assert!(config.default_provider.unwrap().to_settings().has_key);
    }

    #[test]
    fn mistakes_are_named() {
        assert!(config(&[]).unwrap_err().contains("--data"));
        let error = config(&[("HOME", "/h"), ("OLLAMA_API_URL", "ftp://x")]).unwrap_err();
        assert!(error.contains("OLLAMA_API_URL"), "{error}");
    }
}
