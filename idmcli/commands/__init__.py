"""One small file per command: options in, a call of the pipeline, one result shown as text or JSON."""
