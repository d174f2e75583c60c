//! From a project to its site.

use std::collections::{BTreeMap, BTreeSet};

use bundler_wasm::{App, Build, Bundler, Mode, Part, minify_css};
use data_encoding::BASE64;
use protocol::bundle::Entry;
use protocol::manifest::Manifest;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

use crate::assets::{Assets, bytes_of};
use crate::ids::short_ids;
use crate::names::{FOLDER, file_name};
use crate::page::{Files, index_html};
use crate::script::{Surroundings, script};
use crate::split::{Split, split};
use crate::waits::waits;

/// What a person may choose.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Options {
    /// Address of the site: `/`, `/shop/`, `https://cdn.example/shop/`, or `./`
    /// for one that works in any folder.
    pub base: String,
    /// Whether source maps are made.
    pub source_maps: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            base: "/".to_owned(),
            source_maps: false,
        }
    }
}

/// The scripts that published apps run in, which Cumulet's own site has.
#[derive(Debug, Clone, Copy)]
pub struct Runtime<'a> {
    /// What every app needs.
    pub base: &'a str,
    /// What an app with decorators needs besides.
    pub decorators: &'a str,
}

/// Files of a static site, by path.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Site {
    /// Everything that is made from the project. As JSON, files that aren't
    /// text are `{"base64": …}`.
    pub files: BTreeMap<String, Content>,
    /// Names of the manifest's files that belong into [`Site::FOLDER`].
    pub dependency_files: BTreeSet<String>,
    /// Source maps, by the path at which a browser would look for them. No
    /// script names its own: who serves them decides who may read the sources.
    pub maps: BTreeMap<String, String>,
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content(Vec<u8>);

impl Content {
    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match str::from_utf8(&self.0) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => [("base64", BASE64.encode(&self.0))]
                .into_iter()
                .collect::<BTreeMap<_, _>>()
                .serialize(serializer),
        }
    }
}

impl Site {
    /// Folder of everything with a hash in its name.
    pub const FOLDER: &'static str = FOLDER;
}

/// Why there is no site.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The caller's base can't be the beginning of an address.
    #[error(
        "`{0}` can't be the address of a site: it must begin with `/`, `./`, or `https://` or `http://` and a host, without spaces, quotes, `?` and `#`"
    )]
    Base(String),
    /// There was no build, or it had errors.
    #[error("an app with errors can't be published")]
    NotBuilt,
    /// A module of ours isn't JavaScript.
    #[error("the module `{module}` can't be read ({reason}), which is a bug of Cumulet")]
    Unreadable {
        /// Its id.
        module: String,
        /// What the parser says.
        reason: String,
    },
    /// A minified script can't be written.
    #[error("a script can't be written ({reason}), which is a bug of Cumulet")]
    Unprintable {
        /// What the printer says.
        reason: String,
    },
}

/// Publishes projects.
#[derive(Debug)]
pub struct Publisher {
    bundler: Bundler,
    /// How the app starts that was built last, if it has no errors.
    entry: Option<Entry>,
}

impl Publisher {
    /// A publisher that knows these packages, in their production forms.
    pub fn new(manifest: Manifest) -> Self {
        Self {
            bundler: Bundler::for_mode(Mode::Production, manifest),
            entry: None,
        }
    }

    /// Builds a project. The diagnostics are those of the preview. While
    /// [`Build::missing`] names files, [`Publisher::supply`] them and build again.
    /// When there is no error, compile [`Build::tailwind`] and call [`Publisher::site`].
    pub fn build(&mut self, files: BTreeMap<String, String>) -> Build {
        self.bundler.reset();
        let build = self.bundler.build(changes(files));
        self.enter(&build);
        build
    }

    /// [`Publisher::build`] with whatever it takes, as [`Bundler::build_whole`].
    ///
    /// # Errors
    /// Those of `supply`.
    pub fn build_whole<E>(
        &mut self,
        files: BTreeMap<String, String>,
        supply: impl Fn(&mut Bundler, &str) -> Result<(), E>,
    ) -> Result<Build, E> {
        self.bundler.reset();
        let build = self.bundler.build_whole(changes(files), supply)?;
        self.enter(&build);
        Ok(build)
    }

