//! `cumulet-server build DIR --out DIR`: the app in a folder as a static site,
//! for any host. What the studio would call an error stops it.

mod folder;
mod summary;
mod tailwind;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bundler_wasm::Build;
use clap::Args;
use protocol::bundle::{Diagnostic, Severity};
use publish::{Options, Publisher, Runtime, Site};

use crate::check::{self, Folder, Report};
use crate::config::SiteArgs;
use crate::site;
use summary::{Built, Summary};

/// Flags of `cumulet-server build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Folder of the app: the one with `src` in it.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Folder for the site. It is replaced as a whole.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Address of the site on its host; `./` for one that works in any folder.
    #[arg(long, value_name = "ADDRESS", default_value = "/")]
    pub base: String,
    /// Put source maps beside the scripts. No script names its own.
    #[arg(long)]
    pub source_maps: bool,
    /// Replace a folder that this command didn't make, if it lies outside the app.
    #[arg(long)]
    pub force: bool,
    /// Print one JSON object instead of text.
    #[arg(long)]
    pub json: bool,
    /// Where the packages are.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// Builds an app and prints what was found and made. Ends with 0 when the site
/// is there, with 1 when the app has errors, with 2 when it could not be built.
pub fn run(args: &BuildArgs) -> ExitCode {
    check::exit(build(args).and_then(|built| {
        check::print(&built, args.json)?;
        Ok(built.report.errors)
    }))
}

fn build(args: &BuildArgs) -> Result<Built, String> {
    let tools = Tools::read(&args.site.folder()?)?;
    let project = check::open(&args.folder)?;
    folder::check(&args.out, &args.folder, &tools.folder, args.force)?;
    let options = Options {
        base: args.base.clone(),
        source_maps: args.source_maps,
    };
    let (report, site) = check::on_large_stack(|| publish(&tools, project, &options))??;
    let Some(site) = site else {
        return Ok(Built {
            report,
            summary: None,
        });
    };
    let files = files(&site, &tools)?;
    folder::write(&args.out, &files, &site.maps)?;
    let summary = Summary::new(&args.out, &files, &tools.manifest)?;
    Ok(Built {
        report,
        summary: Some(summary),
    })
}

/// What Cumulet's own site has for published apps.
struct Tools {
    folder: PathBuf,
    manifest: protocol::manifest::Manifest,
    assets: site::Assets,
}

impl Tools {
    fn read(folder: &Path) -> Result<Self, String> {
        Ok(Self {
            manifest: site::read_production_manifest(folder)?,
            assets: site::read_assets(folder)?,
            folder: folder.to_owned(),
        })
    }

    fn script(&self, name: &str) -> Result<String, String> {
        let path = self.assets.place(&self.folder, name)?;
        fs::read_to_string(&path)
            .map_err(|error| format!("`{}` can't be read: {error}", path.display()))
    }
}

/// The findings, and the site if there is no error among them.
fn publish(
    tools: &Tools,
    project: Folder,
    options: &Options,
) -> Result<(Report, Option<Site>), String> {
    let Folder { files, skipped } = project;
    let count = files.len();
    let mut publisher = Publisher::new(tools.manifest.clone());
    let Build {
        mut output,
        tailwind: input,
        ..
    } = publisher.build_whole(files, |bundler, file| {
        site::supply(&tools.folder, bundler, file)
    })?;
    if let Some(input) = input.filter(|_| !output.has_errors()) {
        let script = tools.script("tailwind")?;
        match tailwind::compile(&script, &input.css, &input.candidates) {
            Ok(css) => output.css = css,
            Err(tailwind::Failure::Styles(reason)) => {
                output.diagnostics.insert(0, wrong_styles(&reason));
            }
            Err(tailwind::Failure::Compiler(reason)) => {
                return Err(format!("Tailwind's compiler can't run: {reason}"));
            }
        }
    }
    let site = if output.has_errors() {
        None
    } else {
        let runtime = Runtime {
            base: &tools.script("published")?,
            decorators: &tools.script("publishedDecorators")?,
        };
        let site = publisher.site(&output.css, runtime, options);
        Some(site.map_err(|error| error.to_string())?)
    };
    Ok((Report::new(output, count, skipped), site))
}

/// The same finding as the bundler worker's (`runtime-deps/src/workers/builds.ts`).
fn wrong_styles(reason: &str) -> Diagnostic {
    Diagnostic {
        code: "tailwind".to_owned(),
        severity: Severity::Error,
        file: String::new(),
        span: None,
        message: format!("Tailwind couldn't compile the styles: {reason}"),
        help: Some(
            "Look at the @apply, @theme and @import lines of the app's style sheets.".to_owned(),
        ),
        frame: String::new(),
        fixes: Vec::new(),
    }
}

/// A file of the site: its path, and what is in it.
type Made = (String, Vec<u8>);

/// All files of the site, by path: its own, and those of the packages.
fn files(site: &Site, tools: &Tools) -> Result<Vec<Made>, String> {
    let own = site.files.iter();
    let mut files: Vec<Made> = own
        .map(|(path, content)| (path.clone(), content.bytes().to_vec()))
        .collect();
    for name in &site.dependency_files {
        let path = tools.folder.join("deps").join(name);
        let content = fs::read(&path)
            .map_err(|error| format!("`{}` can't be read: {error}", path.display()))?;
        files.push((format!("{}{name}", Site::FOLDER), content));
    }
    files.sort();
    Ok(files)
}
