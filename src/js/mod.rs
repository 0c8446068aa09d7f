//! The API of the npm package: `io()` and the classes of the reference client, under its names.
//!
//! What JavaScript classes have and wasm-bindgen can't express (rest arguments, methods that
//! answer `this`, second names) is added by `npm/shape.js`.

mod connection;
mod engine;
mod lookup;
mod manager;
mod object;
mod options;
mod socket;

use lol_alloc::{FreeListAllocator, LockedAllocator};

#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> =
    LockedAllocator::new(FreeListAllocator::new());
