"""Writes images.json (PNG images of every colour type, depth, filter and interlacing with the pixels they show) and
numpy.json (arrays as numpy saves them). Needs numpy and Pillow: python3 make_arrays.py"""
import base64, io, json, struct, zlib
import numpy as np
from PIL import Image

rng = np.random.default_rng(5)
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def pack(row, depth):
    if depth == 16:
        return row.astype(">u2").tobytes()
    if depth == 8:
        return row.astype("u1").tobytes()
    bits = "".join(format(int(v), f"0{depth}b") for v in row)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def filtered(line, above, back, kind):
    out = bytearray([kind])
    for i, x in enumerate(line):
        a = line[i - back] if i >= back else 0
        b = above[i]
        c = above[i - back] if i >= back else 0
        out.append((x - [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]) % 256)
    return bytes(out)


def png(values, color, depth, interlaced=False, palette=None, transparency=None):
    height, width = values.shape[:2]
    values = values.reshape(height, width, SAMPLES[color])
    raw, kind = b"", 0
    back = max(1, SAMPLES[color] * depth // 8)
    for x, y, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        part = values[y::dy, x::dx]
        if part.size == 0:
            continue
        above = None
        for row in part:
            line = pack(row.reshape(-1), depth)
            raw += filtered(line, above or bytes(len(line)), back, kind % 5)
            above, kind = line, kind + 1
    data = zlib.compress(raw)
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced)))
    if palette is not None:
        out += chunk(b"PLTE", palette.astype("u1").tobytes())
    if transparency is not None:
        out += chunk(b"tRNS", transparency)
    half = len(data) // 2
    return out + chunk(b"tEXt", b"Title\0a fixture") + chunk(b"IDAT", data[:half]) + chunk(b"IDAT", data[half:]) + chunk(b"IEND", b"")


def case(name, file, pixels, modes=None):
    if modes is not None:
        seen = np.asarray(Image.open(io.BytesIO(file)).convert(modes)).reshape(pixels.shape)
        assert np.allclose(seen, pixels), name
    return {"name": name, "file": base64.b64encode(file).decode(), "sizes": list(pixels.shape), "pixels": [round(float(v), 5) for v in pixels.ravel()]}


images = []
for interlaced in (False, True):
    suffix = " interlaced" if interlaced else ""
    for depth in (1, 2, 4, 8, 16):
        values = rng.integers(0, 2 ** depth, (11, 9))
        pixels = values[..., None] * (255 / (2 ** depth - 1))
        images.append(case(f"gray {depth}{suffix}", png(values, 0, depth, interlaced), pixels, "L" if depth in (1, 8) else None))
    for depth in (1, 2, 4, 8):
        palette = rng.integers(0, 256, (2 ** depth, 3))
        values = rng.integers(0, 2 ** depth, (11, 9))
        images.append(case(f"palette {depth}{suffix}", png(values, 3, depth, interlaced, palette), palette[values], "RGB"))
    for color, mode, name in ((2, "RGB", "rgb"), (4, "LA", "gray alpha"), (6, "RGBA", "rgb alpha")):
        for depth in (8, 16):
            values = rng.integers(0, 2 ** depth, (6, 5, SAMPLES[color]))
            images.append(case(f"{name} {depth}{suffix}", png(values, color, depth, interlaced), values * (255 / (2 ** depth - 1)), mode if depth == 8 else None))

palette = rng.integers(0, 256, (4, 3))
values = rng.integers(0, 4, (3, 4))
alpha = np.array([0, 100, 255, 255])
images.append(case("palette with alpha", png(values, 3, 2, palette=palette, transparency=bytes([0, 100])), np.concatenate([palette[values], alpha[values][..., None]], -1), "RGBA"))
values = rng.integers(0, 4, (3, 4))
images.append(case("gray with a transparent value", png(values, 0, 2, transparency=struct.pack(">H", 2)), np.stack([values * 85, np.where(values == 2, 0, 255)], -1)))
photo = np.clip(np.add.outer(np.arange(20) * 9, np.arange(30) * 3)[..., None] + np.array([0, 20, 40]), 0, 255).astype("u1")
buffer = io.BytesIO()
Image.fromarray(photo).save(buffer, "png", optimize=True)
images.append(case("rgb as another program writes it", buffer.getvalue(), photo, "RGB"))
json.dump(images, open("images.json", "w"), indent=0)

arrays = []
for order in "CF":
    for dtype in ("<f8", ">f8", "<f4", ">f4", "<f2", "<i8", ">i8", "<i4", ">i2", "|i1", "|u1", "<u2", ">u4", "|b1"):
        kind = np.dtype(dtype).kind
        values = rng.integers(0, 2, (3, 4, 2)) if kind == "b" else rng.integers(0 if kind == "u" else -100, 100, (3, 4, 2)) * (1 if kind in "iu" else 0.25)
        array = np.array(values.astype(dtype), order=order)
        buffer = io.BytesIO()
        np.save(buffer, array)
        arrays.append({"name": f"{dtype} {order}", "file": base64.b64encode(buffer.getvalue()).decode(), "sizes": list(array.shape), "values": [float(v) for v in array.ravel()]})
buffer = io.BytesIO()
np.savez_compressed(buffer, X=np.arange(24, dtype="f4").reshape(2, 4, 3), y=np.array(["walk", "run"]), age=np.array([31, 42]))
arrays.append({"name": "npz", "file": base64.b64encode(buffer.getvalue()).decode(), "sizes": [], "values": []})
json.dump(arrays, open("numpy.json", "w"), indent=0)
