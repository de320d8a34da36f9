//! Dicts: one key, a walk, a conversion to a HashMap and back.

use std::collections::{HashMap, HashSet};

use pyo3::exceptions::PyKeyError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PySet};

use crate::text::NativeTexts;

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

#[pyfunction]
pub fn dict_int_walk(d: &Bound<'_, PyDict>) -> PyResult<i64> {
    let mut total = 0;
    for (key, value) in d.iter() {
        total += key.extract::<i64>()? + value.extract::<i64>()?;
    }
    Ok(total)
}

#[pyfunction]
pub fn dict_int_copied(d: HashMap<i64, i64>) -> i64 {
    d.iter().map(|(key, value)| key + value).sum()
}

fn missing(key: &str) -> PyErr {
    PyKeyError::new_err(key.to_owned())
}

/// Keys that are texts of Python, in a dict.
#[pyfunction]
pub fn dict_lookups(d: &Bound<'_, PyDict>, keys: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut total = 0;
    for key in keys.iter() {
        let value = d
            .get_item(&key)?
            .ok_or_else(|| PyKeyError::new_err(key.unbind()))?;
        total += value.extract::<i64>()?;
    }
    Ok(total)
}

/// The same keys, in a native map to which the whole dict was copied.
#[pyfunction]
pub fn dict_lookups_copied(d: HashMap<String, i64>, keys: &Bound<'_, PyList>) -> PyResult<i64> {
    let mut total = 0;
    for key in keys.iter() {
        let key = key.extract::<&str>()?;
        total += d.get(key).ok_or_else(|| missing(key))?;
    }
    Ok(total)
}

/// Keys that are native texts, in a native map.
#[pyfunction]
pub fn map_lookups(held: &NativeMap, keys: &NativeTexts) -> PyResult<i64> {
    let mut total = 0;
    for key in &keys.texts {
        total += held.entries.get(key).ok_or_else(|| missing(key))?;
    }
    Ok(total)
}

#[pyfunction]
pub fn map_walk(held: &NativeMap) -> i64 {
    held.entries.values().sum()
}

#[pyfunction]
pub fn set_int_walk(xs: &Bound<'_, PySet>) -> PyResult<i64> {
    let mut total = 0;
    for x in xs.iter() {
        total += x.extract::<i64>()?;
    }
    Ok(total)
}

#[pyfunction]
pub fn set_int_copied(xs: HashSet<i64>) -> i64 {
    xs.iter().sum()
}
