"""What all tests share: the embedder and a knowledge base of the built-in corpus, made once for the whole run."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import hypothesis
import pytest

from ingest.progress import silent
from ingest.run import run
from kg.index.embedder import Embedder, open_embedder
from kg.resources import corpus_folder
from kg.settings import Settings

# Examples are about results; how long one of them takes on a shared machine proves nothing.
hypothesis.settings.register_profile("policyweave", deadline=None)
hypothesis.settings.load_profile("policyweave")


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


VIRTUOSO = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
"""


@pytest.fixture(scope="session")
def graph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], dict[str, object]]]:
    """Function of a kind of server to the settings that name one, started when first asked for.

    Kinds are oxigraph, virtuoso, and virtuoso-cutting, which gives 20 rows of a result at most.
    """
    with ExitStack() as running:
        known: dict[str, dict[str, object]] = {}

        def settings(kind: str) -> dict[str, object]:
            if kind not in known:
                folder = tmp_path_factory.mktemp(kind)
                more = "[SPARQL]\nResultSetMaxRows = 20\n" if kind == "virtuoso-cutting" else ""
                started = _oxigraph(folder) if kind == "oxigraph" else _virtuoso(folder, more)
                known[kind] = running.enter_context(started)
            return known[kind]

        yield settings


@contextmanager
def _oxigraph(folder: Path) -> Iterator[dict[str, object]]:
    try:
        files = distribution("oxigraph").files or []
    except PackageNotFoundError:
        pytest.skip("the server of the package 'oxigraph' is not installed")
    program = next(str(file.locate()) for file in files if file.stem == "oxigraph" and file.parent.name == "bin")
    port = _free_port()
    with _started([program, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"], port, folder):
        url = f"http://127.0.0.1:{port}"
        yield {"graph_url": f"{url}/query", "graph_update_url": f"{url}/update"}


@contextmanager
def _virtuoso(folder: Path, more: str) -> Iterator[dict[str, object]]:
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is not installed (Debian's package virtuoso-opensource)")
    port = _free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(folder=folder, sql=_free_port(), http=port) + more)
    with _started([program, "+foreground", "+configfile", str(folder / "virtuoso.ini")], port, folder):
        url = f"http://127.0.0.1:{port}"
        login = {"graph_user": "dba", "graph_password": "dba"}
        yield {"graph_url": f"{url}/sparql", "graph_update_url": f"{url}/sparql-auth", **login}


@contextmanager
def _started(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    """A server process that listens on a port of loopback until the block ends."""
    with (folder / "output").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as server:
        try:
            for _ in range(600):
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert server.poll() is None, (folder / "output").read_text()
                    time.sleep(0.1)
            yield
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
