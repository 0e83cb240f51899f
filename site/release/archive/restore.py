#!/usr/bin/env python3
"""Takes a release out of this archive, with nothing but Python 3.6 or newer.

    python3 restore.py                   lists the releases
    python3 restore.py 2025-03 OUT       writes the site of release 2025-03 into OUT/site, its data into OUT/data,
                                         and the lists of both beside them: OUT/site.jsonl, OUT/data.jsonl

OUT must be new or empty. Every file is checked against the list of its release,
and the lists against the manifest. README.txt describes the format, so that this can be done without
this program too. What was redacted (redactions/ says when and why) is named and
left out.
"""
import hashlib, json, os, sys, tarfile, gzip

HERE = os.path.dirname(os.path.abspath(__file__))


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def releases():
    """All manifests, oldest first: each names the one before it by its digest."""
    found = {}
    folder = os.path.join(HERE, "releases")
    for name in os.listdir(folder):
        path = os.path.join(folder, name, "manifest.json")
        if os.path.isfile(path):
            with open(path, "rb") as f:
                data = f.read()
            manifest = json.loads(data.decode("utf-8"))
            manifest["digest"] = sha256(data)
            before = manifest["previous"]["manifest_sha256"] if manifest["previous"] else ""
            found[before] = manifest
    chain, at = [], ""
    while at in found:
        chain.append(found[at])
        at = found[at]["digest"]
    return chain


def redactions():
    """What was taken out for good: by the digest of the content, the day and the reason."""
    found = {}
    folder = os.path.join(HERE, "redactions")
    if os.path.isdir(folder):
        for name in os.listdir(folder):
            path = os.path.join(folder, name, "redaction.json")
            if os.path.isfile(path):
                with open(path, "rb") as f:
                    r = json.loads(f.read().decode("utf-8"))
                found[r["sha256"]] = (r["time"][:10], r["reason"])
    return found


def patch(old, diff):
    """Applies a VCDIFF (RFC 3284) of the plain kind that this archive uses."""
    at = 5  # behind the magic bytes and the header indicator

    def byte():
        nonlocal at
        at += 1
        return diff[at - 1]

    def number():
        n = 0
        while True:
            b = byte()
            n = n << 7 | b & 127
            if b < 128:
                return n

    if diff[:5] != b"\xd6\xc3\xc4\x00\x00":
        raise ValueError("this is no VCDIFF")
    out = bytearray()
    while at < len(diff):
        if byte() == 1:  # the window copies from the old file: its size and where it starts
            number(), number()
        number()  # length of the rest of the window
        number()  # size of what it makes
        byte()  # nothing is compressed
        lengths = [number(), number(), number()]
        sections = []
        for n in lengths:
            sections.append(diff[at : at + n])
            at += n
        data, ops, addresses = sections

        def take(section, i):
            n = 0
            while True:
                n = n << 7 | section[i] & 127
                i += 1
                if section[i - 1] < 128:
                    return n, i

        d = o = a = 0
        while o < len(ops):
            op = ops[o]
            n, o = take(ops, o + 1)
            if op == 1:  # ADD
                out += data[d : d + n]
                d += n
            elif op == 19:  # COPY
                start, a = take(addresses, a)
                out += old[start : start + n]
            else:
                raise ValueError("this archive does not use instruction %d" % op)
    return bytes(out)


def entries(release, pack):
    """The entries of a pack: (full or delta, path, content)."""
    path = os.path.join(HERE, "releases", release["id"], pack)
    with gzip.open(path) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as tar:
        for member in tar:
            kind, _, name = member.name.partition("/")
            yield kind, name, tar.extractfile(member).read()


def main():
    chain = releases()
    if len(sys.argv) != 3:
        print(__doc__)
        for r in chain:
            print("%s  %s  site %d files, %d bytes" % (r["id"], r["time"], r["site"]["files"], r["site"]["bytes"]))
        return 0 if len(sys.argv) == 1 else 2
    wanted, out = sys.argv[1], sys.argv[2]
    ids = [r["id"] for r in chain]
    if wanted not in ids:
        print("there is no release " + wanted)
        return 1
    if os.path.exists(out) and (not os.path.isdir(out) or os.listdir(out)):
        print("%s is not empty; give a folder that is new or empty" % out)
        return 1
    chain = chain[: ids.index(wanted) + 1]
    last = chain[-1]

    lists = {}
    for release in chain:
        for kind, name, content in entries(release, "lists.tar.gz"):
            lists[name] = content if kind == "full" else patch(lists[name], content)
    files = {}
    for part in ("site", "data"):
        if sha256(lists[part + ".jsonl"]) != last[part]["list_sha256"]:
            print("the list %s is not the one that the manifest names" % part)
            return 1
        for line in lists[part + ".jsonl"].decode("utf-8").splitlines():
            f = json.loads(line)
            files[part + "/" + f["path"]] = f["sha256"]

    os.makedirs(out, exist_ok=True)
    for name, content in lists.items():
        with open(os.path.join(out, name), "wb") as f:
            f.write(content)

    # All versions are laid down one over the other: what is no part of the
    # release in the end is taken away again.
    laid = set()
    for release in chain:
        for kind, name, content in entries(release, "files.tar.gz"):
            path = os.path.join(out, *name.split("/"))
            if kind == "delta":
                with open(path, "rb") as f:
                    content = patch(f.read(), content)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(content)
            laid.add(name)
    wrong = gone = 0
    redacted = redactions()
    for name in sorted(laid | set(files)):
        path = os.path.join(out, *name.split("/"))
        if name not in files:
            os.remove(path)
            continue
        content = b""
        if os.path.exists(path):
            with open(path, "rb") as f:
                content = f.read()
        if sha256(content) == files[name]:
            continue
        if files[name] in redacted:
            gone += 1
            print("redacted on %s: %s (%s)" % (redacted[files[name]][0], name, redacted[files[name]][1]))
            if os.path.exists(path):
                os.remove(path)  # an older version
            continue
        wrong += 1
        print("not as it was: " + name)
    print("%d files, %d redacted, %d not as they were" % (len(files), gone, wrong))
    return 1 if wrong else 0


sys.exit(main())