    /// As [`Bundler::supply`].
    ///
    /// # Errors
    /// The text isn't what the manifest says of the file.
    pub fn supply(&mut self, file: &str, text: &str) -> Result<(), serde_json::Error> {
        self.bundler.supply(file, text)
    }

    fn enter(&mut self, build: &Build) {
        let entry = build.output.entry.clone();
        self.entry = entry.filter(|_| !build.output.has_errors());
    }

    /// The site of the app that was built last. `css` is its whole style sheet.
    ///
    /// # Errors
    /// There was no build without errors, or the base is no address.
    pub fn site(
        &self,
        css: &str,
        runtime: Runtime<'_>,
        options: &Options,
    ) -> Result<Site, PublishError> {
        let entry = self.entry.as_ref().ok_or(PublishError::NotBuilt)?;
        let base = base_address(&options.base)?;
        Assembly::new(self.bundler.app(), entry, base, options.source_maps).site(css, runtime)
    }
}

fn changes(files: BTreeMap<String, String>) -> BTreeMap<String, Option<String>> {
    let files = files.into_iter();
    files.map(|(path, text)| (path, Some(text))).collect()
}

/// The base with one slash at its end.
fn base_address(base: &str) -> Result<String, PublishError> {
    let mut schemes = ["https://", "http://"].iter();
    let begins_well = match schemes.find_map(|scheme| base.strip_prefix(scheme)) {
        Some(host) => host.starts_with(|c: char| c.is_ascii_alphanumeric()),
        None => base.starts_with("./") || (base.starts_with('/') && !base.starts_with("//")),
    };
    let is_address = begins_well
        && base
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$()*+,;=:@%/".contains(&byte));
    if !is_address {
        return Err(PublishError::Base(base.to_owned()));
    }
    Ok(format!("{}/", base.trim_end_matches('/')))
}

/// What a script runs when it has defined the app's first modules.
const START: &str = "__cumulet.start";

struct Assembly<'a> {
    app: App<'a>,
    entry: &'a Entry,
    base: String,
    parts: BTreeMap<&'a str, Part<'a>>,
    around: Surroundings<'a>,
    site: Site,
    /// Whether one of them has decorators.
    decorates: bool,
}

impl<'a> Assembly<'a> {
    fn new(app: App<'a>, entry: &'a Entry, base: String, has_maps: bool) -> Self {
        let parts: BTreeMap<&str, Part<'_>> = app.parts().map(|part| (part.id, part)).collect();
        Self {
            around: Surroundings {
                ids: short_ids(parts.keys().copied()),
                env: environment(entry, &base),
                assets: Assets::of(&app, &base),
                waits: waits(&parts),
                has_maps,
            },
            app,
            entry,
            base,
            parts,
            site: Site::default(),
            decorates: false,
        }
    }

    fn site(mut self, css: &str, runtime: Runtime<'_>) -> Result<Site, PublishError> {
        let split = split(&self.entry.id, &self.parts);
        let first = self
            .app
            .dependency_files(split.start.iter().copied(), self.entry.mount);
        let later = self.chunks(&split, &first)?;
        let start = json!({
            "entry": self.around.ids.get(self.entry.id.as_str()),
            "mounts": self.entry.mount,
            "env": self.around.env,
            "chunks": later,
        });
        let app = self.script(
            "app",
            split.start.iter().copied(),
            &format!("{START}({start});"),
        )?;
        let mut scripts = vec![self.runtime(runtime)];
        scripts.extend(first.iter().cloned());
        scripts.push(app);
        let css = minify_css(&self.around.assets.in_styles(css));
        let files = Files {
            styles: (!css.is_empty()).then(|| self.add("app", "css", &css)),
            scripts,
        };
        self.site.dependency_files.extend(first);
        Ok(self.finish(files))
    }

