"""A bucket of the S3 family, through its own library: put, get, remove. Named by `PUPITRE_S3_URL`."""

from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings


def named(url: str) -> tuple[dict[str, str], str, str]:
    """(options of the client, bucket, prefix) of s3://key:secret@host:port/bucket/prefix?region=…&tls=no."""
    parts = urlsplit(url)
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    bucket, _slash, prefix = parts.path.strip("/").partition("/")
    scheme = "http" if options.get("tls") == "no" else "https"
    port = f":{parts.port}" if parts.port else ""
    client = {
        "endpoint_url": f"{scheme}://{parts.hostname}{port}", "region_name": options.get("region", "us-east-1"),
        "aws_access_key_id": unquote(parts.username or ""), "aws_secret_access_key": unquote(parts.password or ""),
    }  # fmt: skip
    return client, bucket, f"{prefix}/" if prefix else ""


@cache
def _client(url: str) -> tuple[Any, str, str]:
    import boto3  # heavy, and only for those who have a bucket
    from botocore.config import Config

    options, bucket, prefix = named(url)
    patience = Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 3, "mode": "standard"},
                      s3={"addressing_style": "path"})  # fmt: skip
    return boto3.client("s3", config=patience, **options), bucket, prefix


def put(path: str, data: bytes, mime: str) -> None:
    client, bucket, prefix = _client(settings.S3_URL)
    client.put_object(Bucket=bucket, Key=prefix + path, Body=data, ContentType=mime)


def get(path: str) -> bytes | None:
    """The bytes, or None when the bucket has no such file. Any other trouble is raised."""
    from botocore.exceptions import ClientError

    client, bucket, prefix = _client(settings.S3_URL)
    try:
        found: bytes = client.get_object(Bucket=bucket, Key=prefix + path)["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] in {"NoSuchKey", "404"}:
            return None
        raise
    return found


def remove(path: str) -> None:
    client, bucket, prefix = _client(settings.S3_URL)
    client.delete_object(Bucket=bucket, Key=prefix + path)
