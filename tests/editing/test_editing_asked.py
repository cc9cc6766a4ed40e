import pytest

from cassette_cli.commands.edit.asking import Given, asked
from cassette_cli.editing.asked import AddToolCall, Asked, SetArgument, SetHeader, SetText, SetToolName, SetUsage
from cassette_cli.errors import CassetteError

NOTHING = Given(0, None, None, (), (), (), None, (), None, (), ())


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (NOTHING, []),
        (NOTHING._replace(text="", message=1), [SetText("text", "", 1)]),
        (NOTHING._replace(tool_args=["add.a=3"]), [SetArgument("add", ("a",), "3")]),
        (NOTHING._replace(tool_args=["0.l[1].x=a=b"]), [SetArgument("0", ("l", 1, "x"), '"a=b"')]),
        (NOTHING._replace(tool_args=['add={"a": 1}']), [SetArgument("add", (), '{"a": 1}')]),
        (NOTHING._replace(tool_names=["add=sum", "other"]), [SetToolName("add", "sum"), SetToolName(None, "other")]),
        (NOTHING._replace(new_calls=['f={"a": 1}', "g"]), [AddToolCall("f", '{"a": 1}'), AddToolCall("g", "{}")]),
        (NOTHING._replace(usages=["cost=1e-5"]), [SetUsage("cost", "1e-5")]),
        (NOTHING._replace(headers=["a=b=c"], no_headers=["d"]), [SetHeader("a", "b=c"), SetHeader("d", None)]),
    ],
)
def test_options_say_what_is_asked_for(given: Given, meant: list[Asked]) -> None:
    assert asked(given) == meant


@pytest.mark.parametrize(
    "given",
    [
        NOTHING._replace(tool_args=["add.a"]),
        NOTHING._replace(usages=["cost=much"]),
        NOTHING._replace(usages=["5"]),
        NOTHING._replace(headers=["a"]),
        NOTHING._replace(new_calls=["={}"]),
    ],
)
def test_options_that_say_nothing_are_refused(given: Given) -> None:
    with pytest.raises(CassetteError, match="takes"):
        asked(given)
