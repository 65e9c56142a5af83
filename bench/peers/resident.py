"""The process's own high-water mark of resident memory, as the system counts it."""

import re


def peak_resident():
    with open("/proc/self/status") as status:
        return int(re.search(r"^VmHWM:\s+(\d+) kB$", status.read(), re.M).group(1)) * 1024
