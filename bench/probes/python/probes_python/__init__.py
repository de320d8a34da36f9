"""The reference: every operation of data/probes in plain, readable Python.

Every other binding exports functions of the same names, and each result is
compared with what the function here returns. `data` makes what they work on; it
exists here only and is reached as `ref` in a probe's setup. A file holds what a
file of data/probes asks for.
"""

from .buffers import *  # noqa: F403
from .callbacks import *  # noqa: F403
from .calls import *  # noqa: F403
from .data import *  # noqa: F403
from .dicts import *  # noqa: F403
from .graph import *  # noqa: F403
from .lists import *  # noqa: F403
from .loops import *  # noqa: F403
from .numeric import *  # noqa: F403
from .scalars import *  # noqa: F403
from .threads import *  # noqa: F403
from .vectorised import *  # noqa: F403
