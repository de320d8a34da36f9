//! ports_pyo3: the ports by hand in Rust, each as one function. What they do is in
//! the Python file of the same name.

use pyo3::prelude::*;

mod objects;
mod peaks;
mod text;

#[pymodule]
mod ports_pyo3 {
    #[pymodule_export]
    use super::objects::worth;
    #[pymodule_export]
    use super::peaks::find_peaks;
    #[pymodule_export]
    use super::text::plain;
}
