//! Dicts: one key, a walk, a conversion to a HashMap and back.

use std::collections::HashMap;

use pyo3::exceptions::PyKeyError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyDict;

fn is_even(value: Option<Bound<'_, PyAny>>) -> PyResult<bool> {
    let value = value.ok_or_else(|| PyKeyError::new_err("key0"))?;
    Ok(value.extract::<i64>()? % 2 == 0)
}

/// The key is made anew from a &str in every call.
#[pyfunction]
pub fn dict_get(d: &Bound<'_, PyDict>) -> PyResult<bool> {
    is_even(d.get_item("key0")?)
}

/// The key is made once.
#[pyfunction]
pub fn dict_get_interned(d: &Bound<'_, PyDict>) -> PyResult<bool> {
    is_even(d.get_item(intern!(d.py(), "key0"))?)
}

#[pyfunction]
pub fn dict_walk(d: &Bound<'_, PyDict>) -> PyResult<i64> {
    let mut total = 0;
    for (_, value) in d.iter() {
        total += value.extract::<i64>()?;
    }
    Ok(total)
}

#[pyfunction]
pub fn dict_copied(d: HashMap<String, i64>) -> i64 {
    d.values().sum()
}

/// A native map that Python holds.
#[pyclass(frozen, name = "native_map")]
pub struct NativeMap {
    entries: HashMap<String, i64>,
}

#[pymethods]
impl NativeMap {
    #[new]
    fn new(n: i64) -> Self {
        let entries = (0..n).map(|i| (format!("key{i}"), i + 5_000)).collect();
        NativeMap { entries }
    }
}

#[pyfunction]
pub fn dict_out(held: &NativeMap) -> &HashMap<String, i64> {
    &held.entries
}
