"""Writes the safetensors files that SafetensorsTest reads, with nothing but the format's description.

Run it in this folder with any Python 3: python3 golden.py
"""

import json
import struct


def write(path, tensors, metadata=None):
    header, data = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, dtype, shape, values in tensors:
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def pack(code, *values):
    return struct.pack("<%d%s" % (len(values), code), *values)


def bfloat16(*values):
    return b"".join(struct.pack("<f", value)[2:] for value in values)


write(
    "float32.safetensors",
    [
        ("encoder.conv1.weight", "F32", [2, 3], pack("f", 0.0, 1.0, -2.5, 3.4028234663852886e38, 1e-45, 0.1)),
        ("scalar", "F32", [], pack("f", -0.0)),
        ("empty", "F32", [2, 0], b""),
        ("größe", "F32", [1], pack("f", float("inf"))),
    ],
    {"format": "pt", "note": 'quoted "text"'},
)

# As PyTorch writes the state of a module with batch normalization in mixed precision.
write(
    "types.safetensors",
    [
        ("bn.num_batches_tracked", "I64", [], pack("q", 391)),
        ("double", "F64", [3], pack("d", 0.1, -1e300, 2.0)),
        ("half", "F16", [2, 2], pack("e", 0.1, -65504.0, 6e-8, 1.0)),
        ("brain", "BF16", [2], bfloat16(1.0, -0.15625)),
        ("num_batches_tracked", "I64", [1], pack("q", -1)),
    ],
)
