//! probes_pyo3_log: records by the crate `log`, brought to Python's logging by
//! pyo3-log. It keeps loggers and their levels, as it does by default.

use log::info;
use pyo3::prelude::*;

#[pyfunction]
fn log_enabled() -> bool {
    info!(target: "ffiadvise::enabled", "item {}", 1001);
    true
}

#[pyfunction]
fn log_disabled() -> bool {
    info!(target: "ffiadvise::disabled", "item {}", 1001);
    true
}

#[pymodule]
mod probes_pyo3_log {
    use super::*;

    #[pymodule_export]
    use super::{log_disabled, log_enabled};

    #[pymodule_init]
    fn init(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        pyo3_log::init();
        Ok(())
    }
}
