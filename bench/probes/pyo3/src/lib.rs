//! probes_pyo3: every operation by PyO3, written as its guide advises. Each
//! file holds one group; the names are those of probes_python.

use pyo3::prelude::*;

mod buffers;
mod calls;
mod dicts;
mod graph;
mod lists;
mod loops;
mod numeric;
mod scalars;
mod threads;

#[pymodule]
mod probes_pyo3 {
    #[pymodule_export]
    use crate::buffers::{buffer_acquire, buffer_copied, buffer_sum, buffer_write};
    #[pymodule_export]
    use crate::calls::{noop, take_keywords, take_one, take_six, take_three, Native, NativeFrozen};
    #[pymodule_export]
    use crate::dicts::{dict_copied, dict_get, dict_get_interned, dict_out, dict_walk, NativeMap};
    #[pymodule_export]
    use crate::graph::{graph_build, graph_native, graph_objects};
    #[pymodule_export]
    use crate::lists::{
        list_float_by_reference, list_float_copied, list_float_out, list_int_by_reference,
        list_int_copied, list_int_out,
    };
    #[pymodule_export]
    use crate::loops::{call_back, step, steps_buffer, steps_list, steps_vector};
    #[pymodule_export]
    use crate::numeric::{numeric_native, numeric_objects};
    #[pymodule_export]
    use crate::scalars::{bool_in, float_in, float_out, int_in, int_out};
    #[pymodule_export]
    use crate::threads::{gil_release, work_copied, work_held, work_released, NativeVector};
}
