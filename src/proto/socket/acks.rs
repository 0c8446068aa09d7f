//! Answers that are still to come.

use alloc::collections::VecDeque;

/// Who waits for an answer, by acknowledgement id.
///
/// Ids only grow, so the queue is sorted. Answers mostly come in order, so what is removed is
/// mostly at the front.
#[derive(Debug)]
pub(super) struct Acks<P> {
    next_id: u64,
    pending: VecDeque<(u64, P)>,
}

impl<P> Acks<P> {
    pub(super) fn new() -> Self {
        Self { next_id: 0, pending: VecDeque::new() }
    }

    /// Keeps `callback`; returns the id to send.
    pub(super) fn add(&mut self, callback: P) -> u64 {
        let id = self.next_id;
        self.next_id = id.wrapping_add(1);
        self.pending.push_back((id, callback));
        id
    }

    /// Takes the one that waits for `id`: an answer counts once.
    pub(super) fn take(&mut self, id: u64) -> Option<P> {
        let at = self.pending.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        self.pending.remove(at).map(|(_, callback)| callback)
    }

    /// Forgets all: the connection that the answers would come by is gone.
    pub(super) fn clear(&mut self) {
        self.pending.clear();
    }
}
