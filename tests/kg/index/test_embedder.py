"""One contract for both backends, and what only one of them promises."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kg.errors import ModelError
from kg.index.embedder import Embedder, open_embedder
from kg.index.model_folder import locate
from kg.settings import Settings

TEXTS = [
    "Ports need pilots.",
    "",
    " ",
    "Owners should insure every boat, old or new, before the season begins. " * 40,
    "港口缺少受过训练的引航员",
    "Порты нуждаются в лоцманах",
    "naïve Überprüfung der Häfen",
    "x",
]


@pytest.fixture(scope="module", params=["onnx", "sentence-transformers"])
def backend(request: pytest.FixtureRequest, exported_models: Path) -> Embedder:
    return open_embedder(Settings(data=exported_models.parent, embedder_backend=request.param))


def test_vectors_are_unit_float32_rows_in_order(backend: Embedder) -> None:
    vectors = backend.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), backend.dimension) == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(backend.embed(TEXTS[::-1])[::-1], vectors, atol=1e-5)


def test_no_texts_give_an_empty_matrix(backend: Embedder) -> None:
    assert backend.embed([]).shape == (0, 384)


def test_meaning_is_near(backend: Embedder) -> None:
    query, near, far = backend.embed(["lack of skilled workers", "shortage of qualified staff", "rainfall in spring"])
    assert query @ near > query @ far + 0.2


def test_same_text_same_bytes(backend: Embedder) -> None:
    assert backend.embed(TEXTS).tobytes() == backend.embed(TEXTS).tobytes()


def test_backends_give_the_same_vectors_and_fingerprint(exported_models: Path) -> None:
    onnx, torch = (
        open_embedder(Settings(data=exported_models.parent, embedder_backend=name))
        for name in ("onnx", "sentence-transformers")
    )
    assert onnx.fingerprint == torch.fingerprint
    cosines = (onnx.embed(TEXTS) * torch.embed(TEXTS)).sum(axis=1)
    assert cosines.min() >= 0.999


def test_onnx_vector_does_not_depend_on_its_company(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS)
    alone = np.vstack([embedder.embed([text]) for text in TEXTS])
    assert together.tobytes() == alone.tobytes()


def test_text_beyond_256_tokens_is_cut(embedder: Embedder) -> None:
    long, longer = embedder.embed(["boat " * 300, "boat " * 900])
    assert long.tobytes() == longer.tobytes()
    within, more = embedder.embed(["boat " * 129, "boat " * 254])
    assert within.tobytes() != more.tobytes()


def test_query_path_imports_no_torch(exported_models: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.settings import Settings\n"
        "from kg.index.embedder import open_embedder\n"
        f"open_embedder(Settings(data=Path({str(exported_models.parent)!r}))).embed(['a boat'])\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'spacy', 'rdflib', 'onnx'} & sys.modules.keys()\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_model_that_is_nowhere_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="POLICYWEAVE_EMBEDDER"):
        open_embedder(Settings(data=tmp_path, embedder="nobody/has-this-model"))
    with pytest.raises(ModelError, match="pip install no-such-package"):
        open_embedder(Settings(data=tmp_path, embedder="no_such_package", embedder_backend="onnx"))


def test_a_damaged_export_is_refused_with_advice(tmp_path: Path, exported_models: Path) -> None:
    (folder,) = [path for path in exported_models.iterdir() if path.is_dir()]
    copy = tmp_path / "models" / folder.name
    copy.mkdir(parents=True)
    for name in ("meta.json", "tokenizer.json"):
        shutil.copy(folder / name, copy)
    (copy / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"damaged.*policyweave ingest"):
        open_embedder(Settings(data=tmp_path))


def test_a_moved_model_is_known_by_its_content(tmp_path: Path, exported_models: Path, embedder: Embedder) -> None:
    default = locate(Settings.model_fields["embedder"].default)
    assert default is not None
    assert default.packaged
    shutil.copytree(default.path, tmp_path / "elsewhere", symlinks=True)
    moved = Settings(data=exported_models.parent, embedder=str(tmp_path / "elsewhere"), embedder_backend="onnx")
    meta = next(exported_models.glob("*/meta.json"))
    before = meta.read_bytes()
    try:
        assert open_embedder(moved).fingerprint == embedder.fingerprint
    finally:
        meta.write_bytes(before)


def test_other_weights_have_another_fingerprint(tmp_path: Path) -> None:
    for name, weights in (("a", b"1"), ("b", b"2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text("{}")
        (tmp_path / name / "model.safetensors").write_bytes(weights)
    first, second = locate(str(tmp_path / "a")), locate(str(tmp_path / "b"))
    assert first is not None
    assert second is not None
    assert first.fingerprint() != second.fingerprint()
    assert first.stamp() == first.stamp()
