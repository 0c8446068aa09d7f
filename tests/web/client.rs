//! A user as a test has it: its events and answers, over one connection.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Array;
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::{Candidate, ManagerOptions, TransportKind};
use socketio_wasm::proto::output::NspId;
use socketio_wasm::proto::socket::packet::PacketType;
use socketio_wasm::proto::time::Millis;
use socketio_wasm::web::{Driver, Network};
use wasm_bindgen::JsValue;

use super::face::Notebook;
use super::host;
use super::log::{Log, Seen};
use super::page::{Page, array, call, js, show, until};

/// The real server; the test's page has another origin.
pub(crate) const SERVER: &str = match option_env!("SOCKETIO_TEST_SERVER") {
    Some(url) => url,
    None => "http://localhost:3000",
};

/// How long a delay is that never ends.
pub(crate) const NEVER: Millis = Millis(u64::MAX);

/// The transports; `host.js` tells them apart by the same numbers.
pub(crate) const WEBSOCKET: Candidate = Candidate { kind: TransportKind::WebSocket, tag: 0 };
pub(crate) const XHR: Candidate = Candidate { kind: TransportKind::Polling, tag: 0 };
pub(crate) const FETCH: Candidate = Candidate { kind: TransportKind::Polling, tag: 1 };

pub(crate) const EACH: [Candidate; 3] = [WEBSOCKET, XHR, FETCH];
pub(crate) const DEFAULT: [Candidate; 2] = [WEBSOCKET, XHR];

/// Options for tests: reconnection is quick, and falling back is at once or not at all.
pub(crate) fn over(transports: &[Candidate]) -> ManagerOptions {
    ManagerOptions {
        transports: transports.to_vec(),
        fallback_delay: NEVER,
        reconnection_delay: Millis(20),
        reconnection_delay_max: Millis(20),
        randomization_factor: 0.0,
        ..ManagerOptions::default()
    }
}

/// How a server is addressed: what `host.js` reads. `more`: properties, as code. The server tells the sessions of this
/// page, which nobody else has loaded at the same time, from those of others.
fn endpoint(origin: &str, more: &str) -> JsValue {
    let code = "(origin, more) => {
        const { hostname, port } = new URL(origin);
        return { hostname, port, secure: false, path: '/socket.io/', ...more,
            query: { page: performance.timeOrigin, ...more.query } };
    }";
    call(code, &[&origin.into(), &js(&format!("({{{more}}})"))])
}

type Hook = Rc<dyn Fn(&Client, &Seen)>;

/// A user of one connection.
pub(crate) struct Client {
    pub(crate) driver: Rc<Driver<Notebook>>,
    pub(crate) log: Log,
    hook: RefCell<Option<Hook>>,
    /// JSON, for every namespace.
    pub(crate) auth: RefCell<Option<JsValue>>,
    names: RefCell<Vec<String>>,
    /// Who waits for answers: namespace and label, by the id.
    pub(crate) asked: RefCell<Vec<(NspId, String)>>,
    /// Whether it is gone as soon as nobody has it.
    pub(crate) is_free: Cell<bool>,
    /// Packets that wait for their namespace.
    kept: RefCell<Vec<(NspId, Array)>>,
}

/// The main namespace: the first that is made.
pub(crate) const MAIN: NspId = NspId(0);

impl Client {
    pub(crate) fn new(page: &Page, options: ManagerOptions) -> Rc<Self> {
        Self::to(SERVER, page, options)
    }

    pub(crate) fn to(origin: &str, page: &Page, options: ManagerOptions) -> Rc<Self> {
        Self::at(endpoint(origin, ""), page, options)
    }

    /// A client of the real server, with more properties of its endpoint, as code.
    pub(crate) fn with(more: &str, page: &Page, options: ManagerOptions) -> Rc<Self> {
        Self::at(endpoint(SERVER, more), page, options)
    }

