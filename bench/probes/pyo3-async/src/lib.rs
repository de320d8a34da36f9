//! probes_pyo3_async: a Rust future run by tokio, which an asyncio loop awaits
//! through pyo3-async-runtimes.

use pyo3::prelude::*;
use pyo3_async_runtimes::tokio::future_into_py;

/// The future is ready at once; its result comes back from another thread.
#[pyfunction]
fn scheduled(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    future_into_py(py, async { Ok(true) })
}

#[pymodule]
mod probes_pyo3_async {
    #[pymodule_export]
    use super::scheduled;
}
