//! The hash of the kernels that gather by a text: FNV-1a, as in native/groups.h,
//! so that the languages differ in nothing but themselves.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(14695981039346656037)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(1099511628211);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Keys are borrowed: they lie in what is gathered from.
pub type Groups<'a, T> = HashMap<&'a str, T, BuildHasherDefault<Fnv>>;

pub fn groups<'a, T>(room: usize) -> Groups<'a, T> {
    Groups::with_capacity_and_hasher(room, Default::default())
}
