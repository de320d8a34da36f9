//! worth() of objects.py: the attributes are read by interned names.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyList;

#[pyfunction]
pub fn worth(positions: &Bound<'_, PyList>) -> PyResult<f64> {
    let py = positions.py();
    let mut total = 0.0;
    for p in positions.iter() {
        if p.getattr(intern!(py, "closed"))?.extract()? {
            continue;
        }
        let pieces: i64 = p.getattr(intern!(py, "pieces"))?.extract()?;
        let price: f64 = p.getattr(intern!(py, "price"))?.extract()?;
        let mut rebate: f64 = p.getattr(intern!(py, "rebate"))?.extract()?;
        let gross = pieces as f64 * price;
        if gross > 1000.0 {
            rebate += 0.02;
        }
        if rebate > 0.3 {
            rebate = 0.3;
        }
        total += gross * (1.0 - rebate);
    }
    Ok(total)
}
