//! The GIL: let go and taken back; work done while it is held or released.

use pyo3::prelude::*;

use crate::loops::steps;

pub fn work(xs: &[f64], rounds: usize) -> f64 {
    let mut state = 0.0;
    for _ in 0..rounds {
        state = steps(xs, state);
    }
    state
}

/// Floats that Python holds and only native code reads.
#[pyclass(frozen, name = "native_vector")]
pub struct NativeVector {
    pub items: Vec<f64>,
}

#[pymethods]
impl NativeVector {
    #[new]
    fn new(items: Vec<f64>) -> Self {
        NativeVector { items }
    }
}

#[pyfunction]
pub fn gil_release(py: Python<'_>) -> bool {
    py.detach(|| true)
}

#[pyfunction]
pub fn work_held(held: &NativeVector, rounds: usize) -> f64 {
    work(&held.items, rounds)
}

#[pyfunction]
pub fn work_released(py: Python<'_>, held: &NativeVector, rounds: usize) -> f64 {
    py.detach(|| work(&held.items, rounds))
}

#[pyfunction]
pub fn work_copied(py: Python<'_>, xs: Vec<f64>, rounds: usize) -> f64 {
    py.detach(|| work(&xs, rounds))
}
