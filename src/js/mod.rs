//! The API of the npm package: `io()` and the classes of the reference client, under its names.
//!
//! ```text
//! lookup       io(): address and options → connection → socket
//! options      the options object, read and checked
//! connection   one connection: what its manager, sockets and engine share; events to listeners
//! socket, manager, engine   the classes
//! error        what connect_error brings
//! object       which JavaScript object stands for what
//! ```
//!
//! What JavaScript classes have and wasm-bindgen can't express (rest arguments, methods that
//! answer `this`, second names) is added by `npm/shape.js`.

mod connection;
mod engine;
mod error;
mod lookup;
mod manager;
mod object;
mod options;
mod socket;

use lol_alloc::{FreeListAllocator, LockedAllocator};

#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> =
    LockedAllocator::new(FreeListAllocator::new());
