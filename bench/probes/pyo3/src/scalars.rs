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