    /// Adds the script that the app runs in, with all that it needs, and gives its name.
    fn runtime(&mut self, runtime: Runtime<'_>) -> String {
        if self.decorates {
            let text = format!("{}\n{}", runtime.base, runtime.decorators);
            return self.add("runtime", "js", &text);
        }
        self.add("runtime", "js", runtime.base)
    }

    /// Makes the scripts that load later. Gives, by short id of what `import()`
    /// asks for, the files to load for it, in order.
    fn chunks(
        &mut self,
        split: &Split<'a>,
        first: &[String],
    ) -> Result<BTreeMap<String, Vec<String>>, PublishError> {
        let mut later: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (root, modules) in &split.later {
            let files = self.app.dependency_files(modules.iter().copied(), false);
            let files: Vec<String> = files
                .into_iter()
                .filter(|file| !first.contains(file))
                .collect();
            self.site.dependency_files.extend(files.iter().cloned());
            later.insert(self.short(root), files);
        }
        for chunk in &split.chunks {
            let mut roots = chunk.roots.iter();
            let name = match (roots.next(), roots.next()) {
                (Some(root), None) => root,
                _ => "shared",
            };
            let file = self.script(name, chunk.modules.iter().copied(), "")?;
            for root in &chunk.roots {
                later
                    .entry(self.short(root))
                    .or_default()
                    .push(file.clone());
            }
        }
        Ok(later)
    }

    fn short(&self, id: &str) -> String {
        self.around.ids.get(id).cloned().unwrap_or_default()
    }

    /// Adds the script of some modules, and gives its name.
    fn script(
        &mut self,
        name: &str,
        modules: impl Iterator<Item = &'a str>,
        tail: &str,
    ) -> Result<String, PublishError> {
        let parts: Vec<Part<'a>> = modules
            .filter_map(|id| self.parts.get(id).copied())
            .collect();
        let script = script(&parts, tail, &self.around)?;
        let file = self.add(name, "js", &script.code);
        if self.around.has_maps {
            let place = format!("{FOLDER}{file}.map");
            self.site.maps.insert(place, script.map(&file));
        }
        self.decorates |= script.decorates;
        Ok(file)
    }

    /// Adds a file, and gives its name.
    fn add(&mut self, path: &str, ending: &str, text: &str) -> String {
        let name = file_name(path, ending, text.as_bytes());
        let place = format!("{FOLDER}{name}");
        let content = Content(text.as_bytes().to_vec());
        self.site.files.insert(place, content);
        name
    }

    /// Adds the page, the assets that something shows, and the project's public files.
    fn finish(mut self, files: Files) -> Site {
        let assets = self.around.assets;
        let address = |name: String| format!("{}{FOLDER}{name}", self.base);
        let files = Files {
            styles: files.styles.map(address),
            scripts: files.scripts.into_iter().map(address).collect(),
        };
        let mut page = self.entry.page.as_deref().cloned().unwrap_or_default();
        page.markup = assets.in_page(&page.markup);
        let head = assets.in_page(self.app.head);
        let html = index_html(&page, &head, &files);
        // So far, all of them are texts.
        let made = self.site.files.values();
        let mut texts: Vec<&str> = made
            .filter_map(|content| str::from_utf8(content.bytes()).ok())
            .collect();
        texts.push(&html);
        let used = assets.used_in(&texts).into_iter();
        let used = used.map(|(place, bytes)| (place, Content(bytes)));
        self.site.files.extend(used);
        for (path, text) in self.app.public_files() {
            let content = Content(bytes_of(path, text));
            self.site.files.insert(path.to_owned(), content);
        }
        let html = Content(html.into_bytes());
        self.site.files.insert("index.html".to_owned(), html);
        self.site
    }
}

/// `import.meta.env`
fn environment(entry: &Entry, base: &str) -> BTreeMap<String, Value> {
    let own = entry.env.iter();
    let mut env: BTreeMap<String, Value> = own
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    env.extend([
        ("BASE_URL".to_owned(), base.into()),
        ("DEV".to_owned(), false.into()),
        ("MODE".to_owned(), Mode::Production.name().into()),
        ("PROD".to_owned(), true.into()),
        ("SSR".to_owned(), false.into()),
    ]);
    env
}
