"""What an operator may change: ``config/onrecord.toml``, ``config/local.toml``, then ``ONRECORD_<SECTION>__<KEY>``.

The token is no setting: it comes from ``DISCORD_TOKEN`` or from the file that ``DISCORD_TOKEN_FILE`` names.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.errors import SettingsError, TokenError

HOME: Final = Path(__file__).resolve().parent.parent
"""The checkout. A relative path in a setting starts here, wherever the command is called from."""

FILES: Final = (HOME / "config" / "onrecord.toml", HOME / "config" / "local.toml")


def _from_home(path: Path) -> Path:
    try:
        return (HOME / path.expanduser()).resolve()
    except (RuntimeError, OSError) as error:  # no such user, or links that go round in a circle
        raise ValueError(str(error)) from None


Folder = Annotated[Path, AfterValidator(_from_home)]


def _listed(value: Any) -> Any:
    """A list as a file has it; in the environment its entries may stand with commas between them, or as JSON."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        return json.loads(value)
    return [entry.strip() for entry in value.split(",") if entry.strip()]


Guilds = Annotated[tuple[Annotated[int, Field(gt=0)], ...], NoDecode, BeforeValidator(_listed)]
Name = Annotated[str, BeforeValidator(str), Field(min_length=1)]
Names = Annotated[tuple[Name, ...], NoDecode, BeforeValidator(_listed)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class Discord(_Section):
    """Where Discord is: its own addresses, a rate-limit proxy's, or a double's."""

    rest_url: str = Field(default="https://discord.com/api/v10", pattern=r"^https?://\S+[^/\s]$")
    gateway_url: str = Field(default="wss://gateway.discord.gg/", pattern=r"^wss?://\S+$")


class Data(_Section):
    """What the bot writes."""

    dir: Folder = Folder("data")
    keep: int = Field(default=3, ge=2, le=100)


class Seeds(_Section):
    """What the collection is compiled from."""

    dir: Folder = Folder("seeds")


class Drafts(_Section):
    """What waits for a curator's review."""

    dir: Folder = Folder("drafts")


class Corrections(_Section):
    """What may replace what has been shown."""

    required: bool = True


class Moderation(_Section):
    """Who may reload the collection from the chat, and how often."""

    home_guilds: Guilds = ()
    roles: Names = ()
    cooldown: int = Field(default=5, ge=0, le=86_400)
    confirm_within: int = Field(default=300, ge=10, le=840)


class Digest(_Section):
    """The daily posts."""

    max_channels: int = Field(default=10, ge=1, le=1000)


class Log(_Section):
    """What is written to stdout."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "json", "console"] = "auto"


class Settings(BaseSettings):
    """Every setting, read once."""

    model_config = SettingsConfigDict(
        env_prefix="ONRECORD_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    discord: Discord = Discord()
    data: Data = Data()
    seeds: Seeds = Seeds()
    drafts: Drafts = Drafts()
    corrections: Corrections = Corrections()
    moderation: Moderation = Moderation()
    digest: Digest = Digest()
    log: Log = Log()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in code, then the environment, then the files; the later file overrides the earlier."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, list(FILES))

    @property
    def generations(self) -> Path:
        """Where generations are published."""
        return self.data.dir / "generations"

    @property
    def state_file(self) -> Path:
        """What the bot must not forget."""
        return self.data.dir / "state.db"


def load(**overrides: Any) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: naming each setting that cannot be used.
    """
    try:
        return Settings(**overrides)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"config/onrecord.toml or config/local.toml is not TOML: {error}") from None
    except ValidationError as error:
        raise SettingsError("\n".join(map(_sentence, error.errors(include_url=False)))) from None
    except OSError as error:
        raise SettingsError(f"the settings cannot be read: {error.strerror}: {error.filename}") from None
    except ValueError as error:
        raise SettingsError(f"the settings cannot be read: {error}") from None


def _sentence(detail: Any) -> str:
    name = ".".join(map(str, detail["loc"]))
    variable = "ONRECORD_" + "__".join(map(str, detail["loc"])).upper()
    what = (
        "there is no such setting" if detail["type"] == "extra_forbidden" else f"{detail['input']!r}: {detail['msg']}"
    )
    return f"setting {name} ({variable}): {what}"


def token(environment: Mapping[str, str] = os.environ) -> SecretStr:
    """The bot's token.

    Raises:
        TokenError: where there is none, or what is there cannot be a token. Never with its text.
    """
    file = environment.get("DISCORD_TOKEN_FILE")
    text = environment.get("DISCORD_TOKEN", "")
    if not text and file:
        try:
            text = Path(file).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise TokenError(f"DISCORD_TOKEN_FILE names {file}, which cannot be read") from None
    text = text.strip()
    if not text:
        raise TokenError(
            "no token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it "
            "(`onrecord try` needs none and shows the bot in your browser)"
        )
    if not all("!" <= char <= "~" for char in text):
        raise TokenError("the token has white space or letters inside that no token has; copy it again from the portal")
    return SecretStr(text)
