//! The allocator of the npm package's wasm, and all the `unsafe` there is in this crate.
//!
//! lol_alloc asks for a page of 64 KiB at its first allocation, and the stack and the data leave half
//! of the first page unused. That is given to it: then the wasm mostly has one page, not two.
#![allow(unsafe_code)]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};

#[global_allocator]
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    // SAFETY: this wasm is built without threads, and each worker has a memory of its own.
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };

const PAGE: usize = 65536;
/// What the allocator's blocks begin at a multiple of.
const ALIGNMENT: usize = 16;

unsafe extern "C" {
    /// Where the linker's own part of the memory ends: stack and data lie below.
    static __heap_base: u8;
}

thread_local! {
    static IS_CLAIMED: Cell<bool> = const { Cell::new(false) };
}

/// Gives the allocator what is left of the pages that the module begins with, once. To be called
/// before anything is allocated: then no page has been added yet.
pub(super) fn claim() {
    if IS_CLAIMED.replace(true) {
        return;
    }
    let from = (&raw const __heap_base as usize).next_multiple_of(ALIGNMENT);
    let to = core::arch::wasm32::memory_size::<0>().saturating_mul(PAGE);
    if let Ok(layout) = Layout::from_size_align(to.saturating_sub(from), ALIGNMENT)
        && layout.size() > 0
    {
        // SAFETY: the linker puts nothing between `__heap_base` and the end of the memory, and
        // nothing was allocated there: the allocator only knows pages that it has added itself,
        // behind that end. It takes a block that it has never given out as any other.
        unsafe { ALLOCATOR.dealloc(from as *mut u8, layout) };
    }
}
