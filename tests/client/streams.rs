//! Events as streams.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use futures_util::stream::{FusedStream, StreamExt};
use js_sys::Array;
use socketio_wasm::{Event, EventsRaw};
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::{EACH, at, over};
use super::page::{Page, array, tick, until};
use super::stand_in::StandIn;
use super::user::{User, nothing, show};

/// What a future says when it is asked once, by nobody who is woken.
pub(crate) fn ask_once<T>(future: impl Future<Output = T>) -> Poll<T> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

fn args_of(event: Option<Event>) -> String {
    event.map_or("nothing".into(), |event| show(&event.args()))
}

#[test]
async fn ten_thousand_events_come_in_their_order() {
    const COUNT: u32 = 10_000;
    let page = Page::new().await;
    for kind in EACH {
        let user = User::connected(&page, over(kind)).await;
        let mut events = user.socket.events_raw("burst");
        user.emit("burst", &format!("[{COUNT}]"));
        for n in 0..COUNT {
            let event = events.next().await.expect("an event");
            assert_eq!(event.get(0), n, "{kind:?}");
        }
        user.settle().await;
        assert!(ask_once(events.next()).is_pending());
    }
}

#[test]
async fn events_that_came_while_nobody_asked_are_kept() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let (mut first, mut second) =
        (user.socket.events_raw("echo-emit"), user.socket.events_raw("echo-emit"));
    user.emit("echo-emit", "[1]");
    user.emit("echo-emit", "[2]");
    user.settle().await;
    // Each stream has all of them; one that is made now has none.
    let mut third = user.socket.events_raw("echo-emit");
    for events in [&mut first, &mut second] {
        assert_eq!(args_of(events.next().await), "[1]");
        assert_eq!(args_of(events.next().await), "[2]");
        assert!(ask_once(events.next()).is_pending());
    }
    assert!(ask_once(third.next()).is_pending());
}

#[test]
async fn stream_is_one_like_any_other() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let events = user.socket.events_raw("burst");
    user.emit("burst", "[5]");
    let numbers: Vec<f64> =
        events.filter_map(async |event| event.get(0).as_f64()).take(5).collect().await;
    assert_eq!(numbers, [0.0, 1.0, 2.0, 3.0, 4.0]);
}

#[test]
async fn stream_goes_on_after_the_connection_was_lost() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let mut events = user.socket.events_raw("echo-emit");
    user.emit("drop", "[]");
    user.next("connect").await;
    user.emit("echo-emit", "[1]");
    assert_eq!(args_of(events.next().await), "[1]");
}

#[test]
async fn events_of_a_stream_can_be_answered() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let mut questions = user.socket.events_raw("question");
    user.emit("ask", "[6]");
    let question = questions.next().await.unwrap();
    question.ack::<()>().send_raw(&array("[7]")).unwrap();
    assert_eq!(user.event("answered").await, "[7]");
}

#[test]
async fn stream_ends_with_the_last_handle_after_what_had_come() {
    let page = Page::new().await;
    let sockets = StandIn::silent(&page);
    let user = User::new(&page, at(""));
    user.socket.connect();
    sockets.connect();
    let mut events = user.socket.events_raw("a");
    sockets.receive(r#"42["a",1]"#);
    let client = user.socket.client();
    assert!(!events.is_terminated());
    drop(user);
    assert!(!events.is_terminated());
    assert_eq!(args_of(events.next().await), "[1]");
    assert!(events.next().await.is_none());
    assert!(events.is_terminated());
    assert!(events.next().await.is_none());
    // It is not that of another socket of the same name.
    let again = client.socket("/");
    again.connect();
    assert!(events.next().await.is_none());
}

#[test]
async fn whoever_waits_is_told_when_the_last_handle_is_dropped() {
    let page = Page::new().await;
    for is_connected in [true, false] {
        let user = User::new(&page, at(""));
        if is_connected {
            user.connect().await;
        }
        let mut events = user.socket.events_raw("a");
        let ended = Rc::new(Cell::new(false));
        let is_ended = Rc::clone(&ended);
        spawn_local(async move {
            assert!(events.next().await.is_none());
            is_ended.set(true);
        });
        // The other is waiting now.
        tick(0).await;
        assert!(!ended.get());
        drop(user);
        until("the stream has ended", || ended.get()).await;
    }
}

/// A task that waits, and is given up: the next one gets what it would have got.
#[test]
async fn future_that_is_dropped_takes_no_event_with_it() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let mut events = user.socket.events_raw("echo-emit");
    assert!(ask_once(events.next()).is_pending());
    user.emit("echo-emit", "[1]");
    user.settle().await;
    drop(events.next());
    assert_eq!(args_of(events.next().await), "[1]");
}

#[test]
async fn stream_may_be_dropped_inside_an_event() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let slot = Rc::new(Cell::new(None));
    let last = Rc::clone(&slot);
    let _listener = user.socket.on_raw("echo-emit", move |_| drop(last.take()));
    slot.set(Some(user.socket.events_raw("echo-emit")));
    user.socket.emit_raw("echo-emit", &nothing()).unwrap();
    user.settle().await;
    assert!(slot.take().is_none());
}

thread_local! {
    static EVENTS: RefCell<Option<EventsRaw>> = const { RefCell::new(None) };
    static TAKEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// An executor that polls before `wake` returns.
struct AtOnce;

impl Wake for AtOnce {
    fn wake(self: Arc<Self>) {
        let waker = self.into();
        EVENTS.with_borrow_mut(|events| {
            let events = events.as_mut().unwrap();
            let mut context = Context::from_waker(&waker);
            while let Poll::Ready(Some(event)) = events.poll_next_unpin(&mut context) {
                TAKEN.with_borrow_mut(|taken| taken.push(show(&event.args())));
            }
        });
    }
}

#[test]
async fn executor_may_poll_at_once() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    EVENTS.set(Some(user.socket.events_raw("echo-emit")));
    Arc::new(AtOnce).wake();
    user.emit("echo-emit", "[1]");
    user.emit("echo-emit", "[2]");
    user.settle().await;
    assert_eq!(TAKEN.take(), ["[1]", "[2]"]);
    drop(EVENTS.take());
}

/// What is emitted for each event is in the events' order.
#[test]
async fn task_may_emit_for_each_event() {
    const COUNT: u32 = 100;
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let (mut bursts, socket) = (user.socket.events_raw("burst"), user.socket.clone());
    spawn_local(async move {
        for _ in 0..COUNT {
            let event = bursts.next().await.unwrap();
            socket.emit_raw("echo-emit", &Array::of1(&event.get(0))).unwrap();
        }
    });
    user.emit("burst", &format!("[{COUNT}]"));
    for n in 0..COUNT {
        assert_eq!(user.event("echo-emit").await, format!("[{n}]"));
    }
}
