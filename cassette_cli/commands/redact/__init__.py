"""`cassette redact`: no secret reaches a commit, and nothing else changes."""

from cassette_cli.commands.base import command_app, examples, finish
from cassette_cli.commands.parallel import Jobs
from cassette_cli.commands.redact import options
from cassette_cli.commands.redact.modes import Run
from cassette_cli.commands.redact.request import Mode, Request, chosen

app = command_app()


@app.command(
    epilog=examples(
        ("cassette redact tests/", "put placeholders in the place of secrets"),
        ("cassette redact --check tests/", "find them only"),
        ("cassette redact --diff a.yaml", "what would change"),
        ("cassette redact --class all a.yaml", "persons, accounts and noise too"),
        ("cassette redact --staged --check", "what git would commit"),
        ("cassette redact - <a.yaml >b.yaml", "from standard input to standard output"),
        ("cassette redact --update-baseline --baseline known.json tests/", "let through what is there now"),
    )
)
def redact(
    paths: options.Paths = None,
    check: options.Check = False,
    diff: options.Diff = False,
    audit: options.Audit = False,
    staged: options.Staged = False,
    output: options.Output = None,
    category: options.Class = None,
    rule: options.Rule = None,
    no_rule: options.NoRule = None,
    placeholder_style: options.PlaceholderStyle = None,
    format_: options.Format = "text",
    baseline: options.Baseline = None,
    update_baseline: options.UpdateBaseline = False,
    skip_others: options.SkipOthers = False,
    stdin_filename: options.StdinFilename = None,
    jobs: Jobs = 0,
) -> None:
    """Put placeholders in the place of the secrets in recordings.

    Files are changed where they are, and only the characters concerned. The same secret gets the same placeholder in
    all files of a run. Findings name a place, a rule and a fingerprint, never the secret.
    """
    mode = chosen(
        {
            Mode.CHECK: check,
            Mode.DIFF: diff,
            Mode.AUDIT: audit,
            Mode.UPDATE_BASELINE: update_baseline,
            Mode.OUTPUT: output is not None,
        },
        paths or (),
        staged=staged,
    )
    run = Run(
        Request(
            mode=mode,
            paths=tuple(paths or ()),
            staged=staged,
            output=output,
            overrides=options.overrides(category, rule, no_rule, placeholder_style, baseline),
            format=options.format_of(format_),
            skip_others=skip_others,
            stdin_filename=stdin_filename,
            jobs=jobs,
        )
    )
    run.go()
    finish(run.errors, found=run.open)
