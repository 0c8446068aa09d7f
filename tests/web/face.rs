//! A face as a test has it.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::output::{Delivery, Event, NspId};
use socketio_wasm::proto::socket::packet::PacketType;
use socketio_wasm::web::{Face, Listening, Network};
use wasm_bindgen::JsValue;

use super::client::Client;
use super::log::{Seen, describe, name_of};
use super::page::show;

/// What the driver tells goes to the client, which owns the driver.
pub(crate) struct Notebook {
    client: Weak<Client>,
    anchor: RefCell<Option<Rc<Client>>>,
    _listening: Listening,
}

impl Notebook {
    pub(crate) fn of(client: &Weak<Client>, network: Network) -> Self {
        let listener = Weak::clone(client);
        let listening = network.listen(move |what, id, len, head| {
            if let Some(client) = listener.upgrade() {
                client.driver.hear(what, id, len, head);
            }
        });
        Self { client: Weak::clone(client), anchor: RefCell::default(), _listening: listening }
    }

    /// The driver goes on telling the rest of what happened when a listener has dropped the client.
    fn client(&self) -> Option<Rc<Client>> {
        self.client.upgrade()
    }

    fn see(&self, what: String, value: &JsValue, id: &JsValue) {
        if let Some(client) = self.client() {
            client.see(Seen { what, value: value.clone(), id: id.clone() });
        }
    }

    fn note(&self, what: &str, value: &JsValue) {
        if let Some(client) = self.client() {
            client.log.note(what, value);
        }
    }
}

impl Face for Notebook {
    fn event(&self, network: Network, event: Event) {
        let Some(client) = self.client() else { return };
        let cause = &network.cause();
        let suffix = |nsp| client.suffix(nsp);
        if let Some(what) = describe(event, cause, client.transport(), suffix) {
            self.see(what, cause, &JsValue::UNDEFINED);
        }
    }

    fn deliver(&self, network: Network, nsp: NspId, delivery: Delivery, id: Option<u64>) {
        let Some(client) = self.client() else { return };
        let data = &network.data();
        let suffix = client.suffix(nsp);
        let what = match delivery {
            Delivery::Connect => {
                client.flush(nsp);
                format!("connect{suffix}")
            }
            Delivery::Rejected => format!("connect_error{suffix}: {}", name_of(data)),
            Delivery::IncompatibleServer => "connect_error: incompatible server".into(),
            // At no certain time.
            Delivery::Event if name_of(data) == "hello" => return,
            Delivery::Event => format!("{}{suffix}", name_of(data)),
            Delivery::Ack => {
                let asked = client.asked.borrow();
                let found = id.and_then(|id| asked.get(usize::try_from(id).ok()?));
                let Some((_, label)) = found.filter(|&&(of, _)| of == nsp) else { return };
                format!("ack {label}")
            }
        };
        #[expect(clippy::cast_precision_loss, reason = "none is above the largest exact integer")]
        self.see(what, data, &id.map(|id| id as f64).into());
    }

    fn authenticate(&self, nsp: NspId, session: u32) {
        let Some(client) = self.client() else { return };
        let is_wanted = |manager: &mut Manager, now| manager.authenticate(nsp, session, true, now);
        if client.driver.turn(is_wanted) {
            let auth = client.auth.borrow().as_ref().and_then(JsValue::as_string);
            client.write(nsp, PacketType::Connect, &auth.unwrap_or_default());
        }
    }

    fn disconnect(&self, nsp: NspId) {
        if let Some(client) = self.client() {
            client.write(nsp, PacketType::Disconnect, "");
        }
    }

    fn handshake(&self, network: Network) {
        self.note("handshake", &network.data());
    }

    fn message(&self, network: Network) {
        let data = network.data();
        self.see(format!("message {}", show(&data)), &data, &JsValue::UNDEFINED);
    }

    fn traced(&self, network: Network, packet_type: u32) {
        let data = network.data();
        self.note(&format!("packet {packet_type} {}", show(&data)), &data);
    }

    fn anchor(&self, is_busy: bool) {
        let client = self.client().filter(|_| is_busy).filter(|client| !client.is_free.get());
        // What was kept is dropped with nothing borrowed.
        drop(self.anchor.replace(client));
    }
}
