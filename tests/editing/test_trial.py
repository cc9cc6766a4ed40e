from edits import sample

from cassette_cli.conversation import Layer
from cassette_cli.editing.trial import Place, Trial, same_value, tried, values_in
from cassette_cli.exchange import exchange


def trial(name: str, index: int = 0) -> Trial:
    return Trial(exchange(sample(name).interactions[index]))


def test_values_are_found_through_texts_in_texts() -> None:
    value = {"a": [1, '{"b": "x"}'], "bytes": "eyJjIjogMn0=", "d": "no json {"}

    assert (("a", 1, Layer.JSON, "b"), "x") in list(values_in(value))
    assert (("bytes", Layer.BASE64, Layer.JSON, "c"), 2) in list(values_in(value))
    assert len(list(values_in(value))) == 10


def test_a_change_is_read_without_being_written() -> None:
    it = trial("go_vcr/openai_chat_sse_add_multiply.yaml", 1)
    place = it.values(["finish_reason"], same_value("stop"))[0]
    reply = it.after([it.set(place, '"length"')])

    assert it.value(place) == "stop"
    assert (it.reply.messages[0].finish_reason, reply.messages[0].finish_reason) == ("stop", "length")


def test_places_that_decide_are_told_from_those_that_do_not() -> None:
    it = trial("vcrpy/openai_responses_sse_add_multiply.yaml")
    name = next(part.name for part in it.reply.messages[0].parts if getattr(part, "name", None))  # type: ignore[union-attr]
    found = tried(it, it.values(["name"], same_value(name)), '"x"', lambda reply: reply.messages != it.reply.messages)

    assert found.deciding
    assert found.idle
    assert all(isinstance(place, Place) for place in found.idle)


def test_true_is_not_one() -> None:
    assert not same_value(1)(True)
    assert same_value(1)(1)
