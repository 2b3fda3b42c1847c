"""idm: validate, score and classify Indeks Desa Membangun data, from any office's export to a signed decision."""

__version__ = "0.1.0"
