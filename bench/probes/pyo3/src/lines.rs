//! Kernel "lines" into Python's tuples and into records in Rust.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList, PyTuple};

/// One line; its name lies in the text.
struct Record<'a> {
    name: &'a str,
    count: i64,
    value: f64,
}

fn wrong_line() -> PyErr {
    PyValueError::new_err("a line has to be 'name;int;float'")
}

fn record_of(line: &str) -> PyResult<Record<'_>> {
    let (name, rest) = line.split_once(';').ok_or_else(wrong_line)?;
    let (count, value) = rest.split_once(';').ok_or_else(wrong_line)?;
    Ok(Record {
        name,
        count: count.parse()?,
        value: value.parse()?,
    })
}

#[pyfunction]
pub fn lines_objects(py: Python<'_>, text: &str) -> PyResult<f64> {
    let records = PyList::empty(py);
    for line in text.split('\n') {
        let record = record_of(line)?;
        records.append((record.name, record.count, record.value))?;
    }
    let mut total = 0.0;
    for record in records.iter() {
        let record = record.cast::<PyTuple>()?;
        total += record.get_item(2)?.cast::<PyFloat>()?.extract::<f64>()?;
    }
    Ok(total)
}

#[pyfunction]
pub fn lines_native(data: &[u8]) -> PyResult<f64> {
    let text = std::str::from_utf8(data).map_err(|e| PyValueError::new_err(e.to_string()))?;
    let records: Vec<Record> = text.split('\n').map(record_of).collect::<PyResult<_>>()?;
    Ok(records.iter().map(|record| record.value).sum())
}
