//! Kernel "groupby" on Python's objects and on rows in Rust.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyList};

use crate::groups::groups;

#[pyfunction]
pub fn groupby_objects<'py>(rows: &Bound<'py, PyList>) -> PyResult<Bound<'py, PyDict>> {
    let sums = PyDict::new(rows.py());
    for row in rows.iter() {
        let (key, value): (Bound<'py, PyAny>, Bound<'py, PyFloat>) = row.extract()?;
        match sums.get_item(&key)? {
            Some(sum) => sums.set_item(key, sum.extract::<f64>()? + value.extract::<f64>()?)?,
            None => sums.set_item(key, value)?,
        }
    }
    Ok(sums)
}

/// Rows that Python holds and only native code reads.
#[pyclass(frozen)]
pub struct NativeRows {
    rows: Vec<(String, f64)>,
}

#[pyfunction]
pub fn groupby_build(rows: Vec<(String, f64)>) -> NativeRows {
    NativeRows { rows }
}

#[pyfunction]
pub fn groupby_native(held: &NativeRows) -> f64 {
    // A guess of how many groups there are.
    let mut sums = groups::<f64>(held.rows.len() / 8);
    for (key, value) in &held.rows {
        *sums.entry(key).or_insert(0.0) += value;
    }
    sums.values().map(|sum| sum * sum).sum()
}
