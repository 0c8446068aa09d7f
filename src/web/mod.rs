//! The driver: it has JavaScript carry out what `proto` decides, and brings back what comes of it.
//!
//! ```text
//! Driver       one connection: inputs to the machine, outputs to the network and to the face
//! network      what JavaScript has of the connection and does for it: network.js
//! wire         from text and binary messages to packets, over text: JavaScript strings, unseen
//! values       the same for those who have JavaScript's values at hand
//! space        and what is there of a namespace: listeners, what waits, recovery
//! host         what JavaScript does with its own values: host.js
//! ```
//!
//! User code runs only while outputs are carried out, with nothing borrowed. A listener that emits
//! comes back to [`Driver::turn`], which changes the machine and leaves the outputs to the outer
//! drain: they are carried out in order, and the stack does not grow.

pub(crate) mod host;
mod network;
pub(crate) mod slot;
pub(crate) mod space;
mod text;
mod values;
mod wire;

use std::cell::{Cell, RefCell, RefMut};

use crate::proto::manager::Manager;
use crate::proto::options::{ManagerOptions, TransportKind};
use crate::proto::output::{Delivery, Event, NspId, Output, TransportId};
use crate::proto::socket::attachments::Reconstruction;
use crate::proto::time::Millis;
use slot::Slot;

pub use network::Network;
pub use values::Listening;
pub use wire::Incoming;

/// Who is told what happens: the API that the user sees. Nothing is borrowed while it is called.
/// The values that belong to it are with the network.
pub trait Face {
    /// Something happened; the error or the details that belong to it are the network's cause.
    fn event(&self, network: Network, event: Event);

    /// A packet for the user, with the network's data. `id`: of the answer that is wanted, or of
    /// the event that is answered.
    fn deliver(&self, network: Network, nsp: NspId, delivery: Delivery, id: Option<u64>);

    /// A namespace is about to connect: its `auth` is wanted by [`Manager::authenticate`].
    fn authenticate(&self, nsp: NspId, session: u32);

    /// A namespace is left: its DISCONNECT packet is to be written.
    fn disconnect(&self, nsp: NspId);

    /// An open packet came: the network's data is what it says.
    fn handshake(&self, network: Network);

    /// An Engine.IO message came that is for the face to decode.
    fn message(&self, network: Network);

    /// An Engine.IO packet came, to be shown to those who look on.
    fn traced(&self, network: Network, packet_type: u32);

    /// Keeps itself, and with it the driver, while something is going on: a page need not keep
    /// what it got to go on hearing from it, and a goodbye may take a moment.
    fn anchor(&self, is_busy: bool);
}

/// One connection to a server in a browser.
pub struct Driver<F: Face> {
    face: F,
    manager: RefCell<Manager>,
    network: Network,
    reconstruction: Slot<Reconstruction<()>>,
    /// The packet whose attachments are still to come.
    partial: Cell<Option<Incoming>>,
    /// When the timer fires.
    deadline: Cell<Option<Millis>>,
    draining: Cell<bool>,
    anchored: Cell<bool>,
    /// The most attachments that one received packet may have.
    pub max_attachments: Cell<u32>,
    /// Whether messages are handed to the face as they come.
    pub raw: Cell<bool>,
    /// Whether the face wants to see every packet.
    pub traced: Cell<bool>,
}

impl<F: Face> Driver<F> {
    /// A connection that does nothing yet. What happens to the network is to be told by
    /// [`Self::hear`].
    pub fn new(network: Network, options: ManagerOptions, face: F) -> Self {
        Self {
            face,
            manager: RefCell::new(machine(network, options)),
            network,
            reconstruction: Slot::default(),
            partial: Cell::new(None),
            deadline: Cell::default(),
            draining: Cell::new(false),
            anchored: Cell::new(false),
            max_attachments: Cell::new(10),
            raw: Cell::new(false),
            traced: Cell::new(false),
        }
    }