    fn at(endpoint: JsValue, page: &Page, options: ManagerOptions) -> Rc<Self> {
        let network = Network::new(&endpoint);
        let client = Rc::new_cyclic(|this: &Weak<Self>| Self {
            driver: Rc::new(Driver::new(network, options, Notebook::of(this, network))),
            log: Log::default(),
            hook: RefCell::default(),
            auth: RefCell::default(),
            names: RefCell::default(),
            asked: RefCell::default(),
            kept: RefCell::default(),
            is_free: Cell::default(),
        });
        assert_eq!(client.nsp("/"), MAIN);
        page.register(&client);
        client
    }

    /// A client that is connected.
    pub(crate) async fn connected(page: &Page, transports: &[Candidate]) -> Rc<Self> {
        let client = Self::new(page, over(transports));
        client.connect();
        client.next("connect").await;
        client
    }

    pub(crate) fn nsp(&self, name: &str) -> NspId {
        let nsp = self.driver.socket(self.driver.network().number(&name.into()));
        let mut names = self.names.borrow_mut();
        if names.len() == nsp.0 as usize {
            names.push(name.into());
        }
        nsp
    }

    pub(crate) fn set_auth(&self, json: &str) {
        self.auth.replace(Some(json.into()));
    }

    pub(crate) fn connect(&self) {
        self.connect_to(MAIN);
    }

    pub(crate) fn connect_to(&self, nsp: NspId) {
        self.driver.turn(|manager, now| manager.connect(nsp, now));
    }

    pub(crate) fn disconnect(&self) {
        self.disconnect_from(MAIN);
    }

    pub(crate) fn disconnect_from(&self, nsp: NspId) {
        self.driver.turn(|manager, now| manager.disconnect(nsp, now));
    }

    pub(crate) fn disconnect_all(&self) {
        let count = u32::try_from(self.names.borrow().len()).unwrap();
        (0..count).map(NspId).for_each(|nsp| self.disconnect_from(nsp));
    }

    /// Disconnects, and waits until the server knows.
    pub(crate) async fn leave(&self) {
        self.disconnect_all();
        self.quiet("the server knows of the end").await;
    }

    /// Waits until nothing is going on any more.
    pub(crate) async fn quiet(&self, what: &str) {
        until(what, || self.is_quiet()).await;
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.driver.ask(Manager::poll_timeout).is_none()
    }

    /// The network is lost. The server is told of it: it would wait for the session to come back.
    pub(crate) fn lose(&self, details: JsValue) {
        const TELL: &str = "(server, sid) => fetch(
            `${server}/socket.io/?EIO=4&transport=polling&sid=${sid}`,
            { method: 'POST', body: '1' }
        ).catch(() => {})";
        let (sid, is_polling) = (self.session_id(), self.transport() != Some(WEBSOCKET));
        host::blame(self.driver.network().0, details);
        self.driver.lose();
        if sid.is_string() && is_polling {
            call(TELL, &[&SERVER.into(), &sid]);
        }
    }

    pub(crate) fn is_active(&self, nsp: NspId) -> bool {
        self.driver.ask(|manager| manager.is_active(nsp))
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.driver.turn(|manager, now| manager.can_send(MAIN, now))
    }

    /// The transport in use.
    pub(crate) fn transport(&self) -> Option<Candidate> {
        self.driver.ask(Manager::transport).map(|(_, candidate)| candidate)
    }

    /// From now on this is called from inside of every event.
    pub(crate) fn hook(&self, hook: impl Fn(&Self, &Seen) + 'static) {
        self.hook.replace(Some(Rc::new(hook)));
    }

    pub(crate) fn forget_hook(&self) {
        drop(self.hook.take());
    }

    /// Calls this inside the first event of this description.
    pub(crate) fn hook_once(&self, what: &str, hook: impl Fn(&Self) + 'static) {
        let (what, done) = (String::from(what), Cell::new(false));
        self.hook(move |client, seen| {
            if seen.what == what && !done.replace(true) {
                hook(client);
            }
        });
    }

    /// Waits for an event, passing over others. Each is found once.
    pub(crate) async fn next(&self, what: &str) -> Seen {
        self.log.next(what).await
    }

    /// Everything so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.log.all()
    }

    /// The newest event.
    pub(crate) fn last(&self) -> Seen {
        self.log.last()
    }

    /// Whether this has happened.
    pub(crate) fn has_seen(&self, what: &str) -> bool {
        self.seen().iter().any(|seen| seen == what)
    }

    pub(crate) fn see(&self, seen: Seen) {
        self.log.add(seen.clone());
        let hook = self.hook.borrow().clone();
        if let Some(hook) = hook {
            hook(self, &seen);
        }
    }

    /// The name of a namespace as it is added to what is written down.
    pub(crate) fn suffix(&self, NspId(nsp): NspId) -> String {
        let names = self.names.borrow();
        let name = names.get(nsp as usize).filter(|_| nsp != MAIN.0);
        name.map(|name| format!(" {name}")).unwrap_or_default()
    }
}

