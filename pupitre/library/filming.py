"""Films with PyAV: what one holds, its first picture, and the version that every network takes.

The reader is told which container to expect and may open nothing but the file itself: a film that points elsewhere
is no film.
"""

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.library.rules.films import MAX_PIXELS, MAX_SECONDS, Film

N_ = str
READERS = {"video/mp4": "mov", "video/quicktime": "mov", "video/webm": "matroska"}
SAFE = {"protocol_whitelist": "file", "enable_drefs": "0"}
LONGEST_EDGE = 1920
POSTER_AT = 1.0  # seconds; the very first picture is often black
BITS = 6_000_000  # a second, at most
SOUND_BITS = 128_000
RATE = 30
FRAMES: Any = av.VideoFrame  # its makers are not typed


def opened(path: Path, mime: str) -> Any:
    """The file as one container of the kind its first bytes say. Raises Refusal."""
    try:
        return av.open(str(path), format=READERS[mime], options=SAFE)
    except (FFmpegError, OSError, ValueError):
        raise refused(N_("This is not an MP4, MOV or WebM film that can be read.")) from None


def examined(path: Path, mime: str) -> Film:
    """What the film holds. Raises Refusal for what cannot be shown, is too long or too large."""
    with opened(path, mime) as film:
        pictures, sounds = film.streams.video, film.streams.audio
        if not pictures:
            raise refused(N_("This film holds no picture."))
        codec = pictures[0].codec_context
        seconds = float(film.duration or 0) / 1_000_000
        if not 0 < codec.width * codec.height <= MAX_PIXELS:
            raise refused(N_("This film has too many pixels: 4K at most."))
        if not 0 < seconds <= MAX_SECONDS:
            raise refused(N_("This film lasts too long, or does not say how long: one hour at most."))
        try:
            first = next(film.decode(pictures[0]))
        except (FFmpegError, StopIteration):
            raise refused(N_("This is not an MP4, MOV or WebM film that can be read.")) from None
        width, height = (first.width, first.height) if first.rotation % 180 == 0 else (first.height, first.width)
        sound = sounds[0].codec_context.name if sounds else ""
        other = len(film.streams) > len(pictures[:1]) + len(sounds[:1])
        return Film(seconds, width, height, codec.name, sound, other)


def poster(path: Path, mime: str) -> bytes:
    """The picture one second in, as a JPEG, upright."""
    with opened(path, mime) as film:
        shown = None
        for frame in film.decode(film.streams.video[0]):
            shown = frame
            if frame.time is None or frame.time >= POSTER_AT:
                break
        assert shown is not None
        image, made = shown.to_image(), io.BytesIO()
        if shown.rotation % 360:
            image = image.rotate(shown.rotation, expand=True)
        image.save(made, "JPEG", quality=85)
        return made.getvalue()


def plain_version(path: Path, mime: str, target: Path, *, most_bytes: int, told: Callable[[int], None]) -> None:
    """Write the film as H.264 and AAC in MP4, at most 1920 pixels and `most_bytes`, without a word about its place.

    `told` is called with the percentage done.
    """
    with opened(path, mime) as film, av.open(str(target), "w", format="mp4", options={"movflags": "faststart"}) as out:
        picture, sound = film.streams.video[0], next(iter(film.streams.audio), None)
        seconds = float(film.duration or 0) / 1_000_000 or 1.0
        first = next(film.decode(picture))
        film.seek(0)
        turned = first.rotation % 360
        heard = out.add_stream("aac", rate=48_000, bit_rate=SOUND_BITS, layout="stereo") if sound else None
        resampler = av.AudioResampler("fltp", "stereo", 48_000) if sound else None
        bits = int(min(BITS, max(60_000, most_bytes * 8 * 0.85 / seconds - SOUND_BITS)))
        made = _picture_stream(out, first, turned, bits)
        last, percent = -1, -1
        for packet in film.demux([one for one in (picture, sound) if one is not None]):
            for frame in packet.decode():
                if packet.stream is picture:
                    rank = round((frame.time or 0) * RATE)
                    if rank <= last:  # more pictures a second than are kept
                        continue
                    last = rank
                    out.mux(made.encode(_upright(frame, made, turned, rank)))
                    done = min(99, int(100 * (frame.time or 0) / seconds))
                    if done != percent:
                        percent = done
                        told(done)
                elif heard is not None and resampler is not None:
                    for piece in resampler.resample(frame):
                        out.mux(heard.encode(piece))
        for stream in (made, heard):
            if stream is not None:
                out.mux(stream.encode(None))


def _picture_stream(out: Any, frame: Any, turned: int, bits: int) -> Any:
    width, height = (frame.width, frame.height) if turned % 180 == 0 else (frame.height, frame.width)
    scale = min(1.0, LONGEST_EDGE / max(width, height))
    made = out.add_stream("libx264", rate=RATE, bit_rate=bits, pix_fmt="yuv420p", options={"preset": "veryfast"})
    made.width, made.height = (max(2, int(edge * scale) // 2 * 2) for edge in (width, height))
    made.codec_context.time_base = Fraction(1, RATE)
    return made


def _upright(frame: Any, made: Any, turned: int, rank: int) -> Any:
    if turned:
        image = frame.to_image().rotate(turned, expand=True)
        frame = FRAMES.from_image(image)
    ready = frame.reformat(width=made.width, height=made.height, format="yuv420p")
    ready.pts, ready.time_base = rank, Fraction(1, RATE)
    return ready


def refused(text: str) -> Refusal:
    return Refusal(text, [Fault("file", text)])
