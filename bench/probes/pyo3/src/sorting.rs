//! Kernel "sorting" on Python's objects and on blocks of memory, by the sort of
//! the standard library.

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::{PyBufferError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use crate::buffers::items_of;

#[pyfunction]
pub fn sorting_objects<'py>(
    rows: &Bound<'py, PyList>,
    key: &Bound<'py, PyAny>,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let mut scored: Vec<(f64, Bound<'py, PyTuple>)> = Vec::with_capacity(rows.len());
    for row in rows.iter() {
        let row = row.cast_into::<PyTuple>()?;
        scored.push((key.call1((&row,))?.extract()?, row));
    }
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    scored.iter().map(|(_, row)| row.get_item(0)).collect()
}

#[pyfunction]
pub fn sorting_native(keys: PyBuffer<f64>, order: PyBuffer<i64>) -> PyResult<i64> {
    let keys = items_of(&keys)?;
    if order.readonly() {
        return Err(PyBufferError::new_err("the block cannot be written to"));
    }
    let Some(mut order) = order.as_slice_ptr() else {
        return Err(PyBufferError::new_err("a block of int64 is needed here"));
    };
    // SAFETY: the view keeps the block alive, it is writable, and nothing else
    // reads or writes it while this thread is attached.
    let order = unsafe { order.as_mut() };
    if order.len() != keys.len() {
        return Err(PyValueError::new_err("a place for every key is needed here"));
    }
    let mut scored: Vec<(f64, i64)> = keys.iter().copied().zip(0..).collect();
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut total = 0;
    for ((i, to), (_, place)) in (0..).zip(order.iter_mut()).zip(scored) {
        *to = place;
        total += i * place;
    }
    Ok(total)
}