/// What a user sends.
impl Client {
    /// Emits to the main namespace; the code is that of an array that begins with the name.
    pub(crate) fn emit(&self, args: &str) {
        self.emit_to(MAIN, &array(args), None);
    }

    /// Emits, and is told `ack <label>`.
    pub(crate) fn ask(&self, args: &str, label: &str) {
        self.emit_to(MAIN, &array(args), Some(label));
    }

    /// Emits, and waits for the answer: the arguments as [`show`] has them.
    pub(crate) async fn answer_of(&self, args: &str) -> String {
        self.ask(args, args);
        show(&self.next(&format!("ack {args}")).await.value)
    }

    pub(crate) fn emit_to(&self, nsp: NspId, args: &Array, label: Option<&str>) {
        let id = label.map_or(JsValue::UNDEFINED, |label| {
            let mut asked = self.asked.borrow_mut();
            asked.push((nsp, label.into()));
            JsValue::from_f64((asked.len() - 1) as f64)
        });
        let frames = self.frames(nsp, PacketType::Event, &id, args);
        if !self.send(nsp, &frames) {
            self.kept.borrow_mut().push((nsp, frames));
        }
    }

    /// Answers an event of the server.
    pub(crate) fn answer(&self, event: &Seen, args: &Array) {
        assert!(event.id.as_f64().is_some(), "{} wants no answer", event.what);
        assert!(self.send(MAIN, &self.frames(MAIN, PacketType::Ack, &event.id, args)));
    }

    fn frames(&self, nsp: NspId, packet_type: PacketType, id: &JsValue, data: &Array) -> Array {
        let name = self.names.borrow()[nsp.0 as usize].clone();
        let options = JsValue::from(js_sys::Object::new());
        host::frames(packet_type as u8, &name, id, data, &options).unwrap()
    }

    /// Sends a packet, if its namespace is connected.
    fn send(&self, nsp: NspId, frames: &Array) -> bool {
        self.driver.network().stage(frames);
        self.driver.send(nsp)
    }

    /// Sends an Engine.IO packet.
    pub(crate) fn write_frame(&self, frame: &JsValue) {
        self.driver.network().stage(&Array::of1(frame));
        self.driver.write();
    }

    /// What waits for the transport.
    pub(crate) fn write_buffer(&self) -> Array {
        host::waiting(self.driver.network().0, self.driver.current())
    }

    /// The bytes that the transport has not handed to the network yet.
    pub(crate) fn buffered_amount(&self) -> f64 {
        self.driver.network().amount(self.driver.current())
    }

    /// The Engine.IO session id, once there is a session.
    pub(crate) fn session_id(&self) -> JsValue {
        host::session(self.driver.network().0, self.driver.current())
    }

    /// Sends a packet that needs no namespace to be connected.
    pub(crate) fn write(&self, nsp: NspId, packet_type: PacketType, json: &str) {
        let name = self.names.borrow()[nsp.0 as usize].clone();
        let frame = host::frame(packet_type as u8, 0, &name, &JsValue::UNDEFINED, &json.into());
        self.write_frame(&frame);
    }

    pub(crate) fn flush(&self, nsp: NspId) {
        let (now, later) = self.kept.take().into_iter().partition(|&(of, _)| of == nsp);
        self.kept.replace(later);
        let now: Vec<(NspId, Array)> = now;
        now.iter().for_each(|(nsp, frames)| assert!(self.send(*nsp, frames)));
    }
}
