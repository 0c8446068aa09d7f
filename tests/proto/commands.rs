//! The connection itself at the user's command, whatever its namespaces want.

use socketio_wasm::proto::engine::Handshake;
use socketio_wasm::proto::error::ConnectError;
use socketio_wasm::proto::error::DisconnectReason::{TransportClose, TransportError};
use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::TransportKind::{self, Polling, WebSocket};
use socketio_wasm::proto::options::{Candidate, ManagerOptions};
use socketio_wasm::proto::output::{Event, Output, TransportId};
use socketio_wasm::proto::time::Millis;

use crate::test;
use crate::transcript::{HANDSHAKE, Step, Transcript, candidates};

const FAILED: [&str; 2] = ["close 0", "manager error: refused"];

/// No jitter, one transport.
fn plain() -> ManagerOptions {
    ManagerOptions {
        transports: candidates(&[WebSocket]),
        randomization_factor: 0.0,
        ..ManagerOptions::default()
    }
}

fn opening(retrying: bool) -> Transcript {
    let mut t = Transcript::new(plain());
    t.turn(|manager, now| manager.open(retrying, now)).expect(&["open websocket#0"]);
    t
}

const CLOSE: Step = |t| t.turn(Manager::close);
const CLOSE_SESSION: Step = |t| t.turn(Manager::close_session);

#[test]
fn a_connection_can_be_opened_without_namespaces_and_serves_them_later() {
    let mut t = opening(false);
    t.recv(0, HANDSHAKE).expect(&["manager open 0"]);
    t.turn(|manager, now| manager.open(true, now)).expect(&[]);
    t.recv(0, "2").expect(&["manager ping", "0> 3"]);
    t.connect("/").expect(&["0> 40"]);
    t.recv(0, r#"40{"sid":"x"}"#).expect(&[r#"connect / {"sid":"x"}"#]);
}

#[test]
fn a_connection_without_namespaces_is_not_ended_by_packets_that_nobody_asked_for() {
    let mut t = opening(false);
    t.nsp("/");
    t.recv(0, HANDSHAKE).forget();
    for packet in ["40", r#"40{"sid":"x"}"#, "41", r#"42["a"]"#, r#"44"no""#] {
        t.recv(0, packet).expect(&[]);
    }
    assert_eq!(t.transport(), Some((0, WebSocket)));
}

#[test]
fn a_connection_without_namespaces_is_not_ended_by_an_auth_that_fails_too_late() {
    let mut t = opening(false);
    t.auth = None;
    t.recv(0, HANDSHAKE).connect("/").disconnect("/");
    t.turn(|manager, now| manager.open(true, now)).recv(1, HANDSHAKE).forget();
    t.authenticate("/", 1, Err("late")).expect(&[]);
    assert_eq!(t.transport(), Some((1, WebSocket)));
}

#[test]
fn opening_twice_makes_one_connection() {
    let mut t = opening(true);
    t.turn(|manager, now| manager.open(true, now)).connect("/").expect(&[]);
    t.recv(0, HANDSHAKE).expect(&["manager open 0", "0> 40"]);
}

#[test]
fn an_attempt_that_is_not_to_be_retried_fails_once() {
    let mut t = opening(false);
    t.error(0, "refused").expect(&FAILED);
    assert_eq!(t.timeout(), None);
    // The next one that a namespace wants is.
    t.connect("/").error(1, "refused").forget();
    t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#2"]);
}

#[test]
fn an_attempt_that_is_to_be_retried_is_retried_without_namespaces_too() {
    let mut t = opening(true);
    t.error(0, "refused").expect(&FAILED);
    t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
    t.recv(1, HANDSHAKE).expect(&["manager open 1", "manager reconnect 1"]);
}

#[test]
fn a_connection_that_was_not_to_be_retried_is_made_again_when_it_is_lost() {
    let mut t = opening(false);
    t.recv(0, HANDSHAKE).close(0).forget();
    t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
    t.error(1, "refused").forget();
    t.advance(2_000).expect(&["manager reconnect_attempt 2", "open websocket#2"]);
}

#[test]
fn opening_while_a_reconnection_is_planned_does_not_end_it_by_failing() {
    let mut t = Transcript::new(plain());
    t.connect("/").error(0, "refused").forget();
    t.turn(|manager, now| manager.open(false, now)).expect(&["open websocket#1"]);
    t.error(1, "refused").forget();
    assert_eq!(t.timeout(), Some(2_000));
    t.advance(2_000).expect(&["manager reconnect_attempt 2", "open websocket#2"]);
}

#[test]
fn a_namespace_that_is_wanted_during_an_attempt_lets_it_be_retried() {
    let mut t = opening(false);
    t.connect("/").error(0, "refused").forget();
    t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
}

#[test]
fn closing_tells_every_namespace_and_ends_it_for_good() {
    let mut t = Transcript::connected();
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).connect("/late").forget();
    CLOSE(&mut t).expect(&[
        "close 0",
        "disconnect /: forced close",
        "disconnect /admin: forced close",
        "manager close: forced close",
    ]);
    assert_eq!(t.timeout(), None);
    CLOSE(&mut t).expect(&[]);
    assert!(t.is_active("/") && !t.can_send("/"));
    // As in the reference, all that were wanted come back with the first that is wanted again.
    t.connect("/").recv(1, HANDSHAKE);
    t.expect(&["open websocket#1", "manager open 1", "1> 40", "1> 40/admin,", "1> 40/late,"]);
}

