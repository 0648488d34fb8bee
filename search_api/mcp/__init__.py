"""The Model Context Protocol: the use cases as tools, resources and prompts, over HTTP (``/mcp``) and stdio."""
