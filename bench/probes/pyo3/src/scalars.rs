//! Scalars in and out.

use pyo3::prelude::*;

#[pyfunction]
pub fn int_in(x: i64) -> bool {
    x % 2 == 0
}

#[pyfunction]
pub fn float_in(x: f64) -> bool {
    x > 0.5
}

#[pyfunction]
pub fn bool_in(x: bool) -> bool {
    !x
}

#[pyfunction]
pub fn int_out() -> i64 {
    1_234_567
}

#[pyfunction]
pub fn float_out() -> f64 {
    1234.5
}

#[pyfunction]
pub fn int32_in(x: i32) -> bool {
    x % 2 == 0
}

/// Whether it is too large for 64 bits; the error that says so is made and dropped.
#[pyfunction]
pub fn int_overflow(x: &Bound<'_, PyAny>) -> bool {
    x.extract::<i64>().is_err()
}

/// One of the small ints that the interpreter keeps.
#[pyfunction]
pub fn int_small_out() -> i64 {
    5
}
