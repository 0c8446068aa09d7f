//! Answers that are still to come.

use alloc::vec::Vec;

/// Who waits for an answer, by acknowledgement id.
///
/// Ids only grow by one, so the place of each is known. Answers mostly come in order; the places
/// at the front that are done with are given up when they are half of all.
#[derive(Debug)]
pub(super) struct Acks<P> {
    pending: Vec<Option<P>>,
    /// How many at the front are done with.
    done: usize,
    /// The id of the first place.
    first_id: u64,
}

impl<P> Acks<P> {
    pub(super) fn new() -> Self {
        Self { pending: Vec::new(), done: 0, first_id: 0 }
    }

    /// Keeps `callback`; returns the id to send.
    pub(super) fn add(&mut self, callback: P) -> u64 {
        self.pending.push(Some(callback));
        self.first_id.saturating_add(self.pending.len().wrapping_sub(1) as u64)
    }

    /// Takes the one that waits for `id`: an answer counts once.
    pub(super) fn take(&mut self, id: u64) -> Option<P> {
        let at = usize::try_from(id.checked_sub(self.first_id)?).ok()?;
        let callback = self.pending.get_mut(at)?.take();
        while let Some(None) = self.pending.get(self.done) {
            self.done = self.done.wrapping_add(1);
        }
        if self.done > self.pending.len() / 2 {
            self.forget(self.done);
        }
        callback
    }

    /// Forgets all: the connection that the answers would come by is gone.
    pub(super) fn clear(&mut self) {
        self.forget(self.pending.len());
    }

    fn forget(&mut self, count: usize) {
        self.pending.drain(..count);
        self.first_id = self.first_id.saturating_add(count as u64);
        self.done = 0;
    }
}
