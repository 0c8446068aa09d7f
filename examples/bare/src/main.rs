//! The counter example without a framework and without serde: the smallest there is.
//! What happens on the page is in [`page`], what happens on the line in [`connection`].

// To measure what the connection costs there is one that is none, and others to compare with.
#[cfg_attr(feature = "serde", path = "typed.rs")]
#[cfg_attr(feature = "reference", path = "reference.rs")]
#[cfg_attr(not(any(feature = "socket", feature = "reference")), path = "without.rs")]
mod connection;
mod page;

#[cfg(feature = "small")]
#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

fn main() {
    let connection = connection::connect();
    page::on_send(move |text| connection.echo(text));
}
