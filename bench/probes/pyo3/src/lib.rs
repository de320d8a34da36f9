//! probes_pyo3: every operation by PyO3, written as its guide advises. Each
//! file holds one group; the names are those of probes_python.

use pyo3::prelude::*;

mod buffers;
mod calls;
mod dicts;
mod editdist;
mod graph;
mod groupby;
mod groups;
mod lines;
mod lists;
mod logs;
mod loops;
mod natives;
mod mechanism;
mod numeric;
mod objects;
mod scalars;
mod sorting;
mod stencil;
mod text;
mod textscan;
mod threads;
mod tokens;
mod tuples;

// ../pyo3-abi3 builds the same sources against the limited API.
#[cfg_attr(not(feature = "limited"), pymodule)]
#[cfg_attr(feature = "limited", pymodule(name = "probes_pyo3_abi3"))]
mod probes_pyo3 {
    #[pymodule_export]
    use crate::buffers::{buffer_acquire, buffer_copied, buffer_sum, buffer_write};
    #[pymodule_export]
    use crate::calls::{noop, take_keywords, take_one, take_six, take_three, Native, NativeFrozen};
    #[pymodule_export]
    use crate::dicts::{
        dict_copied, dict_get, dict_get_interned, dict_int_copied, dict_int_walk, dict_lookups,
        dict_lookups_copied, dict_out, dict_walk, map_lookups, map_walk, set_int_copied,
        set_int_walk, NativeMap,
    };
    #[pymodule_export]
    use crate::editdist::{editdist_native, editdist_objects};
    #[pymodule_export]
    use crate::graph::{graph_build, graph_native, graph_objects};
    #[pymodule_export]
    use crate::groupby::{groupby_build, groupby_native, groupby_objects, NativeRows};
    #[pymodule_export]
    use crate::lines::{lines_native, lines_objects};
    #[pymodule_export]
    use crate::lists::{
        list_float_by_reference, list_float_copied, list_float_iterated, list_float_out,
        list_int_by_reference, list_int_copied, list_int_iterated, list_int_out, list_untouched,
    };
    #[pymodule_export]
    use crate::logs::{log_disabled, log_enabled};
    #[pymodule_export]
    use crate::loops::{call_back, step, steps_buffer, steps_list, steps_vector};
    #[pymodule_export]
    use crate::mechanism::{pair_in, text_copied, text_in};
    #[pymodule_export]
    use crate::natives::{
        list_native_base, list_native_borrowed, list_native_exact, list_native_frozen,
        native_field, native_field_borrowed, native_item_out, native_items_out, NativeItem,
        NativeItemBase, NativeItemFrozen,
    };
    #[pymodule_export]
    use crate::numeric::{numeric_native, numeric_objects};
    #[pymodule_export]
    use crate::objects::{
        dict_object_walk, list_object_by_reference, list_object_copied, object_attribute,
        object_attribute_built, object_eight, object_five,
    };
    #[pymodule_export]
    use crate::scalars::{
        bool_in, float_in, float_out, int32_in, int_in, int_out, int_overflow, int_small_out,
    };
    #[pymodule_export]
    use crate::sorting::{sorting_native, sorting_objects};
    #[pymodule_export]
    use crate::stencil::{stencil_native, stencil_objects};
    #[pymodule_export]
    use crate::text::{
        bytes_by_reference, bytes_copied, bytes_out, list_str_by_reference, list_str_copied,
        list_str_out, str_by_reference, str_copied, str_out, str_untouched, str_wide, NativeText,
        NativeTexts,
    };
    #[pymodule_export]
    use crate::textscan::{textscan_native, textscan_objects};
    #[pymodule_export]
    use crate::threads::{gil_release, work_copied, work_held, work_released, NativeVector};
    #[pymodule_export]
    use crate::tokens::{tokens_native, tokens_objects};
    #[pymodule_export]
    use crate::tuples::{
        list_tuple_by_reference, list_tuple_copied, tuple2_in, tuple4_in, tuple8_in,
        tuple_checked, tuple_out, tuple_sequence,
    };
}
