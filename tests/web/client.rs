//! A face as a test has it: it writes down what it is told, and may call back at once.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::{Rc, Weak};
use std::task::{Poll, Waker};

use gloo_timers::callback::Timeout;
use js_sys::Array;
use socketio_wasm::proto::error::{ConnectError, DisconnectReason};
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::{ManagerOptions, TransportKind};
use socketio_wasm::proto::output::{Event, Message, NspId};
use socketio_wasm::proto::time::Millis;
use socketio_wasm::web::data::Data;
use socketio_wasm::web::{Driver, Endpoint, Face, json};
use wasm_bindgen::JsValue;

use super::page::{LONGEST_WAIT, Page, array, get, show, until};

/// The real server; the test's page has another origin.
pub(crate) const SERVER: &str = match option_env!("SOCKETIO_TEST_SERVER") {
    Some(url) => url,
    None => "http://localhost:3000",
};

/// How long a delay is that never ends.
pub(crate) const NEVER: Millis = Millis(u64::MAX);

/// Options for tests: reconnection is quick, and falling back is at once or not at all.
pub(crate) fn over(transports: &[TransportKind]) -> ManagerOptions {
    ManagerOptions {
        transports: transports.to_vec(),
        fallback_delay: NEVER,
        reconnection_delay: Millis(20),
        reconnection_delay_max: Millis(20),
        randomization_factor: 0.0,
        ..ManagerOptions::default()
    }
}

/// Something that the face was told.
#[derive(Clone)]
pub(crate) struct Seen {
    /// In one line, such as `disconnect /admin: io server disconnect`.
    pub(crate) what: String,
    /// The data that came with it.
    pub(crate) value: JsValue,
    /// The session and the id by which an event can be answered.
    pub(crate) answer_to: Option<(u32, u64)>,
}

type Hook = Rc<dyn Fn(&Client, &Seen)>;

/// A user of one connection.
pub(crate) struct Client {
    pub(crate) driver: Rc<Driver>,
    log: RefCell<Vec<Seen>>,
    read: Cell<usize>,
    waker: Rc<RefCell<Option<Waker>>>,
    hook: RefCell<Option<Hook>>,
    /// JSON, for every namespace.
    auth: RefCell<Option<JsValue>>,
}

/// The main namespace: the first that is made.
pub(crate) const MAIN: NspId = NspId(0);

impl Client {
    pub(crate) fn new(page: &Page, options: ManagerOptions) -> Rc<Self> {
        Self::to(SERVER, page, options)
    }

    pub(crate) fn to(origin: &str, page: &Page, options: ManagerOptions) -> Rc<Self> {
        Self::with(origin, page, options, false)
    }

    pub(crate) fn with(
        origin: &str,
        page: &Page,
        options: ManagerOptions,
        with_credentials: bool,
    ) -> Rc<Self> {
        let endpoint = Endpoint {
            origin: origin.into(),
            path: "/socket.io/".into(),
            query: String::new(),
            with_credentials,
        };
        let client = Rc::new_cyclic(|this: &Weak<Self>| Self {
            driver: Driver::new(endpoint, options, this.clone()),
            log: RefCell::default(),
            read: Cell::default(),
            waker: Rc::default(),
            hook: RefCell::default(),
            auth: RefCell::default(),
        });
        assert_eq!(client.nsp("/"), MAIN);
        page.register(&client);
        client
    }

    /// A client that is connected.
    pub(crate) async fn connected(page: &Page, transports: &[TransportKind]) -> Rc<Self> {
        let client = Self::new(page, over(transports));
        client.connect();
        client.next("connect").await;
        client
    }

    pub(crate) fn nsp(&self, name: &str) -> NspId {
        self.driver.turn(|manager, _| manager.socket(name))
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
        let is_made =
            |nsp: &NspId| *nsp == MAIN || self.driver.ask(|manager| manager.name(*nsp).is_some());
        (0..).map(NspId).take_while(is_made).for_each(|nsp| self.disconnect_from(nsp));
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
        self.driver.emit(nsp, args.clone(), label.map(JsValue::from)).unwrap();
    }

