//! Lists: read through their references, converted to a Vec, and made.

use pyo3::prelude::*;
use pyo3::types::PyList;

#[pyfunction]
pub fn list_float_by_reference(xs: &Bound<'_, PyList>) -> PyResult<f64> {
    let mut total = 0.0;
    for x in xs.iter() {
        total += x.extract::<f64>()?;
    }
    Ok(total)
}

#[pyfunction]
pub fn list_float_copied(xs: Vec<f64>) -> f64 {
    let mut total = 0.0;
    for x in &xs {
        total += x;
    }
    total
}

#[pyfunction]
pub fn list_float_out(n: usize) -> Vec<f64> {
    (0..n).map(|i| i as f64 * 0.5).collect()
}

#[pyfunction]
pub fn list_int_by_reference(xs: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut total = 0;
    for x in xs.iter() {
        total += x.extract::<i64>()?;
    }
    Ok(total)
}

#[pyfunction]
pub fn list_int_copied(xs: Vec<i64>) -> i64 {
    xs.iter().sum()
}

#[pyfunction]
pub fn list_int_out(n: i64) -> Vec<i64> {
    (0..n).map(|i| i + 5_000).collect()
}

/// By the iterator that any object may have.
#[pyfunction]
pub fn list_float_iterated(xs: &Bound<'_, PyAny>) -> PyResult<f64> {
    let mut total = 0.0;
    for x in xs.try_iter()? {
        total += x?.extract::<f64>()?;
    }
    Ok(total)
}

#[pyfunction]
pub fn list_int_iterated(xs: &Bound<'_, PyAny>) -> PyResult<i64> {
    let mut total = 0;
    for x in xs.try_iter()? {
        total += x?.extract::<i64>()?;
    }
    Ok(total)
}

#[pyfunction]
pub fn list_untouched(_xs: &Bound<'_, PyList>) -> bool {
    true
}
