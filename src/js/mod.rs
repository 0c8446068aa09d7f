//! What the npm package's JavaScript (`npm/`) needs of the drivers: [`connect`](core::connect), and one
//! function of the page that is called with all that happens, by number (`npm/core.js`).

mod core;
mod face;

use lol_alloc::{FreeListAllocator, LockedAllocator};

#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> =
    LockedAllocator::new(FreeListAllocator::new());