    /// Answers an event of the server.
    pub(crate) fn answer(&self, event: &Seen, args: &Array) {
        let (session, id) = event.answer_to.expect("an event that wants an answer");
        let data = json::encode(args).unwrap();
        self.driver.turn(|manager, now| manager.ack(MAIN, session, id, data, now));
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
        let (late, waker) = (Rc::new(Cell::new(false)), Rc::clone(&self.waker));
        let is_late = Rc::clone(&late);
        let _timeout = Timeout::new(LONGEST_WAIT, move || {
            late.set(true);
            if let Some(waker) = waker.take() {
                waker.wake();
            }
        });
        poll_fn(move |context| {
            if let Some(seen) = self.find(what) {
                return Poll::Ready(seen);
            }
            assert!(!is_late.get(), "waited for {what:?} in vain: {:#?}", self.seen());
            self.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await
    }

    fn find(&self, what: &str) -> Option<Seen> {
        let log = self.log.borrow();
        let at = (self.read.get()..log.len()).find(|&at| log[at].what == what)?;
        self.read.set(at + 1);
        log.get(at).cloned()
    }

    /// Everything so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.log.borrow().iter().map(|seen| seen.what.clone()).collect()
    }

    /// The newest event.
    pub(crate) fn last(&self) -> Seen {
        self.log.borrow().last().expect("an event").clone()
    }

    /// Whether this has happened.
    pub(crate) fn has_seen(&self, what: &str) -> bool {
        self.seen().iter().any(|seen| seen == what)
    }

    pub(crate) fn transport(&self) -> Option<TransportKind> {
        self.driver.ask(Manager::transport).map(|(_, kind)| kind)
    }

    /// The name of the only transport that this client may use.
    pub(crate) fn transports(&self) -> &'static str {
        self.driver.ask(|manager| manager.options().transports[0]).as_str()
    }

    fn name(&self, nsp: NspId) -> String {
        let suffix = |name: Option<&str>| name.map(|name| format!(" {name}"));
        self.driver.ask(|manager| suffix(manager.name(nsp))).unwrap_or_default()
    }
}

impl Face for Client {
    fn handle_event(&self, event: Event<Data>) {
        let Some(seen) = self.describe(event) else { return };
        self.log.borrow_mut().push(seen.clone());
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
        let hook = self.hook.borrow().clone();
        if let Some(hook) = hook {
            hook(self, &seen);
        }
    }

    fn authenticate(&self, nsp: NspId, session: u32) {
        let auth = self.auth.borrow().clone();
        self.driver.turn(|manager, now| manager.authenticate(nsp, session, Ok(auth), now));
    }
}

impl Client {
    /// `None` for what comes at no certain time: the heartbeat, and the server's `hello`.
    fn describe(&self, event: Event<Data>) -> Option<Seen> {
        let (what, value) = match event {
            Event::Message(message) => return self.describe_message(message),
            Event::Ping => return None,
            Event::Connect(nsp, data) => (format!("connect{}", self.name(nsp)), data),
            Event::Ack { callback, data, .. } => {
                (format!("ack {}", callback.as_string().unwrap()), data)
            }
            Event::Disconnect(nsp, reason, details) => {
                let what = format!("disconnect{}: {}", self.name(nsp), reason.as_str());
                (what, details.map(|details| (*details).clone()).unwrap_or_default())
            }
            Event::ConnectError(nsp, error) => {
                let (what, value) = describe_error(&error);
                (format!("connect_error{}: {what}", self.name(nsp)), value)
            }
            other => (self.describe_manager(&other), JsValue::UNDEFINED),
        };
        Some(Seen { what, value, answer_to: None })
    }

    fn describe_message(&self, message: Message<Data>) -> Option<Seen> {
        let name = Array::from(&message.data).get(0);
        let name = name.as_string().unwrap_or_else(|| show(&name));
        let answer_to = message.id.map(|id| (message.session, id));
        let what = format!("{name}{}", self.name(message.nsp));
        (name != "hello").then_some(Seen { what, value: message.data, answer_to })
    }

    fn describe_manager(&self, event: &Event<Data>) -> String {
        let transport = self.transport().map_or("nothing", TransportKind::as_str);
        match event {
            Event::Open(_) => format!("open {transport}"),
            Event::Upgrade(_) => format!("upgrade to {transport}"),
            Event::UpgradeError => "upgrade error".into(),
            Event::Error(_) => "error".into(),
            Event::Close(reason, _) => format!("close: {}", DisconnectReason::as_str(*reason)),
            Event::ReconnectAttempt(n) => format!("reconnect attempt {n}"),
            Event::Reconnect(n) => format!("reconnect after {n}"),
            Event::ReconnectError(_) => "reconnect error".into(),
            Event::ReconnectFailed => "reconnect failed".into(),
            other => format!("{other:?}"),
        }
    }
}

fn describe_error(error: &ConnectError<Data>) -> (String, JsValue) {
    let text = |value: &JsValue| get(value, "message").as_string().unwrap_or_default();
    match error {
        ConnectError::Transport(error) | ConnectError::Auth(error) => (text(error), error.clone()),
        ConnectError::Rejected(data) if data.is_string() => (show(data), data.clone()),
        ConnectError::Rejected(data) => (text(data), data.clone()),
        ConnectError::Decode(error) => (error.as_str().into(), JsValue::UNDEFINED),
        ConnectError::Timeout => ("timeout".into(), JsValue::UNDEFINED),
        ConnectError::NoTransport => ("no transport".into(), JsValue::UNDEFINED),
        ConnectError::IncompatibleServer => ("incompatible server".into(), JsValue::UNDEFINED),
    }
}