#[test]
fn closing_sends_what_waits_first() {
    for close in [CLOSE, CLOSE_SESSION] {
        let mut t = Transcript::polling();
        t.emit("/", "[1]").emit("/", "[2]").forget();
        close(&mut t).expect(&[
            "0> 42[2]",
            "flush 0",
            "disconnect /: forced close",
            "manager close: forced close",
        ]);
        t.drain(0).expect(&["0> 1"]);
        t.drain(0).expect(&["close 0"]);
    }
}

#[test]
fn closing_stops_an_attempt_and_a_reconnection() {
    let mut t = opening(true);
    CLOSE(&mut t).expect(&["close 0", "manager close: forced close"]);
    assert_eq!(t.timeout(), None);
    let mut t = opening(true);
    t.error(0, "refused").forget();
    CLOSE(&mut t).expect(&["manager close: forced close"]);
    assert_eq!(t.timeout(), None);
    t.connect("/").error(1, "refused");
    assert_eq!(t.timeout(), Some(1_000), "the user began anew");
}

#[test]
fn a_session_that_is_closed_is_followed_by_another() {
    let mut t = Transcript::connected();
    CLOSE_SESSION(&mut t).expect(&[
        "close 0",
        "disconnect /: forced close",
        "manager close: forced close",
    ]);
    t.advance(1_500).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
    t.recv(1, HANDSHAKE).expect(&["manager open 1", "manager reconnect 1", "1> 40"]);

    let mut t = Transcript::upgrading();
    t.open(1).forget();
    CLOSE_SESSION(&mut t);
    t.expect(&[
        "close 1",
        "manager upgrade_error",
        "disconnect /: forced close",
        "manager close: forced close",
        "0> 1",
    ]);
    t.advance(1_500).expect(&["manager reconnect_attempt 1", "open polling#2", "poll 2"]);
    t.drain(0).expect(&["close 0"]);
}

#[test]
fn an_attempt_that_is_closed_is_followed_by_another() {
    let mut t = opening(true);
    CLOSE_SESSION(&mut t).expect(&["close 0", "manager error: "]);
    t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
}

