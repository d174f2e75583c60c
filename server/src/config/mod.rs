//! Configuration: flags and environment, read once at the start.

mod models;

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

use crate::app_origins::AppOrigins;
use crate::llm::Timeouts;
use crate::provider::Secret;

pub use self::models::ModelEnvironment;

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
    /// Let pages of the studio ask language models themselves, where somebody chooses that.
    #[arg(long)]
    pub direct_models: bool,
    /// Seconds to wait for the first words of a language model.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub first_token_timeout: u64,
    /// Generations that may begin in an hour, 0 for any number [default: 10].
    #[arg(long, value_name = "COUNT")]
    pub generations_per_hour: Option<u32>,
}

/// How long generations are kept.
#[derive(Debug, Clone, Copy)]
pub struct Keep {
    /// A running one whose last reader has gone.
    pub unread: Duration,
    /// One that has ended.
    pub ended: Duration,
}

impl Default for Keep {
    fn default() -> Self {
        Self {
            unread: Duration::from_secs(30),
            ended: Duration::from_mins(2),
        }
    }
}

/// Generations in an hour, unless something else is set.
const GENERATIONS_PER_HOUR: u32 = 10;

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
    /// Whether the studio's pages may ask language models themselves.
    pub direct_models: bool,
    /// Language models until others are saved.
    pub models: ModelEnvironment,
    /// What keys are encrypted with, where it isn't the key file.
    pub secret: Option<Secret>,
    /// Generations that may begin in an hour; 0 is no limit.
    pub generations_per_hour: u32,
    /// How long generations are kept.
    pub keep: Keep,
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
            direct_models: args.direct_models,
            fetch_hosts: lower_case(&args.fetch_hosts),
            models: models::read(&lookup)?,
            secret: lookup("CUMULET_SECRET").as_deref().and_then(Secret::new),
            generations_per_hour: match args.generations_per_hour {
                Some(count) => count,
                None => generations_per_hour(&lookup)?,
            },
            keep: Keep::default(),
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

fn generations_per_hour(lookup: &impl Fn(&str) -> Option<String>) -> Result<u32, String> {
    let Some(text) = lookup("GENERATIONS_PER_HOUR") else {
        return Ok(GENERATIONS_PER_HOUR);
    };
    text.trim().parse().map_err(|_| {
        format!("the environment variable GENERATIONS_PER_HOUR can't be used: `{text}` is no whole number from 0")
    })
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
    fn the_environment_names_providers_and_the_data_folder() {
        let config = config(&[
            ("HOME", "/home/me"),
            ("OLLAMA_API_URL", "http://gpu:11434/"),
            ("OLLAMA_MODEL", " "),
        ])
        .unwrap();
        assert_eq!(config.data, PathBuf::from("/home/me/.local/share/cumulet"));
        let [ollama] = config.models.providers.as_slice() else {
            panic!("{config:?}");
        };
        assert_eq!(ollama.config.base_url, "http://gpu:11434");
        assert_eq!(ollama.config.model, "qwen3-coder:30b");
        assert_eq!(config.generations_per_hour, 10);
    }

    #[test]
    fn secrets_from_the_environment_never_show() {
        let config = config(&[
            ("HOME", "/h"),
            ("OPENROUTER_API_KEY", "sk-or-1"),
            ("CUMULET_SECRET", "sesame"),
            ("GENERATIONS_PER_HOUR", "0"),
        ])
        .unwrap();
        let shown = format!("{config:?}");
        assert!(!shown.contains("sk-or-1") && !shown.contains("sesame"));
        assert!(config.secret.is_some());
        assert_eq!(config.generations_per_hour, 0);
    }

    #[test]
    fn mistakes_are_named() {
        assert!(config(&[]).unwrap_err().contains("--data"));
        for (variable, value) in [
            ("OLLAMA_API_URL", "ftp://x"),
            ("GENERATIONS_PER_HOUR", "many"),
        ] {
            let error = config(&[("HOME", "/h"), (variable, value)]).unwrap_err();
            assert!(error.contains(variable), "{error}");
        }
    }
}
