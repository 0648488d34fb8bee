"""The use cases in the shapes of OpenAI's API, for programs that speak only those, and of Open WebUI."""
