"""What must not be in a snapshot, and keys that it does not know."""

import json

import pytest

from sitegen.errors import Problem, format_problem
from sitegen.parse.comment_checks import check_keys, is_personal_key
from sitegen.parse.comment_findings import Findings

PATH = "x.comments.json"


def find(document: object) -> Findings:
    text = json.dumps(document, indent=1)
    findings = Findings(text, PATH)
    check_keys(json.loads(text), findings)
    return findings


def show(problems: list[Problem]) -> list[str]:
    return [f"{problem.span.line}: {problem.message}" for problem in problems if problem.span]


@pytest.mark.parametrize(
    "key",
    [
        *("email", "Email", "e-mail", "e_mail", "mail", "author_email", "authorEmail", "comment_author_email"),
        *(
            "emailHash",
            "email_md5",
            "userEmail",
            "ip",
            "IP",
            "author_ip",
            "comment_author_IP",
            "ipAddress",
            "IPAddress",
        ),
        *("remote_addr", "remoteaddr", "user_agent", "userAgent", "useragent", "voted_ips", "voters", "gravatar"),
        *("gravatar_hash", "password", "post_password", "phone", "hostname", "authoremail"),
    ],
)
def test_personal_keys(key: str) -> None:
    assert is_personal_key(key)


@pytest.mark.parametrize(
    "key", ["name", "url", "kind", "clip", "zip", "description", "recipe", "source_id", "é", "", "7"]
)
def test_other_keys(key: str) -> None:
    assert not is_personal_key(key)


@pytest.mark.parametrize(
    "document",
    [
        {"email": "ana@news.example"},
        {"snapshot": {"ip": "192.0.2.1"}},
        {"comments": [{"author": {"email": "ana@news.example"}}]},
        {"comments": [{"body": {"meta": [{"user_agent": "Mozilla"}]}}]},
        {"mentions": [{"author": {"mail": "ana@news.example"}}]},
        {"unknown": {"deep": [[{"authorIp": "192.0.2.1"}]]}},
    ],
    ids=json.dumps,
)
def test_personal_data_is_an_error_wherever_it_stands(document: object) -> None:
    findings = find(document)
    (problem,) = findings.problems
    assert problem.message.endswith("is personal data, which must not be in a snapshot")
    assert problem.private
    assert problem.hint == "delete the key, here and in the history of the repository"


@pytest.mark.parametrize("value", [None, "", [], {}])
def test_a_personal_key_without_a_value_is_only_unknown(value: object) -> None:
    findings = find({"comments": [{"author": {"name": "Ana", "email": value}}]})
    assert findings.problems == []
    assert show(findings.warnings) == ["6: unknown key `email`"]


def test_counts_may_have_any_name() -> None:
    findings = find({"snapshot": {"withheld": {"password": 3}}, "comments": [{"reactions": {"mail": 2}}]})
    assert (findings.problems, findings.warnings) == ([], [])


def test_the_line_of_personal_data_is_never_shown() -> None:
    text = '{"comments": [{"author": {"name": "Ana", "email": "ana@news.example"}}]}'
    findings = Findings(text, PATH)
    check_keys(json.loads(text), findings)
    assert format_problem(findings.problems[0], lambda *_: text) == (
        "x.comments.json:1:51: error[comments]: `email` is personal data, which must not be in a snapshot\n"
        "  hint: delete the key, here and in the history of the repository"
    )


def test_unknown_keys_are_told_once_a_kind_with_the_nearest_name() -> None:
    findings = find(
        {
            "schema": "sitegen.comments/1",
            "coments": [],
            "comments": [
                {"id": "a", "publised": "2024", "sentiment": 1, "author": {"nmae": "Ana"}},
                {"id": "b", "publised": "2024", "author": {"name": "Bo"}},
                {"id": "c", "publised": "2024", "votes": {"total": 3}},
            ],
        }
    )
    assert findings.problems == []
    assert [(problem.span.line, problem.message, problem.hint) for problem in findings.warnings if problem.span] == [
        (3, "unknown key `coments`", "did you mean `comments`?"),
        (7, "unknown key `publised`, here and 2 more times", "did you mean `published`?"),
        (8, "unknown key `sentiment`", "`sitegen schema comments` prints what there is"),
        (10, "unknown key `nmae`", "did you mean `name`?"),
        (24, "unknown key `total`", "`sitegen schema comments` prints what there is"),
    ]


@pytest.mark.parametrize("document", [None, 1, "x", [], [[{}]], {"comments": 1}, {"comments": [1, None, ["x"]]}])
def test_other_shapes_have_no_keys_to_speak_of(document: object) -> None:
    findings = find(document)
    assert (findings.problems, findings.warnings) == ([], [])
