//! Calls whose arguments are not looked at.

use pyo3::prelude::*;

#[pyfunction]
pub fn noop() -> bool {
    true
}

#[pyfunction]
pub fn take_one(_a: &Bound<'_, PyAny>) -> bool {
    true
}

#[pyfunction]
pub fn take_three(_a: &Bound<'_, PyAny>, _b: &Bound<'_, PyAny>, _c: &Bound<'_, PyAny>) -> bool {
    true
}

#[pyfunction]
pub fn take_six(
    _a: &Bound<'_, PyAny>,
    _b: &Bound<'_, PyAny>,
    _c: &Bound<'_, PyAny>,
    _d: &Bound<'_, PyAny>,
    _e: &Bound<'_, PyAny>,
    _f: &Bound<'_, PyAny>,
) -> bool {
    true
}

#[pyfunction]
pub fn take_keywords(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>, c: &Bound<'_, PyAny>) -> bool {
    let _ = (a, b, c);
    true
}

/// A class whose borrows are counted at run time, the default.
#[pyclass]
pub struct Native;

#[pymethods]
impl Native {
    #[new]
    fn new() -> Self {
        Native
    }

    fn touch(&self) -> bool {
        true
    }
}

/// A class that never changes, so that nothing has to be counted.
#[pyclass(frozen)]
pub struct NativeFrozen;

#[pymethods]
impl NativeFrozen {
    #[new]
    fn new() -> Self {
        NativeFrozen
    }

    fn touch(&self) -> bool {
        true
    }
}
