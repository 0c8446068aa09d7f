//! Which transport carries a new session: the first to finish the handshake.
//!
//! Theory: the candidates are tried in order. The next one starts at once when one fails, and
//! beside the others when `fallbackDelay` passes in silence: a proxy that swallows the WebSocket's
//! request says nothing at all. When the last one has failed, so has the attempt.

use alloc::vec::Vec;

use super::{Change, Engine};
use crate::proto::error::ConnectError;
use crate::proto::options::{Candidate, ManagerOptions, TransportKind};
use crate::proto::output::{Output, Outputs, TransportId};
use crate::proto::time::Millis;

/// An attempt to get a session.
#[derive(Debug)]
pub(super) struct Opening {
    /// Those not yet started, the next one last.
    candidates: Vec<Candidate>,
    /// Those that have not failed, in the order of their start.
    racing: Vec<(TransportId, Candidate)>,
    websocket_failed: bool,
    fallback_delay: Millis,
    /// When the next candidate is started even if nothing failed.
    pub(super) fallback_at: Millis,
}

/// The transport that brought the handshake.
pub(super) struct Won {
    pub(super) transport: Candidate,
    /// A WebSocket was tried before and did not work: not worth an upgrade.
    pub(super) websocket_failed: bool,
}

impl Engine {
    /// Begins an attempt. `polling_first` overrules the order of `options.transports`.
    pub(crate) fn open(
        &mut self,
        options: &ManagerOptions,
        polling_first: bool,
        now: Millis,
        out: &mut Outputs,
    ) {
        let is_first = |of: &Candidate| polling_first && of.kind == TransportKind::Polling;
        let first = options.transports.iter().position(is_first);
        // The next one is taken from the end.
        let mut candidates = Vec::new();
        for (at, &candidate) in options.transports.iter().enumerate().rev() {
            if Some(at) != first {
                candidates.push(candidate);
            }
        }
        if let Some(&candidate) = first.and_then(|at| options.transports.get(at)) {
            candidates.push(candidate);
        }
        self.opening = Some(Opening {
            candidates,
            racing: Vec::new(),
            websocket_failed: false,
            fallback_delay: options.fallback_delay,
            // Where there is no candidate at all, the attempt fails by timer: listeners that are
            // added after this call must hear of it.
            fallback_at: now,
        });
        self.open_next(now, out);
    }

    /// Starts the next candidate; says whether there was one.
    fn open_next(&mut self, now: Millis, out: &mut Outputs) -> bool {
        let next = self.opening.as_mut().and_then(|opening| opening.candidates.pop());
        let Some(transport) = next else { return false };
        let id = self.new_id();
        let Some(opening) = &mut self.opening else { return false };
        opening.racing.push((id, transport));
        let last = opening.candidates.is_empty();
        opening.fallback_at = if last { Millis::NEVER } else { now.after(opening.fallback_delay) };
        out.push(Output::Open { id, transport, session_of: None });
        if transport.kind == TransportKind::Polling {
            out.push(Output::Poll(id));
        }
        true
    }

    /// Starts the next candidate if the others were silent for too long.
    pub(super) fn handle_fallback_timeout(
        &mut self,
        now: Millis,
        out: &mut Outputs,
    ) -> Option<Change> {
        if self.opening.as_ref()?.fallback_at > now || self.open_next(now, out) {
            return None;
        }
        Some(Change::Failed(ConnectError::NoTransport))
    }

    /// A candidate failed: the next one starts at once. The last one's error is the attempt's.
    pub(super) fn handle_opening_failure(
        &mut self,
        id: TransportId,
        now: Millis,
        out: &mut Outputs,
    ) -> Option<Change> {
        let opening = self.opening.as_mut()?;
        let mut found = None;
        for racing in core::mem::take(&mut opening.racing) {
            if racing.0 == id {
                found = Some(racing.1);
            } else {
                opening.racing.push(racing);
            }
        }
        let failed = found?;
        opening.websocket_failed |= failed.kind == TransportKind::WebSocket;
        let nobody_left = opening.racing.is_empty();
        out.push(Output::Close(id));
        if self.open_next(now, out) || !nobody_left {
            return None;
        }
        Some(Change::Failed(ConnectError::Transport))
    }

    /// A candidate brought the handshake: the others are closed.
    pub(super) fn win(&mut self, id: TransportId, now: Millis, out: &mut Outputs) -> Option<Won> {
        let opening = self.opening.as_ref()?;
        let mut websocket_failed = opening.websocket_failed;
        let mut won = None;
        for &(racing, transport) in &opening.racing {
            if racing == id {
                won = Some(transport);
                break;
            }
            // Only a WebSocket that had its time is known not to work, not one started just now.
            websocket_failed |= transport.kind == TransportKind::WebSocket;
        }
        let transport = won?;
        self.close_racing(Some(id), now, out);
        Some(Won { transport, websocket_failed })
    }

    /// Ends the attempt and closes its transports, but for the winner.
    pub(super) fn close_racing(
        &mut self,
        winner: Option<TransportId>,
        now: Millis,
        out: &mut Outputs,
    ) {
        let Some(Opening { racing, .. }) = self.opening.take() else { return };
        for (id, transport) in racing {
            if Some(id) == winner {
                continue;
            }
            match transport.kind {
                // Nothing at the server outlives the connection itself.
                TransportKind::WebSocket => out.push(Output::Close(id)),
                TransportKind::Polling => self.await_handshake(id, now),
            }
        }
    }
}
