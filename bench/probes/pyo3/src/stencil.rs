//! Kernel "stencil" on Python's objects and on blocks of memory.

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::{PyBufferError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::buffers::items_of;

fn smooth(left: f64, here: f64, right: f64) -> f64 {
    0.25 * left + 0.5 * here + 0.25 * right
}

/// Reads each item once, as the loop comes to it.
#[pyfunction]
pub fn stencil_objects(xs: &Bound<'_, PyList>) -> PyResult<Vec<f64>> {
    let mut ys = Vec::with_capacity(xs.len());
    let mut items = xs.iter();
    let Some(first) = items.next() else {
        return Err(PyValueError::new_err("a list of at least one float is needed here"));
    };
    let mut left: f64 = first.extract()?;
    let mut here = left;
    ys.push(here);
    for (i, item) in items.enumerate() {
        let right: f64 = item.extract()?;
        if i > 0 {
            ys.push(smooth(left, here, right));
        }
        left = here;
        here = right;
    }
    if ys.len() < xs.len() {
        ys.push(here);
    }
    Ok(ys)
}

#[pyfunction]
pub fn stencil_native(xs: PyBuffer<f64>, ys: PyBuffer<f64>) -> PyResult<f64> {
    let (from, to) = (xs.buf_ptr() as usize, ys.buf_ptr() as usize);
    let bytes = xs.len_bytes();
    if ys.len_bytes() != bytes || (from < to + bytes && to < from + bytes) {
        return Err(PyValueError::new_err("two blocks of one length are needed here"));
    }
    let xs = items_of(&xs)?;
    if ys.readonly() {
        return Err(PyBufferError::new_err("the block cannot be written to"));
    }
    let Some(mut ys) = ys.as_slice_ptr() else {
        return Err(PyBufferError::new_err("a block of float64 is needed here"));
    };
    // SAFETY: the view keeps the block alive, it is writable, it does not overlap
    // with xs, and nothing else reads or writes it while this thread is attached.
    let ys = unsafe { ys.as_mut() };
    let n = xs.len();
    ys[0] = xs[0];
    ys[n - 1] = xs[n - 1];
    for (y, x) in ys.iter_mut().skip(1).zip(xs.windows(3)) {
        *y = smooth(x[0], x[1], x[2]);
    }
    Ok(ys[0] + ys[n / 2] + ys[n - 1])
}