#[test]
fn the_user_can_stop_a_reconnection_that_is_planned() {
    let mut t = Transcript::new(plain());
    t.connect("/").error(0, "refused").forget();
    let options = || ManagerOptions { reconnection: false, ..plain() };
    t.turn(|manager, _| manager.configure(plain()));
    assert_eq!(t.timeout(), Some(1_000), "other options do not");
    t.turn(|manager, _| manager.configure(options())).expect(&[]);
    assert_eq!(t.timeout(), None);
    t.turn(|manager, _| manager.configure(plain()));
    assert_eq!(t.timeout(), None, "what was stopped does not go on by itself");
    t.connect("/").error(1, "refused").forget();
    t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#2"]);
    // The attempt under way is not stopped, and not repeated.
    t.turn(|manager, _| manager.configure(options()));
    t.error(2, "refused").forget();
    assert_eq!(t.timeout(), None);
}

#[test]
fn other_options_do_not_disturb_a_connection() {
    let options =
        || ManagerOptions { transports: candidates(&[Polling]), reconnection: false, ..plain() };
    let mut t = Transcript::new(plain());
    t.connect("/").turn(|manager, _| manager.configure(options())).expect(&["open websocket#0"]);
    t.recv(0, HANDSHAKE).recv(0, r#"40{"sid":"x"}"#).forget();
    t.turn(|manager, _| manager.configure(options())).emit("/", "[1]").expect(&["0> 42[1]"]);
    t.close(0).forget();
    assert_eq!(t.timeout(), None);
    t.connect("/").expect(&["open polling#1", "poll 1"]);
}

#[test]
fn whether_a_namespace_can_send_is_asked_of_a_connection_that_is_alive() {
    let mut t = Transcript::connected();
    assert!(t.can_send("/"));
    t.freeze(44_999);
    assert!(t.can_send("/"));
    t.freeze(1);
    assert!(!t.can_send("/"));
    t.expect(&["close 0", "disconnect /: ping timeout", "manager close: ping timeout"]);
    assert_eq!(t.transport(), None);
}

fn outputs(manager: &mut Manager) -> Vec<Output> {
    core::iter::from_fn(|| manager.poll_output()).collect()
}

#[test]
fn what_fails_is_told_before_those_it_concerns_and_an_attempt_before_its_transports() {
    let mut manager = Manager::new(plain(), 1);
    let (now, later) = (Millis(1_000), Millis(2_000));
    let nsp = manager.socket();
    manager.connect(nsp, now);
    let open =
        |id| Output::Open { id: TransportId(id), transport: WebSocket.into(), session_of: None };
    assert_eq!(outputs(&mut manager), [Output::Event(Event::Opening), open(0)]);
    manager.handle_failure(TransportId(0), TransportError, now);
    assert_eq!(
        outputs(&mut manager),
        [
            Output::Close(TransportId(0)),
            Output::Event(Event::Failed(ConnectError::Transport)),
            Output::Event(Event::ConnectError(nsp)),
            Output::Event(Event::Error),
        ]
    );
    manager.handle_timeout(later);
    let begun = [Event::ReconnectAttempt(1), Event::Opening].map(Output::Event);
    assert_eq!(outputs(&mut manager), [&begun[..], &[open(1)]].concat());
}

#[test]
fn how_a_connection_was_lost_stays_known_where_no_namespace_waits_for_it() {
    let mut manager = Manager::new(plain(), 1);
    let (id, now) = (TransportId(0), Millis(1_000));
    manager.open(false, now);
    let handshake = Handshake { websocket: false, ping_interval: now, ping_timeout: now };
    manager.handle_handshake(id, &handshake, now);
    outputs(&mut manager);
    manager.handle_failure(id, TransportClose, now);
    let lost = [Output::Discard, Output::Close(id), Output::Event(Event::Close(TransportClose))];
    assert_eq!(outputs(&mut manager), lost);
}

/// What the user does when told of an attempt, and what becomes of it.
#[test]
fn options_that_are_changed_when_an_attempt_is_told_count_for_it() {
    let at = Millis(2_000);
    let opened = |kind: TransportKind| {
        let open = Output::Open { id: TransportId(1), transport: kind.into(), session_of: None };
        vec![Output::Event(Event::Opening), open]
    };
    let cases: [(fn(&mut Manager), _); 5] = [
        (|_| {}, opened(WebSocket)),
        (
            |manager| manager.change(|options| options.transports = candidates(&[Polling])),
            opened(Polling),
        ),
        (|manager| manager.open(false, Millis(2_000)), opened(WebSocket)),
        (|manager| manager.hurry(Millis(2_000)), opened(WebSocket)),
        (|manager| manager.change(|options| options.reconnection = false), Vec::new()),
    ];
    for (case, (react, expected)) in cases.into_iter().enumerate() {
        let mut manager = Manager::new(plain(), 1);
        let nsp = manager.socket();
        manager.connect(nsp, Millis(1_000));
        manager.handle_failure(TransportId(0), TransportError, Millis(1_000));
        outputs(&mut manager);
        manager.handle_timeout(at);
        assert_eq!(manager.poll_output(), Some(Output::Event(Event::ReconnectAttempt(1))));
        react(&mut manager);
        let begun: Vec<_> = outputs(&mut manager).into_iter().take(2).collect();
        assert_eq!(begun, expected, "case {case}");
    }
}

#[test]
fn an_attempt_fails_for_the_reason_there_is() {
    let failed = |transports: &[_], after| {
        let options = ManagerOptions { transports: candidates(transports), ..plain() };
        let mut manager = Manager::new(options, 1);
        manager.open(false, Millis(0));
        manager.handle_timeout(Millis(after));
        let outputs = outputs(&mut manager);
        outputs.into_iter().find_map(|output| match output {
            Output::Event(Event::Failed(error)) => Some(error),
            _ => None,
        })
    };
    assert_eq!(failed(&[WebSocket], 19_999), None);
    assert_eq!(failed(&[WebSocket], 20_000), Some(ConnectError::Timeout));
    assert_eq!(failed(&[], 0), Some(ConnectError::NoTransport));
}

/// Four implementations of two kinds.
fn tagged() -> ManagerOptions {
    let candidate = |kind, tag| Candidate { kind, tag };
    let transports = vec![
        candidate(WebSocket, 7),
        candidate(Polling, 5),
        candidate(Polling, 6),
        candidate(WebSocket, 8),
    ];
    ManagerOptions { transports, ..plain() }
}

/// The tags of the transports that are opened when one after the other fails.
fn tried(manager: &mut Manager) -> Vec<u8> {
    manager.open(false, Millis(0));
    let mut tags = Vec::new();
    while let Some(output) = manager.poll_output() {
        if let Output::Open { id, transport, .. } = output {
            tags.push(transport.tag);
            manager.handle_failure(id, TransportError, Millis(0));
        }
    }
    tags
}

#[test]
fn which_implementation_a_candidate_is_is_handed_through() {
    let mut manager = Manager::new(tagged(), 1);
    assert_eq!(tried(&mut manager), [7, 5, 6, 8]);
    manager.prefer_polling(true);
    assert_eq!(tried(&mut manager), [5, 7, 6, 8], "the first that polls is preferred");
    manager.prefer_polling(false);
    assert_eq!(tried(&mut manager), [7, 5, 6, 8]);
}

#[test]
fn an_upgrade_is_made_to_the_first_websocket_there_is() {
    let mut manager = Manager::new(tagged(), 1);
    manager.prefer_polling(true);
    manager.open(false, Millis(0));
    let interval = Millis(1_000);
    let handshake = Handshake { websocket: true, ping_interval: interval, ping_timeout: interval };
    let id = TransportId(0);
    manager.handle_handshake(id, &handshake, Millis(0));
    let current = Candidate { kind: Polling, tag: 5 };
    assert_eq!(manager.transport(), Some((id, current)));
    let (websocket, transport) = (TransportId(1), Candidate { kind: WebSocket, tag: 7 });
    let open = Output::Open { id: websocket, transport, session_of: Some(id) };
    assert!(outputs(&mut manager).contains(&open));
    manager.handle_open(websocket);
    manager.handle_pong(websocket, true);
    manager.handle_poll_end(id, Millis(0));
    assert_eq!(manager.transport(), Some((websocket, transport)));
    assert!(manager.is_current(websocket) && !manager.is_current(id));
}
