"""Finding records by meaning (vectors) and by words: embedders, FAISS and tantivy behind small interfaces."""
