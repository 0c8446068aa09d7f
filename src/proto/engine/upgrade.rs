//! From long-polling to a WebSocket, with nothing lost and nothing overtaken.
//! Spec: engine.io-protocol v4, "Upgrade".
//!
//! | stage     | event             | next      | done                                            |
//! |-----------|-------------------|-----------|-------------------------------------------------|
//! | `Opening` | the socket opens  | `Probing` | send `2probe` over it                           |
//! | `Probing` | `3probe`          | `Pausing` | start no GET and no POST any more               |
//! | `Pausing` | both are answered | upgraded  | send `5`, then what waited in the write buffer  |
//! | any       | failure, deadline | none      | close the WebSocket, go on with long-polling    |
//!
//! While pausing, packets from the server still come by the last GET, and those to it wait.
//!
//! The specification pauses polling before it probes; the reference pauses after the pong, so that
//! a WebSocket that does not work costs nothing. We follow the reference.

use super::{Current, Engine, Packet};
use crate::proto::options::{Candidate, ManagerOptions, TransportKind};
use crate::proto::output::{Event, Output, Outputs, TransportId};
use crate::proto::time::Millis;

/// How long an upgrade may take; the server's own default for it. The reference has no limit, but
/// a WebSocket that stays silent must not hold back a session that works.
const UPGRADE_TIMEOUT: Millis = Millis(10_000);

#[derive(Debug, PartialEq, Eq)]
enum Stage {
    Opening,
    Probing,
    Pausing,
}

/// A WebSocket that is to take over.
#[derive(Debug)]
pub(super) struct Upgrade {
    pub(super) id: TransportId,
    transport: Candidate,
    pub(super) deadline: Millis,
    stage: Stage,
}

impl Engine {
    /// Whether packets have to wait for the WebSocket that takes over.
    pub(super) fn is_pausing(&self) -> bool {
        self.upgrade.as_ref().is_some_and(|upgrade| upgrade.stage == Stage::Pausing)
    }

    /// Opens a WebSocket beside long-polling, if that is what the session began with.
    pub(super) fn start_upgrade(
        &mut self,
        options: &ManagerOptions,
        now: Millis,
        out: &mut Outputs,
    ) {
        let is_websocket = |other: &&Candidate| other.kind == TransportKind::WebSocket;
        let Some(&transport) = options.transports.iter().find(is_websocket) else { return };
        let Some((session, of)) = self.current() else { return };
        if !options.upgrade || of.kind != TransportKind::Polling {
            return;
        }
        let id = self.new_id();
        self.upgrade = Some(Upgrade {
            id,
            transport,
            deadline: now.after(UPGRADE_TIMEOUT),
            stage: Stage::Opening,
        });
        out.push(Output::Open { id, transport, session_of: Some(session) });
    }

    /// A WebSocket is open. One that begins a session itself waits for the handshake.
    pub(crate) fn handle_open(&mut self, id: TransportId, out: &mut Outputs) {
        if let Some(upgrade) = self.upgrade.as_mut().filter(|upgrade| upgrade.id == id) {
            upgrade.stage = Stage::Probing;
            out.push(Output::Send(id, Packet::Probe));
        }
    }

    /// The answer to the probe, `3probe`; any other packet in its place is a failure.
    pub(crate) fn handle_pong(&mut self, id: TransportId, is_probe: bool, out: &mut Outputs) {
        let Some(upgrade) = self.upgrade.as_mut().filter(|upgrade| upgrade.id == id) else {
            return;
        };
        if upgrade.stage == Stage::Probing && is_probe {
            // A GET always waits up to here: its answer finishes the upgrade.
            upgrade.stage = Stage::Pausing;
            out.tell(Event::Upgrading(id));
        } else {
            self.fail_upgrade(out);
        }
    }

    /// Moves to the WebSocket as soon as neither a GET nor a POST is under way.
    pub(super) fn finish_upgrade(&mut self, out: &mut Outputs) {
        let Some(current) = &mut self.current else { return };
        if current.polling || current.posting {
            return;
        }
        let Some(upgrade) = self.upgrade.take() else { return };
        out.push(Output::Close(current.id));
        out.push(Output::Send(upgrade.id, Packet::Upgrade));
        *current = Current { id: upgrade.id, transport: upgrade.transport, ..*current };
        out.tell(Event::Upgrade(upgrade.id));
        self.flush(out);
    }

    /// The WebSocket does not work: the session goes on as it is.
    pub(super) fn fail_upgrade(&mut self, out: &mut Outputs) {
        self.close_upgrade(out);
        self.poll(out);
        self.flush(out);
    }

    pub(super) fn close_upgrade(&mut self, out: &mut Outputs) {
        if let Some(upgrade) = self.upgrade.take() {
            out.push(Output::Close(upgrade.id));
            out.tell(Event::UpgradeError);
        }
    }
}
