"""What the command line of `cassette rechunk` asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from cassette_cli.editing.convert import Form
from cassette_cli.errors import CassetteError
from cassette_cli.rechunking.noise import noises
from cassette_cli.rechunking.pieces import KINDS, Kind
from cassette_cli.rechunking.proven import AS_RECORDED, Recipe
from cassette_cli.rechunking.strategies import cut_of, spelled_out, strategy
from cassette_cli.search import STDIN

RANDOM = spelled_out("random")
# What a set of variants begins with where no strategy is named; random pieces by further seeds fill it up.
USUAL = ("whole", "char", "word", "token", "hostile")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be done with which files. Of `recipes` there is one, but for variants; `output` is None for in
    place."""

    paths: tuple[str, ...]
    recipes: tuple[Recipe, ...]
    interactions: tuple[str, ...]
    is_list: bool
    output: str | None
    folder: str | None
    force: bool
    json: bool


def request_of(
    *,
    paths: Sequence[str],
    by: Sequence[str],
    seed: int | None,
    only: Sequence[str],
    interactions: Sequence[str],
    noise: Sequence[str],
    to: str | None,
    lossy: bool,
    is_list: bool,
    output: str | None,
    variants: int | None,
    folder: str | None,
    force: bool,
    json: bool,
) -> Request:
    """The request that options make. Raises CassetteError where they do not go together."""
    _check_form(to, cuts=bool(by or noise or only or variants or seed is not None))
    _check(paths, by, seed, noise, variants, folder, output, to=to, force=force, json=json, is_list=is_list)
    wanted = [part.strip() for each in only for part in each.split(",")]
    if unknown := [each for each in wanted if each not in KINDS]:
        raise CassetteError(f"--only {unknown[0]}: there are {', '.join(KINDS)}")
    asked = noises(noise)
    if bad := [each.spec for each in asked if each.noise.lossy and not lossy]:
        raise CassetteError(f"--noise {', '.join(bad)} changes what the reply says; --lossy allows it")
    by = [spelled_out(each) for each in by]
    recipe = Recipe(
        by=by[0] if by else (AS_RECORDED if seed is None else RANDOM),
        seed=seed or 0,
        kinds=[cast(Kind, each) for each in wanted] or KINDS,
        noise=asked,
        lossy=lossy,
        to=cast(Form | None, to),
    )
    for each in by:
        cut_of(each, recipe.seed)
    recipes = (recipe,) if variants is None else _variants(recipe, by, variants)
    return Request(
        paths=tuple(paths),
        recipes=recipes,
        interactions=tuple(interactions),
        is_list=is_list,
        output=output,
        folder=folder,
        force=force,
        json=json,
    )


def _check_form(to: str | None, *, cuts: bool) -> None:
    if to not in (None, "plain", "stream"):
        raise CassetteError(f"--to {to}: there are plain and stream")
    if to == "plain" and cuts:
        raise CassetteError("--to plain leaves no stream to cut, so it excludes all that says how")


def _check(
    paths: Sequence[str],
    by: Sequence[str],
    seed: int | None,
    noise: Sequence[str],
    variants: int | None,
    folder: str | None,
    output: str | None,
    *,
    to: str | None,
    force: bool,
    json: bool,
    is_list: bool,
) -> None:
    if not to and not by and seed is None and not noise and variants is None:
        raise CassetteError("say what to change: --by STRATEGY, --seed N, --noise NAME, --variants N or --to FORM")
    if len(by) > 1 and variants is None:
        raise CassetteError("--by takes one strategy, or several with --variants")
    if seed is not None and by and not any(strategy(each)[0].draws for each in by):
        raise CassetteError(f"--seed has no effect with --by {by[0]}")
    if (variants is None) != (folder is None):
        raise CassetteError("--variants and --out-dir go together")
    if force and variants is None:
        raise CassetteError("--force has no effect without --variants")
    if output is not None and (len(paths) != 1 or variants is not None or is_list):
        raise CassetteError("-o takes one recording, and neither --variants nor --list")
    if STDIN in paths and (len(paths) > 1 or variants is not None):
        raise CassetteError("- is read alone, and not with --variants")
    if json and not is_list and (output == STDIN or (STDIN in paths and output is None)):
        raise CassetteError("--json and the recording cannot both go to standard output; use -o FILE or --list")


def _variants(recipe: Recipe, by: Sequence[str], count: int) -> tuple[Recipe, ...]:
    """As many recipes as asked for: each strategy once, those that draw numbers by one seed after the other."""
    chosen = by or USUAL
    once = [replace(recipe, by=each) for each in chosen if not strategy(each)[0].draws][:count]
    drawn = [each for each in chosen if strategy(each)[0].draws] or ([] if by else [RANDOM])
    missing = count - len(once)
    if missing and not drawn:
        raise CassetteError(f"{' and '.join(by)} make {len(once)} variants, not {count}; add --by random")
    more = [
        replace(recipe, by=drawn[number % len(drawn)], seed=recipe.seed + number // len(drawn))
        for number in range(missing)
    ]
    return (*once, *more)
