"""What all tests share: the embedder and a knowledge base of the built-in corpus, made once for the whole run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.progress import silent
from ingest.run import run
from kg.index.embedder import Embedder, open_embedder
from kg.resources import corpus_folder
from kg.settings import Settings


@pytest.fixture(scope="session")
def exported_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ``models`` folder that holds the default embedder; link it into a data folder to save an export."""
    data = tmp_path_factory.mktemp("exported")
    open_embedder(Settings(data=data))
    return data / "models"


@pytest.fixture
def data(tmp_path: Path, exported_models: Path) -> Path:
    """An empty data folder that has the embedder."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "models").symlink_to(exported_models)
    return folder


@pytest.fixture(scope="session")
def embedder(exported_models: Path) -> Embedder:
    """The default embedder."""
    return open_embedder(Settings(data=exported_models.parent))


@pytest.fixture(scope="session")
def corpus_settings(tmp_path_factory: pytest.TempPathFactory, exported_models: Path) -> Settings:
    """Settings of a knowledge base of the built-in corpus, built once for the whole run."""
    data = tmp_path_factory.mktemp("corpus") / "data"
    data.mkdir()
    (data / "models").symlink_to(exported_models)
    settings = Settings(data=data)
    run([corpus_folder()], settings, silent)
    return settings


@pytest.fixture
def settings_for() -> Callable[..., Settings]:
    """Function of a data folder and other settings to Settings that the environment does not touch."""

    def make(folder: Path, **others: object) -> Settings:
        return Settings.model_validate({**Settings.model_construct().model_dump(), "data": folder, **others})

    return make
