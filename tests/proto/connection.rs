//! Getting a connection: timeouts, malformed handshakes, and users who change their mind.

use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};
use socketio_wasm::proto::time::Millis;

use crate::test;
use crate::transcript::{HANDSHAKE, Step, Transcript, candidates};

#[test]
fn an_attempt_that_gets_no_answer_ends_after_the_timeout() {
    let mut t = Transcript::connecting(&[WebSocket, Polling]);
    t.advance(19_999).expect(&["open websocket#0", "open polling#1", "poll 1"]);
    t.advance(1).expect(&["close 0", "connect_error /: timeout", "manager error: timeout"]);
    t.advance(1_500).expect(&["manager reconnect_attempt 1", "open websocket#2"]);
    t.body(1, HANDSHAKE).expect(&["1> 1"]);
    t.drain(1).expect(&["close 1"]);
}

#[test]
fn the_timeout_is_the_users_choice() {
    let with = |timeout| {
        let transports = candidates(&[WebSocket]);
        let options = ManagerOptions { timeout, transports, ..Default::default() };
        let mut t = Transcript::new(options);
        t.connect("/").forget();
        t
    };
    let failed = ["close 0", "connect_error /: timeout", "manager error: timeout"];
    with(Millis(300)).advance(299).expect(&[]).advance(1).expect(&failed);
    with(Millis(0)).advance(0).expect(&failed);
    let mut none = with(Millis(u64::MAX));
    assert_eq!(none.timeout(), None);
    none.advance(1_000_000_000).expect(&[]);
    none.recv(0, HANDSHAKE).expect(&["manager open 0", "0> 40"]);
}

#[test]
fn the_timeout_ends_with_the_handshake() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.recv(0, HANDSHAKE).forget();
    t.advance(30_000).expect(&[]);
}

#[test]
fn a_malformed_handshake_fails_the_attempt() {
    let failed = ["close 0", "connect_error /: server error", "manager error: server error"];
    for handshake in ["0", "0{}", "0\"x\"", r#"0{"sid":"e","pingInterval":1}"#, "x", ""] {
        for kind in [WebSocket, Polling] {
            let mut t = Transcript::connecting(&[kind]);
            t.forget();
            t.recv(0, handshake).expect(&failed);
            t.body(0, HANDSHAKE).expect(&[]);
            t.advance(1_500);
            assert_eq!(t.take()[0], "manager reconnect_attempt 1");
        }
    }
    for body in ["6", "2", "5", "42[\"a\"]\u{1e}6"] {
        let mut t = Transcript::connecting(&[Polling]);
        t.forget();
        t.body(0, body).expect(&failed);
    }
}

#[test]
fn packets_before_the_handshake_are_ignored() {
    let early = [r#"42["a"]"#, r#"40{"sid":"x"}"#, "2", "3probe", "6", "bAQI=", "41", "44\"no\""];
    let mut t = Transcript::connecting(&[WebSocket]);
    t.open(0).forget();
    for packet in early {
        t.recv(0, packet).expect(&[]);
    }
    t.recv(0, HANDSHAKE).expect(&["manager open 0", "0> 40"]);

    let mut t = Transcript::connecting(&[Polling]);
    t.forget();
    for packet in early {
        t.recv(0, packet).expect(&[]);
    }
    t.body(0, HANDSHAKE).expect(&["manager open 0", "0> 40", "flush 0", "poll 0"]);
}

#[test]
fn connecting_twice_makes_one_connection() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.connect("/").expect(&["open websocket#0"]);
    t.recv(0, HANDSHAKE).connect("/").expect(&["manager open 0", "0> 40"]);
    t.recv(0, r#"40{"sid":"x"}"#).connect("/").expect(&[r#"connect / {"sid":"x"}"#]);
}

/// Every step on the way to an upgraded connection.
const STEPS: [Step; 12] = [
    |t| t.connect("/"),
    |t| t.advance(1_000),
    |t| t.advance(1_000),
    |t| t.recv(0, HANDSHAKE),
    |t| t.body(0, "6"),
    |t| t.drain(0),
    |t| t.body(0, r#"40{"sid":"x"}"#),
    |t| t.open(2),
    |t| t.emit("/", "[1]").recv(2, "3probe"),
    |t| t.body(0, "42[1]"),
    |t| t.drain(0),
    |t| t.close(2),
];

fn after(steps: usize) -> Transcript {
    let transports = candidates(&[Polling, WebSocket]);
    let mut t = Transcript::new(ManagerOptions { transports, ..ManagerOptions::default() });
    for step in &STEPS[..steps] {
        step(&mut t);
    }
    t
}

/// The transports that were made and not closed.
fn open_transports(lines: &[String]) -> usize {
    let count = |prefix: &str| lines.iter().filter(|line| line.starts_with(prefix)).count();
    count("open ") - count("close ")
}

#[test]
fn disconnecting_at_any_moment_closes_everything_and_leaves_nothing_to_do() {
    for steps in 0..=STEPS.len() {
        let mut t = after(steps);
        t.disconnect("/");
        assert_eq!(t.transport(), None, "after {steps} steps");
        // The server answers whatever it was asked.
        t.body(0, HANDSHAKE).drain(0).drain(0).body(2, HANDSHAKE).advance(10_000);
        assert_eq!(t.timeout(), None, "after {steps} steps");
        let lines = t.take();
        assert_eq!(open_transports(&lines), 0, "after {steps} steps: {lines:#?}");
        assert!(!t.is_active("/") && !t.can_send("/"));
        t.advance(100_000).expect(&[]);
    }
}

#[test]
fn the_server_is_told_to_end_each_session_that_the_user_leaves() {
    // From the first request on there may be a session, until the WebSocket ends with it.
    for steps in 1..=10 {
        let mut t = after(steps);
        t.disconnect("/").body(0, HANDSHAKE).drain(0);
        let lines = t.take();
        assert!(lines.iter().any(|line| line == "0> 1"), "after {steps} steps: {lines:#?}");
    }
}

#[test]
fn disconnecting_and_connecting_at_any_moment_gives_a_new_connection() {
    for steps in 1..=STEPS.len() {
        let mut t = after(steps);
        t.disconnect("/").forget();
        t.connect("/");
        let lines = t.take();
        let id = lines[0].strip_prefix("open polling#").expect(&lines[0]).parse().unwrap();
        assert_eq!(lines.len(), 2, "after {steps} steps: {lines:#?}");
        t.recv(id, HANDSHAKE).recv(id, r#"40{"sid":"y"}"#);
        let lines = t.take();
        assert!(lines.contains(&format!("{id}> 40")), "after {steps} steps: {lines:#?}");
        assert!(lines.contains(&r#"connect / {"sid":"y"}"#.into()), "after {steps} steps");
    }
}

#[test]
fn a_listener_of_the_failure_may_give_up() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.when("connect_error /: refused", |t| t.disconnect("/"));
    t.error(0, "refused").advance(60_000);
    let lines = t.take();
    assert!(lines.ends_with(&["manager close: forced close".into()]), "{lines:#?}");
    assert_eq!(t.timeout(), None);
}
