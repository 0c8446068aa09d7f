//! Tells the page what happens, by number: `npm/core.js` says what each means.

use wasm_bindgen::prelude::*;

use crate::proto::error::DisconnectReason;
use crate::proto::output::{Delivery, Event, NspId};
use crate::web::{Face, Network};

#[wasm_bindgen(module = "/src/web/network.js")]
extern "C" {
    /// Something happened: what, to which namespace or how often, and one more number. The values
    /// that belong to it are with the network.
    fn tell(network: u32, what: u32, of: u32, more: f64);
}

/// What an event has beside its namespace, where there is nothing.
const NOTHING: f64 = -1.0;

pub(super) struct PageFace(pub(super) Network);

impl PageFace {
    fn tell(&self, what: u32, of: u32, more: f64) {
        tell(self.0.0, what, of, more);
    }

    /// An end, and its reason.
    fn closed(&self, what: u32, of: u32, reason: DisconnectReason) {
        self.tell(what, of, (reason as u32).into());
    }
}

impl Face for PageFace {
    fn event(&self, _: Network, event: Event) {
        let (what, of) = match event {
            Event::Opening => (0, 0),
            Event::Open(_) => (1, 0),
            Event::Upgrading(_) => (2, 0),
            Event::Upgrade(_) => (3, 0),
            Event::UpgradeError => (4, 0),
            Event::Ping => (5, 0),
            Event::Error => (6, 0),
            Event::Close(reason) => return self.closed(7, 0, reason),
            Event::ReconnectAttempt(n) => (8, n),
            Event::Reconnect(n) => (9, n),
            Event::ReconnectError => (10, 0),
            Event::ReconnectFailed => (11, 0),
            Event::ConnectError(NspId(nsp)) => (12, nsp),
            Event::Disconnect(NspId(nsp), reason) => return self.closed(13, nsp, reason),
            Event::Failed(_) => return,
        };
        self.tell(what, of, NOTHING);
    }

    fn deliver(&self, _: Network, NspId(nsp): NspId, delivery: Delivery, id: Option<u64>) {
        let what = match delivery {
            Delivery::Connect => 14,
            Delivery::Rejected => 15,
            Delivery::IncompatibleServer => 16,
            Delivery::Event => 17,
            Delivery::Ack => 18,
        };
        #[expect(clippy::cast_precision_loss, reason = "none is above the largest exact integer")]
        self.tell(what, nsp, id.map_or(NOTHING, |id| id as f64));
    }

    fn authenticate(&self, NspId(nsp): NspId, session: u32) {
        self.tell(19, nsp, session.into());
    }

    fn disconnect(&self, NspId(nsp): NspId) {
        self.tell(20, nsp, NOTHING);
    }

    fn handshake(&self, _: Network) {
        self.tell(21, 0, NOTHING);
    }

    fn message(&self, _: Network) {
        self.tell(22, 0, NOTHING);
    }

    fn traced(&self, _: Network, packet_type: u32) {
        self.tell(23, packet_type, NOTHING);
    }

    fn anchor(&self, is_busy: bool) {
        self.tell(24, is_busy.into(), NOTHING);
    }
}
