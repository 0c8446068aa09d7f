//! What the npm package's JavaScript (`npm/`) needs of the drivers: one class, [`Core`], and one
//! function of the page's object that is called with all that happens, by number (`npm/manager.js`, `npm/engine.js`).

mod core;
mod face;

use lol_alloc::{FreeListAllocator, LockedAllocator};

#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> =
    LockedAllocator::new(FreeListAllocator::new());
