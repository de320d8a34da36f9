"""The reference: every operation of data/probes in plain, readable Python.

Every other binding exports functions of the same names, and each result is
compared with what the function here returns. `data` makes what they work on; it
exists here only and is reached as `ref` in a probe's setup. A file holds what a
file of data/probes asks for.
"""

from .buffers import *  # noqa: F403
from .callbacks import *  # noqa: F403
from .calls import *  # noqa: F403
from .coroutines import *  # noqa: F403
from .data import *  # noqa: F403
from .dicts import *  # noqa: F403
from .editdist import *  # noqa: F403
from .graph import *  # noqa: F403
from .groupby import *  # noqa: F403
from .lines import *  # noqa: F403
from .lists import *  # noqa: F403
from .logs import *  # noqa: F403
from .loops import *  # noqa: F403
from .natives import *  # noqa: F403
from .numeric import *  # noqa: F403
from .objects import *  # noqa: F403
from .readings import *  # noqa: F403
from .records import *  # noqa: F403
from .scalars import *  # noqa: F403
from .sorting import *  # noqa: F403
from .stencil import *  # noqa: F403
from .text import *  # noqa: F403
from .textscan import *  # noqa: F403
from .threads import *  # noqa: F403
from .tokens import *  # noqa: F403
from .tuples import *  # noqa: F403
from .vectorised import *  # noqa: F403
from .works import *  # noqa: F403
