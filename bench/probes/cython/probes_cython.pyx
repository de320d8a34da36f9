# cython: language_level=3
# cython: freethreading_compatible=True
"""The operations in Cython, typed as its documentation advises.

A group stands in a file of its own; all of them make one module. Checks of an
index are switched off only where the documentation does it: in loops over typed
memoryviews whose bounds are the view's own.
"""

cimport cython
from cpython.mem cimport PyMem_Free, PyMem_Malloc

include "calls.pxi"
include "scalars.pxi"
include "lists.pxi"
include "text.pxi"
include "dicts.pxi"
include "maps.pxi"
include "buffers.pxi"
include "loops.pxi"
include "threads.pxi"
include "callbacks.pxi"
include "numeric.pxi"
include "graph.pxi"
include "stencil.pxi"
include "textscan.pxi"
include "groups.pxi"
include "tokens.pxi"
include "groupby.pxi"
include "sorting.pxi"
include "editdist.pxi"
include "lines.pxi"
include "coroutines.pxi"
include "logs.pxi"
include "tuples.pxi"
include "objects.pxi"
include "natives.pxi"
