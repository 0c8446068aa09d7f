//! From long-polling to a WebSocket.

use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};

use crate::test;
use crate::transcript::{HANDSHAKE, Step, Transcript, candidates};

const FAILED: [&str; 2] = ["close 1", "manager upgrade_error"];

/// How far an upgrade is. Transport 0 is long-polling, 1 the WebSocket.
const OPENING: Step = |t| t;
const PROBING: Step = |t| t.open(1).forget();
/// The last GET still waits.
const PAUSING_GET: Step = |t| t.open(1).recv(1, "3probe").forget();
/// The last GET was answered, a POST with `["posted"]` was not.
const PAUSING_POST: Step =
    |t| t.emit("/", r#"["posted"]"#).open(1).recv(1, "3probe").body(0, "6").forget();
/// Neither was.
const PAUSING_BOTH: Step = |t| t.emit("/", r#"["posted"]"#).open(1).recv(1, "3probe").forget();

const STAGES: [Step; 5] = [OPENING, PROBING, PAUSING_GET, PAUSING_POST, PAUSING_BOTH];

fn upgraded() -> Transcript {
    let mut t = Transcript::upgrading();
    t.open(1).recv(1, "3probe").body(0, "6").forget();
    t
}

#[test]
fn moves_to_the_websocket_when_the_probe_was_answered() {
    let mut t = Transcript::connecting(&[Polling, WebSocket]);
    t.expect(&["open polling#0", "poll 0"]);
    t.recv(0, HANDSHAKE);
    t.expect(&["manager open 0", "open websocket#1 for 0", "0> 40", "flush 0"]);
    t.body(0, r#"40{"sid":"x"}"#).drain(0).forget();
    t.open(1).expect(&["1> 2probe"]);
    t.recv(1, "3probe").expect(&["manager upgrading 1"]);
    assert_eq!(t.transport(), Some((0, Polling)));
    t.body(0, "6").expect(&["close 0", "1> 5", "manager upgrade 1"]);
    assert_eq!(t.transport(), Some((1, WebSocket)));
    t.emit("/", r#"["a"]"#).expect(&[r#"1> 42["a"]"#]);
    t.recv(1, r#"42["b"]"#).expect(&[r#"event / ["b"]"#]);
    t.recv(1, "2").expect(&["manager ping", "1> 3"]);
}

#[test]
fn waits_for_the_answers_to_both_the_get_and_the_post() {
    let mut t = Transcript::upgrading();
    PAUSING_BOTH(&mut t);
    t.drain(0).expect(&[]);
    t.body(0, "6").expect(&["close 0", "1> 5", "manager upgrade 1"]);
    let mut t = Transcript::upgrading();
    PAUSING_BOTH(&mut t);
    t.body(0, "6").expect(&[]);
    t.drain(0).expect(&["close 0", "1> 5", "manager upgrade 1"]);
}

#[test]
fn what_is_emitted_at_any_time_during_an_upgrade_is_sent_once_and_in_order() {
    let mut t = Transcript::upgrading();
    t.emit("/", "[1]").emit("/", "[2]").expect(&["0> 42[1]", "flush 0"]);
    t.open(1).expect(&["1> 2probe"]);
    t.emit("/", "[3]").drain(0).expect(&["0> 42[2]", "0> 42[3]", "flush 0"]);
    t.emit("/", "[4]").recv(1, "3probe").emit("/", "[5]").expect(&["manager upgrading 1"]);
    t.drain(0).emit("/", "[6]").expect(&[]);
    t.body(0, "42[7]\u{1e}2\u{1e}42[8]");
    t.expect(&[
        "event / [7]",
        "manager ping",
        "event / [8]",
        "close 0",
        "1> 5",
        "manager upgrade 1",
        "1> 42[4]",
        "1> 42[5]",
        "1> 42[6]",
        "1> 3",
    ]);
    t.emit("/", "[9]").expect(&["1> 42[9]"]);
}

#[test]
fn an_emit_of_an_upgrade_listener_comes_behind_what_waited() {
    let mut t = Transcript::upgrading();
    PAUSING_GET(&mut t);
    t.emit("/", "[1]").when("manager upgrade 1", |t| t.emit("/", "[2]"));
    t.body(0, "6").expect(&["close 0", "1> 5", "manager upgrade 1", "1> 42[1]", "1> 42[2]"]);
}

#[test]
fn requests_of_long_polling_that_end_after_the_upgrade_change_nothing() {
    let mut t = upgraded();
    t.body(0, "42[1]\u{1e}1").drain(0).error(0, "xhr poll error").close(0).expect(&[]);
}

#[test]
fn heartbeat_goes_on_across_the_upgrade() {
    let mut t = Transcript::upgrading();
    t.advance(5_000).open(1).recv(1, "3probe").body(0, "6").forget();
    assert_eq!(t.timeout(), Some(40_000));
    t.advance(40_000);
    t.expect(&["close 1", "disconnect /: ping timeout", "manager close: ping timeout"]);
}

#[test]
fn a_websocket_that_fails_at_any_stage_leaves_long_polling_as_it_was() {
    let failures: [(&str, Step); 9] = [
        ("error", |t| t.error(1, "websocket error")),
        ("close", |t| t.close(1)),
        ("silence", |t| t.advance(10_000)),
        ("pong", |t| t.recv(1, "3")),
        ("other packet", |t| t.recv(1, r#"42["a"]"#)),
        ("binary", |t| t.binary(1, "<01>")),
        ("ping", |t| t.recv(1, "2")),
        ("a session of its own", |t| t.recv(1, HANDSHAKE)),
        ("no packet", |t| t.recv(1, "x")),
    ];
    // What is needed for long-polling to go on, by stage.
    let resume: [&[&str]; 5] = [&[], &[], &[], &["poll 0"], &[]];
    for (name, fail) in failures {
        for (stage, (reach, resume)) in STAGES.into_iter().zip(resume).enumerate() {
            println!("{name} in stage {stage}");
            let mut t = Transcript::upgrading();
            reach(&mut t);
            fail(&mut t).expect(&[&FAILED, resume].concat());
            assert_eq!(t.transport(), Some((0, Polling)));
            t.drain(0).expect(&[]);
            t.emit("/", "[1]").expect(&["0> 42[1]", "flush 0"]);
            t.body(0, "42[2]").expect(&["event / [2]", "poll 0"]);
            t.open(1).recv(1, "3probe").error(1, "late").close(1).expect(&[]);
        }
    }
}

#[test]
fn what_waited_for_a_websocket_that_failed_goes_by_long_polling() {
    let mut t = Transcript::upgrading();
    PAUSING_GET(&mut t);
    t.emit("/", "[1]").emit("/", "[2]").expect(&[]);
    t.close(1).expect(&["close 1", "manager upgrade_error", "0> 42[1]", "0> 42[2]", "flush 0"]);

    let mut t = Transcript::upgrading();
    PAUSING_POST(&mut t);
    t.emit("/", "[1]").expect(&[]);
    t.close(1).expect(&["close 1", "manager upgrade_error", "poll 0"]);
    t.drain(0).expect(&["0> 42[1]", "flush 0"]);
}

#[test]
fn an_answer_before_the_probe_is_a_failure() {
    let mut t = Transcript::upgrading();
    t.recv(1, "3probe").expect(&FAILED);
}

#[test]
fn pongs_of_long_polling_have_nothing_to_do_with_the_upgrade() {
    let mut t = Transcript::upgrading();
    t.open(1).forget();
    t.body(0, "3probe\u{1e}3\u{1e}6").expect(&["poll 0"]);
    t.recv(1, "3probe").expect(&["manager upgrading 1"]);
    t.body(0, "6").expect(&["close 0", "1> 5", "manager upgrade 1"]);
}

#[test]
fn an_upgrade_has_ten_seconds() {
    for reach in STAGES {
        let mut t = Transcript::upgrading();
        reach(&mut t);
        t.advance(9_999).expect(&[]);
        t.advance(1);
        assert_eq!(t.take()[..2], FAILED);
    }
}

#[test]
fn a_namespace_that_had_to_wait_does_not_end_an_upgrade() {
    let mut t = Transcript::upgrading();
    t.connect("/admin").drain(0).body(0, r#"40/admin,{"sid":"y"}"#);
    t.disconnect("/admin").drain(0).connect("/admin").forget();
    t.advance(50).expect(&["0> 40/admin,", "flush 0"]);
    t.open(1).expect(&["1> 2probe"]);
}

#[test]
fn a_session_that_ends_during_an_upgrade_takes_the_websocket_with_it() {
    let close: (&str, Step) = ("transport close", |t| t.recv(0, "1"));
    let error: (&str, Step) = ("transport error", |t| t.error(0, "status 502"));
    let parse: (&str, Step) = ("parse error", |t| t.recv(0, "49"));
    let silent: (&str, Step) = ("ping timeout", |t| t.freeze(50_000).emit("/", "[1]"));
    for (reason, end) in [close, error, parse, silent] {
        for reach in STAGES {
            let mut t = Transcript::upgrading();
            reach(&mut t);
            end(&mut t);
            let disconnect = format!("disconnect /: {reason}");
            let close = format!("manager close: {reason}");
            if reason == "transport close" {
                t.expect(&[&FAILED[..], &["close 0", &disconnect, &close]].concat());
            } else {
                t.drain(0).drain(0);
                let closed = [&disconnect, &close, "0> 1", "close 0"];
                t.expect(&[&FAILED[..], &closed].concat());
            }
            t.open(1).recv(1, "3probe").body(0, "6").drain(0).expect(&[]);
            t.advance(1_500).expect(&["manager reconnect_attempt 1", "open polling#2", "poll 2"]);
        }
    }
}

#[test]
fn disconnecting_during_an_upgrade_closes_both_transports() {
    for reach in STAGES {
        let mut t = Transcript::upgrading();
        reach(&mut t);
        t.disconnect("/").expect(&[
            FAILED[0],
            FAILED[1],
            "0> 41",
            "flush 0",
            "manager close: forced close",
            "disconnect /: io client disconnect",
        ]);
        t.open(1).recv(1, "3probe").body(0, "6").expect(&[]);
        t.drain(0).expect(&["0> 1"]);
        t.drain(0).expect(&["close 0"]);
        assert_eq!(t.timeout(), None);
    }
}

#[test]
fn what_waited_for_the_websocket_is_sent_when_the_user_disconnects() {
    let mut t = Transcript::upgrading();
    PAUSING_BOTH(&mut t);
    t.emit("/", "[1]").expect(&[]);
    t.disconnect("/");
    assert_eq!(t.take()[..5], [&FAILED[..], &["0> 42[1]", "0> 41", "flush 0"]].concat());
}

#[test]
fn what_waited_when_the_session_was_lost_leaves_nothing_to_send_in_the_next() {
    let losses: [Step; 2] = [|t| t.close(0), |t| t.error(0, "status 502")];
    for lose in losses {
        let mut t = Transcript::upgrading();
        t.auth = None;
        t.emit("/", "[1]").emit("/", "[2]");
        lose(&mut t).advance(1_500).recv(2, HANDSHAKE).forget();
        t.error(3, "websocket error").expect(&["close 3", "manager upgrade_error"]);
        assert!(t.manager.is_writable());
    }
}

#[test]
fn losing_the_websocket_after_the_upgrade_means_reconnecting() {
    let mut t = upgraded();
    t.close(1).expect(&[
        "close 1",
        "disconnect /: transport close",
        "manager close: transport close",
    ]);
    t.advance(1_500).expect(&["manager reconnect_attempt 1", "open polling#2", "poll 2"]);
    t.recv(2, HANDSHAKE);
    t.expect(&[
        "manager open 2",
        "open websocket#3 for 2",
        "manager reconnect 1",
        "2> 40",
        "flush 2",
    ]);
}

#[test]
fn disconnecting_after_the_upgrade_closes_the_websocket() {
    let mut t = upgraded();
    t.disconnect("/");
    t.expect(&[
        "1> 41",
        "close 1",
        "manager close: forced close",
        "disconnect /: io client disconnect",
    ]);
    assert_eq!(t.timeout(), None);
}

#[test]
fn no_upgrade_when_it_is_not_wanted_or_not_offered() {
    let not_offered = r#"0{"sid":"e","upgrades":[],"pingInterval":25000,"pingTimeout":20000}"#;
    let both = candidates(&[Polling, WebSocket]);
    for (transports, upgrade, handshake) in [
        (both.clone(), false, HANDSHAKE),
        (both, true, not_offered),
        (candidates(&[Polling]), true, HANDSHAKE),
    ] {
        let mut t =
            Transcript::new(ManagerOptions { transports, upgrade, ..ManagerOptions::default() });
        t.connect("/").recv(0, handshake);
        t.expect(&["open polling#0", "poll 0", "manager open 0", "0> 40", "flush 0"]);
    }
}

#[test]
fn a_session_that_began_with_a_websocket_needs_no_upgrade() {
    let mut t = Transcript::connecting(&[WebSocket, Polling]);
    t.recv(0, HANDSHAKE).expect(&["open websocket#0", "manager open 0", "0> 40"]);
}
