//! find_peaks() of peaks.py, over the list itself.

use pyo3::prelude::*;
use pyo3::types::PyList;

#[pyfunction]
pub fn find_peaks(xs: &Bound<'_, PyList>, delta: f64) -> PyResult<Vec<usize>> {
    let mut peaks = Vec::new();
    let mut low: f64 = xs.get_item(0)?.extract()?;
    let mut high = low;
    let mut high_at = 0;
    let mut rising = true;
    for (i, x) in xs.iter().enumerate() {
        let x: f64 = x.extract()?;
        if x > high {
            high = x;
            high_at = i;
        }
        if x < low {
            low = x;
        }
        if rising && x < high - delta {
            peaks.push(high_at);
            low = x;
            rising = false;
        } else if !rising && x > low + delta {
            high = x;
            high_at = i;
            rising = true;
        }
    }
    Ok(peaks)
}
