//! A value that is taken out of its place while it is used.

use core::cell::Cell;

/// As a `RefCell`, without its way to panic: what comes back here while the value is out sees an
/// empty one. So nothing that could may run meanwhile.
#[derive(Default)]
pub(crate) struct Slot<T>(Cell<T>);

impl<T: Default> Slot<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Cell::new(value))
    }

    /// Looks at the value, or changes it.
    pub(crate) fn with<R>(&self, use_it: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.0.take();
        let result = use_it(&mut value);
        // What was in its place is the empty value, with nothing to drop.
        core::mem::forget(self.0.replace(value));
        result
    }

    pub(crate) fn take(&self) -> T {
        self.0.take()
    }

    /// Another value. What was there is dropped when the new one is in its place.
    pub(crate) fn set(&self, value: T) {
        drop(self.0.replace(value));
    }
}

impl<T: Default + Clone> Slot<T> {
    pub(crate) fn get(&self) -> T {
        self.with(|value| value.clone())
    }
}
