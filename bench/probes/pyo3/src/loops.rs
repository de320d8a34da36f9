//! Where the loop stands: one step a call, or all steps in one call.

use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::buffers::items_of;

fn next(state: f64, x: f64) -> f64 {
    state * 0.5 + (x - 0.25) * (x + 0.75)
}

/// All steps over native data.
pub fn steps(xs: &[f64], mut state: f64) -> f64 {
    for x in xs {
        state = next(state, *x);
    }
    state
}

#[pyfunction]
pub fn step(state: f64, x: f64) -> f64 {
    next(state, x)
}

#[pyfunction]
pub fn steps_list(xs: &Bound<'_, PyList>) -> PyResult<f64> {
    let mut state = 0.0;
    for x in xs.iter() {
        state = next(state, x.extract()?);
    }
    Ok(state)
}

#[pyfunction]
pub fn steps_vector(xs: Vec<f64>) -> f64 {
    steps(&xs, 0.0)
}

#[pyfunction]
pub fn steps_buffer(xs: PyBuffer<f64>) -> PyResult<f64> {
    Ok(steps(items_of(&xs)?, 0.0))
}

#[pyfunction]
pub fn call_back(g: &Bound<'_, PyAny>, n: usize) -> PyResult<f64> {
    let mut total = 0.0;
    for i in 0..n {
        total += g.call1(((i + 1) as f64,))?.extract::<f64>()?;
    }
    Ok(total)
}
