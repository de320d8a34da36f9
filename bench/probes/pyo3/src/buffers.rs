//! Blocks of float64 items. Since PyO3 0.30 a view without a copy is a pointer
//! and reading it is unsafe: another thread could write to the block meanwhile.

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyBufferError;
use pyo3::prelude::*;

/// The items of a contiguous, non-empty view.
pub fn items_of(xs: &PyBuffer<f64>) -> PyResult<&[f64]> {
    match xs.as_slice_ptr() {
        // SAFETY: the view keeps the block alive, its type and alignment were
        // checked, and nothing writes to it while this thread is attached.
        Some(items) if !items.is_empty() => Ok(unsafe { items.as_ref() }),
        _ => Err(PyBufferError::new_err(
            "a block of at least one float64 is needed here",
        )),
    }
}

#[pyfunction]
pub fn buffer_sum(xs: PyBuffer<f64>) -> PyResult<f64> {
    let mut total = 0.0;
    for x in items_of(&xs)? {
        total += x;
    }
    Ok(total)
}

#[pyfunction]
pub fn buffer_copied(py: Python<'_>, xs: PyBuffer<f64>) -> PyResult<f64> {
    let own = xs.to_vec(py)?;
    let mut total = 0.0;
    for x in &own {
        total += x;
    }
    Ok(total)
}

#[pyfunction]
pub fn buffer_write(xs: PyBuffer<f64>) -> PyResult<f64> {
    if xs.readonly() {
        return Err(PyBufferError::new_err("the block cannot be written to"));
    }
    let Some(mut items) = xs.as_slice_ptr().filter(|items| !items.is_empty()) else {
        return Err(PyBufferError::new_err(
            "a block of at least one float64 is needed here",
        ));
    };
    // SAFETY: as in items_of; the block is writable and this is its only slice.
    let items = unsafe { items.as_mut() };
    for x in items.iter_mut() {
        *x *= -1.0;
    }
    Ok(items[0].abs() + items[items.len() - 1].abs())
}

#[pyfunction]
pub fn buffer_acquire(xs: PyBuffer<f64>) -> bool {
    xs.len_bytes() > 0
}