    /// Another connection, of the same number, in the place of one that has ended.
    pub fn renew(&self, options: ManagerOptions) {
        *self.manager() = machine(self.network, options);
        self.deadline.set(None);
        self.anchored.set(false);
    }

    /// The namespace of this number; all up to it are made if need be. None is connected by this.
    pub fn socket(&self, number: u32) -> NspId {
        let mut manager = self.manager();
        while manager.namespaces() <= number {
            manager.socket();
        }
        NspId(number)
    }

    /// What JavaScript has of the connection.
    pub fn network(&self) -> Network {
        self.network
    }

    /// Asks the machine something.
    pub fn ask<R>(&self, question: impl FnOnce(&Manager) -> R) -> R {
        question(&self.manager())
    }

    /// Whoever is given the machine does nothing else: it is there. Saying so in another way would
    /// bring the texts of a panic into each page.
    fn manager(&self) -> RefMut<'_, Manager> {
        self.manager.try_borrow_mut().unwrap_or_else(|_| std::process::abort())
    }

    /// Gives the machine an input or a command, then carries out what it wants done.
    pub fn turn<R>(&self, input: impl FnOnce(&mut Manager, Millis) -> R) -> R {
        let now = self.network.now();
        let result = input(&mut self.manager(), now);
        self.drain();
        result
    }

    /// Sends the Engine.IO packets of a namespace's event that the network has staged; says whether
    /// the namespace is connected.
    pub fn send(&self, nsp: NspId) -> bool {
        self.turn(|manager, now| {
            let can_send = manager.can_send(nsp, now);
            if can_send {
                self.network.write();
                manager.write();
            }
            can_send
        })
    }

    /// Sends the Engine.IO packets that the network has staged, or keeps them until the transport
    /// can take them.
    pub fn write(&self) {
        self.network.write();
        self.turn(|manager, _| manager.write());
    }

    /// The transport in use; none has the number that stands for it.
    pub fn current(&self) -> u32 {
        self.ask(Manager::transport).map_or(u32::MAX, |(TransportId(id), _)| id)
    }

    fn drain(&self) {
        if self.draining.replace(true) {
            return;
        }
        loop {
            let output = self.manager().poll_output();
            let Some(output) = output else { break };
            self.perform(output);
        }
        self.draining.set(false);
        let deadline = self.ask(Manager::poll_timeout);
        if self.deadline.replace(deadline) != deadline {
            self.network.arm(deadline);
        }
        let is_busy = deadline.is_some();
        if self.anchored.replace(is_busy) != is_busy {
            self.face.anchor(is_busy);
        }
    }

    fn perform(&self, output: Output) {
        match output {
            Output::Disconnect(nsp) => self.face.disconnect(nsp),
            Output::Authenticate { nsp, session } => self.face.authenticate(nsp, session),
            Output::Event(event) => self.tell(event),
            output => self.reach(output),
        }
    }

    fn tell(&self, event: Event) {
        match event {
            Event::Open(id) | Event::Upgrade(id) => self.remember(id),
            Event::Opening => {
                self.reconstruction.set(Reconstruction::default());
                self.network.forget();
            }
            Event::Failed(error) => self.network.blame(error.into()),
            _ => {}
        }
        self.face.event(self.network, event);
    }

    /// Keeps in mind whether a WebSocket works, if that was seen.
    fn remember(&self, id: TransportId) {
        let mut manager = self.manager();
        let current = manager.transport().filter(|&(current, _)| current == id);
        let is_websocket = current.is_some_and(|(_, of)| of.kind == TransportKind::WebSocket);
        if is_websocket || manager.fell_back() {
            manager.prefer_polling(!is_websocket);
            self.network.prefer(!is_websocket);
        }
    }
}

#[inline(never)]
fn machine(network: Network, options: ManagerOptions) -> Manager {
    let mut manager = Manager::new(options, js_sys::Math::random().to_bits());
    manager.prefer_polling(network.is_first_polling());
    manager
}

impl<F: Face> Drop for Driver<F> {
    fn drop(&mut self) {
        self.network.end();
    }
}
