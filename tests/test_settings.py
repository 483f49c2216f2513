"""Settings come from files and environment, a bad one is named, and the token is never shown."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import settings
from bot.errors import SettingsError, TokenError
from bot.settings import HOME, Settings

SHIPPED = HOME / "config" / "onrecord.toml"


@pytest.fixture
def bare(monkeypatch):
    """No setting in the environment."""
    for section, model in Settings.model_fields.items():
        for key in model.default.model_dump():
            monkeypatch.delenv(f"ONRECORD_{section}__{key}".upper(), raising=False)


@pytest.fixture
def local(bare, tmp_path, monkeypatch):
    """Write the operator's own file."""
    monkeypatch.setattr(settings, "FILES", (SHIPPED, tmp_path / "local.toml"))
    return (tmp_path / "local.toml").write_bytes


def test_the_shipped_file_lists_every_setting_with_its_default(bare, monkeypatch):
    shipped = tomllib.loads(SHIPPED.read_text())
    monkeypatch.setattr(settings, "FILES", ())
    defaults = settings.load()
    assert {section: list(keys) for section, keys in shipped.items()} == {
        section: list(model.default.model_dump()) for section, model in Settings.model_fields.items()
    }
    assert Settings(**shipped) == defaults


def test_the_shipped_file_says_what_each_setting_is_for():
    lines = SHIPPED.read_text().splitlines()
    for number, line in enumerate(lines):
        if "=" in line and not line.startswith("#"):
            assert lines[number - 1].startswith("# "), line


def test_the_example_of_an_environment_lists_every_setting_with_its_default(bare, monkeypatch):
    monkeypatch.setattr(settings, "FILES", ())
    text = (HOME / "config" / "env.example").read_text()
    for section, keys in tomllib.loads(SHIPPED.read_text()).items():
        for key, value in keys.items():
            shown = str(value).lower() if isinstance(value, bool) else value
            assert f"#ONRECORD_{section}__{key}=".upper() + f"{shown}\n" in text


def test_the_environment_beats_the_local_file_which_beats_the_shipped_one(local, monkeypatch, tmp_path):
    local(b'[data]\ndir = "local"\n[seeds]\ndir = "/srv/seeds"\n')
    monkeypatch.setenv("ONRECORD_DATA__DIR", str(tmp_path))
    loaded = settings.load()
    assert loaded.data.dir == tmp_path
    assert str(loaded.seeds.dir) == "/srv/seeds"
    assert loaded.log.level == "info"
    assert loaded.generations == tmp_path / "generations"


def test_a_relative_folder_starts_at_the_checkout_wherever_we_are(bare, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_DATA__DIR", "x/../data")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert settings.load().data.dir == HOME / "data"
    monkeypatch.setenv("ONRECORD_SEEDS__DIR", "~/seeds")
    assert str(settings.load().seeds.dir) == "/home/somebody/seeds"


def test_an_empty_variable_is_as_good_as_none(bare, monkeypatch):
    monkeypatch.setenv("ONRECORD_DATA__DIR", "")
    assert settings.load().data.dir == HOME / "data"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("LOG__LEVEL", "loud", "setting log.level (ONRECORD_LOG__LEVEL): 'loud': Input should be 'debug', 'info',"),
        ("DATA__DRI", "/x", "setting data.dri (ONRECORD_DATA__DRI): there is no such setting"),
        ("DISCORD__REST_URL", "discord.com", "setting discord.rest_url (ONRECORD_DISCORD__REST_URL): 'discord.com': "),
        ("DISCORD__GATEWAY_URL", "https://x", "setting discord.gateway_url (ONRECORD_DISCORD__GATEWAY_URL): "),
        ("DATA__DIR", "~nobody-of-this-name/x", "setting data.dir (ONRECORD_DATA__DIR): '~nobody-of-this-name/x': "),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(bare, monkeypatch, name, value, sentence):
    monkeypatch.setenv(f"ONRECORD_{name}", value)
    with pytest.raises(SettingsError) as refused:
        settings.load()
    assert str(refused.value).startswith(sentence)


def test_every_bad_setting_is_named_at_once(bare, monkeypatch):
    monkeypatch.setenv("ONRECORD_LOG__LEVEL", "loud")
    monkeypatch.setenv("ONRECORD_LOG__FORMAT", "pretty")
    with pytest.raises(SettingsError) as refused:
        settings.load()
    assert str(refused.value).count("\n") == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[data\n", "is not TOML: "),
        (b"[data]\ndir = 7\n", "setting data.dir (ONRECORD_DATA__DIR): 7: "),
        (b"[data]\ncolour = 'red'\n", "setting data.colour (ONRECORD_DATA__COLOUR): there is no such setting"),
        (b"[digset]\n", "setting digset (ONRECORD_DIGSET): there is no such setting"),
        (b"data = 'x'\n", "setting data (ONRECORD_DATA): "),
        (b'[data]\ndir = "\\u0000"\n', "setting data.dir (ONRECORD_DATA__DIR): "),
        (b"\xff", "the settings cannot be read: "),
    ],
)
def test_a_local_file_that_cannot_be_used_is_a_sentence(local, content, sentence):
    local(content)
    with pytest.raises(SettingsError) as refused:
        settings.load()
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_token_put_among_the_settings_is_not_shown(local):
    local(b'[discord]\ntoken = "MTIz.secret"\n')
    with pytest.raises(SettingsError) as refused:
        settings.load()
    assert "secret" not in str(refused.value)


# The token


def test_the_token_comes_from_the_environment_or_from_a_file(tmp_path):
    file = tmp_path / "token"
    file.write_bytes(b"\xef\xbb\xbfMTIz.from-a-file\r\n")
    assert settings.token({"DISCORD_TOKEN": " MTIz.abc\n"}).get_secret_value() == "MTIz.abc"
    assert settings.token({"DISCORD_TOKEN_FILE": str(file)}).get_secret_value() == "MTIz.from-a-file"
    both = {"DISCORD_TOKEN": "MTIz.abc", "DISCORD_TOKEN_FILE": str(file)}
    assert settings.token(both).get_secret_value() == "MTIz.abc"


def test_a_token_does_not_show_itself():
    assert "MTIz" not in repr(settings.token({"DISCORD_TOKEN": "MTIz.abc"}))


@pytest.mark.parametrize("environment", [{}, {"DISCORD_TOKEN": ""}, {"DISCORD_TOKEN": " \n"}])
def test_without_a_token_there_is_advice(environment):
    with pytest.raises(TokenError, match="no token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE"):
        settings.token(environment)


def test_a_token_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    for path in (tmp_path / "nowhere", tmp_path, tmp_path / "binary"):
        with pytest.raises(TokenError, match=r"DISCORD_TOKEN_FILE names .*, which cannot be read"):
            settings.token({"DISCORD_TOKEN_FILE": str(path)})


@given(st.text(min_size=1))
def test_what_cannot_be_a_token_is_refused_without_being_shown(text):
    try:
        token = settings.token({"DISCORD_TOKEN": f"MTIz{text}MTIz"})
    except TokenError as error:
        refusal = str(error)
    else:
        assert token.get_secret_value() == f"MTIz{text}MTIz"
        assert text.isascii()
        refusal = ""
    assert "MTIz" not in refusal
