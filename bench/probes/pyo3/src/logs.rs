//! Records by logging.Logger.info, called as any method of Python's.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

static TAKING: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
static REFUSING: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

fn log_to(py: Python<'_>, kept: &PyOnceLock<Py<PyAny>>, name: &str) -> PyResult<bool> {
    let logger = kept.get_or_try_init(py, || {
        let logger = py.import("logging")?.call_method1("getLogger", (name,))?;
        PyResult::Ok(logger.unbind())
    })?;
    logger
        .bind(py)
        .call_method1(intern!(py, "info"), (intern!(py, "item %d"), 1001))?;
    Ok(true)
}

#[pyfunction]
pub fn log_enabled(py: Python<'_>) -> PyResult<bool> {
    log_to(py, &TAKING, "ffiadvise.enabled")
}

#[pyfunction]
pub fn log_disabled(py: Python<'_>) -> PyResult<bool> {
    log_to(py, &REFUSING, "ffiadvise.disabled")
}
