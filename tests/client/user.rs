//! Someone who uses a namespace: what they do, and all that they are told.

use std::rc::Rc;

use js_sys::Array;
use socketio_wasm::{AckError, Builder, ConnectError, Listener, Socket};
use wasm_bindgen::JsValue;

use super::client::{Client, at};
use super::log::{Log, Seen};
use super::page::{Page, array, call};

pub(crate) struct User {
    pub(crate) socket: Socket,
    pub(crate) log: Rc<Log>,
    /// Dropped last: what ends is told.
    _listeners: [Listener; 5],
    _client: Rc<Client>,
}

impl User {
    /// Not connected yet.
    pub(crate) fn new(page: &Page, builder: Builder) -> Self {
        Self::of(page, builder.build().expect("a socket"))
    }

    pub(crate) fn of(page: &Page, socket: Socket) -> Self {
        let client = Rc::new(Client(socket.client()));
        page.register(&client);
        let log = Rc::new(Log::default());
        Self { _listeners: write_down(&socket, &log), socket, log, _client: client }
    }

    pub(crate) async fn connected(page: &Page, builder: Builder) -> Self {
        let user = Self::new(page, builder);
        user.connect().await;
        user
    }

    pub(crate) async fn connect(&self) {
        self.socket.connect();
        self.next("connect").await;
    }

    /// Waits for what the user is told, passing over the rest. Each is found once.
    pub(crate) async fn next(&self, what: &str) -> JsValue {
        self.log.next(what).await.value
    }

    /// The arguments of the next event of this name, as [`show`] has them.
    pub(crate) async fn event(&self, name: &str) -> String {
        show(&self.next(name).await)
    }

    /// All that the user was told, but for the server's clock.
    pub(crate) fn seen(&self) -> Vec<String> {
        let mut all = self.log.all();
        all.retain(|what| what != "hello");
        all
    }

    pub(crate) fn count(&self, what: &str) -> usize {
        self.log.all().iter().filter(|seen| *seen == what).count()
    }

    /// Emits the arguments that a JavaScript expression stands for.
    pub(crate) fn emit(&self, event: &str, args: &str) {
        self.socket.emit_raw(event, &array(args)).expect("an event that can be sent");
    }

    /// The server's answer, as [`show`] has it.
    pub(crate) async fn ask(&self, event: &str, args: &str) -> Result<String, AckError> {
        let answer = self.socket.emit_with_ack_raw(event, &array(args)).await;
        answer.map(|args| show(&args))
    }

    /// The server has handled all that was sent, and what it sent back has come.
    pub(crate) async fn settle(&self) {
        assert_eq!(self.ask("echo", "['settled']").await.expect("an answer"), r#"["settled"]"#);
    }
}

fn write_down(socket: &Socket, log: &Rc<Log>) -> [Listener; 5] {
    let note = || {
        let log = Rc::clone(log);
        move |what: String, value: JsValue| log.add(Seen { what, value, id: JsValue::UNDEFINED })
    };
    let (connect, disconnect, error, state, event) = (note(), note(), note(), note(), note());
    [
        socket.on_connect(move || connect("connect".into(), JsValue::UNDEFINED)),
        socket.on_disconnect(move |reason| {
            disconnect(format!("disconnect: {reason}"), JsValue::UNDEFINED);
        }),
        socket.on_connect_error(move |found| {
            error(format!("connect_error: {}", name_of(found)), value_of(found));
        }),
        socket.on_state(move |now| state(format!("state: {now}"), JsValue::UNDEFINED)),
        socket.on_any(move |found| event(found.name(), found.args().into())),
    ]
}

fn name_of(error: &ConnectError) -> String {
    match error {
        ConnectError::Transport(_) => "transport".into(),
        ConnectError::Timeout => "timeout".into(),
        ConnectError::NoTransport => "no transport".into(),
        ConnectError::Rejected { message, .. } => format!("rejected: {message}"),
        ConnectError::IncompatibleServer => "incompatible server".into(),
        ConnectError::Auth(message) => format!("auth: {message}"),
        _ => panic!("unknown: {error:?}"),
    }
}

fn value_of(error: &ConnectError) -> JsValue {
    match error {
        ConnectError::Transport(value) | ConnectError::Rejected { data: value, .. } => {
            value.clone()
        }
        _ => JsValue::UNDEFINED,
    }
}

/// A value as JSON, with `<1,2>` for these two bytes.
pub(crate) fn show(value: &JsValue) -> String {
    const SHOW: &str = "value => JSON.stringify(value, (_, part) =>
        part instanceof Uint8Array ? `<${part}>` : part)";
    call(SHOW, &[value]).as_string().unwrap_or_else(|| "undefined".into())
}

/// Someone who looks at the server from beside: which sessions of a page there are.
pub(crate) struct Watcher(User);

impl Watcher {
    pub(crate) async fn new(page: &Page) -> Self {
        Self(User::connected(page, at("")).await)
    }

    /// Waits until the sessions with this `page` in their query are so many: for seconds, as Firefox
    /// holds on for one to a WebSocket that is closed before it has opened.
    pub(crate) async fn sessions(&self, page: &str, count: u32) {
        let expected = format!("[{count}]");
        let mut last = String::new();
        for _ in 0..10_000 {
            last = self.count(page).await;
            if last == expected {
                return;
            }
        }
        panic!("{page}: {last} sessions, not {expected}");
    }

    /// The sessions there are now, as `[n]`.
    pub(crate) async fn count(&self, page: &str) -> String {
        self.0.ask("sessions-of", &format!("[{page:?}]")).await.expect("a count")
    }
}

/// A name for the sessions of one test: another one each time.
pub(crate) fn name() -> String {
    call("() => crypto.randomUUID()", &[]).as_string().expect("a name")
}

/// What the page's own server is: where the tests' page came from.
pub(crate) fn own_server() -> String {
    call("() => location.origin", &[]).as_string().expect("an origin")
}

/// No arguments.
pub(crate) fn nothing() -> Array {
    Array::new()
}
