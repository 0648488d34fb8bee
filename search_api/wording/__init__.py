"""Answers worded by a language model that can select and phrase, and nothing else: each sentence is checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from search_api.chat.writing import Writer
    from search_api.service import Service


def open_writer(service: Service) -> Writer:
    """The writer that the settings ask for: a model, or none. Raises ModelError where its package is missing."""
    from search_api.chat.writing import Extractive

    if service.settings.llm_url is None:
        return Extractive()
    from search_api.wording.checking import Checker
    from search_api.wording.endpoint import Endpoint
    from search_api.wording.model_writer import ModelWriter
    from search_api.wording.names import places_of

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        # Asked for here and not before, so that the model is opened only when it is needed.
        return service.embedder.embed(texts)

    checker = Checker(lambda text: places_of(service.lexicon, text), embed)
    return ModelWriter(Endpoint(service.settings), checker)
