//! probes_pyo3_coroutine: an async function that is a coroutine by PyO3 itself,
//! its feature experimental-async. It needs no runtime and no thread.

use pyo3::prelude::*;

#[pyfunction]
async fn ready() -> bool {
    true
}

#[pymodule]
mod probes_pyo3_coroutine {
    #[pymodule_export]
    use super::ready;
}
