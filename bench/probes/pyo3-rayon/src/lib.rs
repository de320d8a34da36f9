//! probes_pyo3_rayon: the work of the threads group, spread by rayon over a pool
//! of two threads while the GIL is let go. The work itself is that of ../pyo3.

use std::sync::LazyLock;

use pyo3::prelude::*;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

#[path = "../../pyo3/src/buffers.rs"]
#[allow(dead_code)]
mod buffers;
#[path = "../../pyo3/src/loops.rs"]
#[allow(dead_code)]
mod loops;
#[path = "../../pyo3/src/threads.rs"]
#[allow(dead_code)]
mod threads;

use threads::{work, NativeVector};

static POOL: LazyLock<ThreadPool> = LazyLock::new(|| {
    ThreadPoolBuilder::new()
        .num_threads(2)
        .build()
        .expect("two threads can be started")
});

/// The sum of n times the same work.
fn share(xs: &[f64], rounds: usize, n: usize) -> f64 {
    POOL.install(|| (0..n).into_par_iter().map(|_| work(xs, rounds)).sum())
}

#[pyfunction]
fn work_pool(py: Python<'_>, held: &NativeVector, rounds: usize, n: usize) -> f64 {
    py.detach(|| share(&held.items, rounds, n))
}

#[pyfunction]
fn work_pool_copied(py: Python<'_>, xs: Vec<f64>, rounds: usize, n: usize) -> f64 {
    py.detach(|| share(&xs, rounds, n))
}

#[pymodule]
mod probes_pyo3_rayon {
    #[pymodule_export]
    use super::threads::NativeVector;
    #[pymodule_export]
    use super::{work_pool, work_pool_copied};
}
