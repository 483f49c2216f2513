"""What is imported when: spaCy takes a second, and its command line a third of that."""

import subprocess
import sys

import pytest


def says(script: str) -> str:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.parametrize("module", ["bot.drafting.verbs", "bot.drafting.reviewing.review"])
def test_a_review_imports_no_grammar(module):
    assert says(f"import sys, {module}; print('spacy' in sys.modules)") == "False\n"


def test_the_command_line_of_the_grammar_comes_when_it_is_asked_for():
    script = (
        "import sys\n"
        "from bot.drafting import nlp\n"
        "print('spacy.cli' in sys.modules, 'typer' in sys.modules)\n"
        "import spacy\n"
        "print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)\n"
    )
    assert says(script) == "False False\nTrue\n"
