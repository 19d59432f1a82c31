"""The web alone."""

import argparse

from pupitre.config.commands.migrate import prepare


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default %(default)s)")


def run(args: argparse.Namespace) -> int:
    prepare()
    serve(args.host, args.port)
    return 0


def serve(host: str, port: int) -> None:
    """Answer until stopped."""
    import uvicorn

    uvicorn.run(
        "pupitre.config.asgi:application", host=host, port=port, log_level="warning", server_header=False,
        lifespan="off", proxy_headers=True, timeout_graceful_shutdown=5,
    )  # fmt: skip
