//! Tailwind's own compiler, which is JavaScript, in an engine of its own: the
//! style sheet is the one that the preview shows. The script comes from the
//! site's folder, and can do nothing but compute.

use rquickjs::function::This;
use rquickjs::{CatchResultExt, CaughtError, Context, Function, Module, Object, Promise, Runtime};

/// More than any style sheet takes; what goes beyond has lost its way.
const MEMORY_BYTES: usize = 512 * 1024 * 1024;
const STACK_BYTES: usize = 4 * 1024 * 1024;

/// Why there is no style sheet.
#[derive(Debug)]
pub(super) enum Failure {
    /// The project's style sheets have a mistake: Tailwind's sentence about it.
    Styles(String),
    /// The compiler itself can't run.
    Compiler(String),
}

/// Compiles a style sheet with Tailwind's directives for these class candidates.
pub(super) fn compile(script: &str, css: &str, candidates: &[String]) -> Result<String, Failure> {
    let engine = |error: rquickjs::Error| Failure::Compiler(error.to_string());
    let runtime = Runtime::new().map_err(engine)?;
    runtime.set_memory_limit(MEMORY_BYTES);
    runtime.set_max_stack_size(STACK_BYTES);
    let context = Context::full(&runtime).map_err(engine)?;
    context.with(|ctx| {
        let compiler = || {
            let (module, loaded) = Module::declare(ctx.clone(), "tailwind", script)?.eval()?;
            loaded.finish::<()>()?;
            let create: Function<'_> = module.get("createCompiler")?;
            create.call::<_, Object<'_>>(())
        };
        let compiler = compiler()
            .catch(&ctx)
            .map_err(|error| Failure::Compiler(sentence(&error)))?;
        let styles = || {
            let compile: Function<'_> = compiler.get("compile")?;
            let made: Promise<'_> =
                compile.call((This(compiler.clone()), css, candidates.to_vec()))?;
            made.finish::<String>()
        };
        styles()
            .catch(&ctx)
            .map_err(|error| Failure::Styles(sentence(&error)))
    })
}

fn sentence(error: &CaughtError<'_>) -> String {
    match error {
        CaughtError::Exception(exception) => exception.message().unwrap_or_default(),
        other => other.to_string(),
    }
}
