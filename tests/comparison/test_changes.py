"""The order of classes, and which one a diff takes."""

from handmade import made

from cassette_cli.comparison.changes import Change, FileDiff, InteractionDiff, Part, Verdict, cosmetic, strongest


def test_the_order_of_classes() -> None:
    assert [verdict.word for verdict in sorted(Verdict)] == [
        "identical",
        "cosmetic",
        "usage",
        "wording",
        "request",
        "behaviour",
    ]


def test_the_strongest_counts() -> None:
    weak = cosmetic("reply.id", Part.IDS, "a", "b", "an id")
    usage = Change(where="reply.usage.input_tokens", part=Part.USAGE, verdict=Verdict.USAGE, old=1, new=2)
    one = InteractionDiff(old=made(), new=made(), changes=(weak,))
    two = InteractionDiff(old=made(), new=made(), changes=(weak, usage))

    assert strongest([]) is Verdict.IDENTICAL
    assert (one.verdict, two.verdict) == (Verdict.COSMETIC, Verdict.USAGE)
    assert FileDiff(old="a", new="b", interactions=(one, two)).verdict is Verdict.USAGE
    assert FileDiff(old="a", new="b", interactions=(two,), changes=(weak,)).verdict is Verdict.USAGE
    assert FileDiff(old="a", new="b").verdict is Verdict.IDENTICAL


def test_what_came_or_went_is_behaviour() -> None:
    assert InteractionDiff(old=None, new=made()).verdict is Verdict.BEHAVIOUR
    assert FileDiff(old="a", new=None).verdict is Verdict.BEHAVIOUR
