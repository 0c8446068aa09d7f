//! One session: handshake, heartbeat, requests one at a time, and its end.

use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};

use crate::test;
use crate::transcript::{HANDSHAKE, Step, Transcript};

#[test]
fn connects_over_a_websocket() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.expect(&["open websocket#0"]);
    t.open(0).expect(&[]);
    assert_eq!(t.transport(), None);
    t.recv(0, HANDSHAKE).expect(&["manager open 0", "0> 40"]);
    assert_eq!(t.transport(), Some((0, WebSocket)));
    t.recv(0, r#"40{"sid":"x"}"#).expect(&[r#"connect / {"sid":"x"}"#]);
    t.recv(0, r#"42["a",1]"#).expect(&[r#"event / ["a",1]"#]);
    t.emit("/", r#"["b"]"#).expect(&[r#"0> 42["b"]"#]);
}

#[test]
fn connects_by_long_polling() {
    let mut t = Transcript::connecting(&[Polling]);
    t.expect(&["open polling#0", "poll 0"]);
    t.body(0, HANDSHAKE).expect(&["manager open 0", "0> 40", "flush 0", "poll 0"]);
    assert_eq!(t.transport(), Some((0, Polling)));
    t.drain(0).expect(&[]);
    t.body(0, r#"40{"sid":"x"}"#).expect(&[r#"connect / {"sid":"x"}"#, "poll 0"]);
    t.body(0, r#"42["a",1]"#).expect(&[r#"event / ["a",1]"#, "poll 0"]);
    t.emit("/", r#"["b"]"#).expect(&[r#"0> 42["b"]"#, "flush 0"]);
}

#[test]
fn handshake_and_first_packets_may_come_in_one_answer() {
    let mut t = Transcript::connecting(&[Polling]);
    t.forget();
    let body = format!("{HANDSHAKE}\u{1e}2\u{1e}6");
    t.body(0, &body);
    t.expect(&["manager open 0", "0> 40", "flush 0", "manager ping", "poll 0"]);
    t.drain(0).expect(&["0> 3", "flush 0"]);
}

#[test]
fn answers_pings_and_stays_connected_as_long_as_they_come() {
    let mut t = Transcript::connected();
    for _ in 0..5 {
        t.advance(44_999).expect(&[]);
        t.recv(0, "2").expect(&["manager ping", "0> 3"]);
        assert_eq!(t.timeout(), Some(45_000));
    }
}

#[test]
fn disconnects_when_the_server_stops_pinging() {
    let mut t = Transcript::connected();
    t.advance(44_999).expect(&[]);
    t.advance(1).expect(&["close 0", "disconnect /: ping timeout", "manager close: ping timeout"]);
    assert_eq!(t.transport(), None);
}

#[test]
fn only_pings_keep_a_connection_alive() {
    let mut t = Transcript::connected();
    t.advance(30_000).recv(0, r#"42["a"]"#).recv(0, "6").recv(0, "3").recv(0, "3probe");
    t.forget();
    assert_eq!(t.timeout(), Some(15_000));
}

#[test]
fn a_second_handshake_brings_new_intervals() {
    let mut t = Transcript::connected();
    t.recv(0, r#"0{"sid":"e","upgrades":[],"pingInterval":300,"pingTimeout":200}"#).expect(&[]);
    assert_eq!(t.timeout(), Some(500));
    t.advance(400).recv(0, "2").expect(&["manager ping", "0> 3"]);
    assert_eq!(t.timeout(), Some(500));
}

#[test]
fn a_frozen_page_notices_at_its_next_emit_that_it_cannot_be_sent() {
    let mut t = Transcript::connected();
    t.freeze(45_000).emit("/", r#"["a"]"#);
    t.expect(&["close 0", "disconnect /: ping timeout", "manager close: ping timeout"]);
    t.advance(1_500).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
    t.recv(1, HANDSHAKE).expect(&["manager open 1", "manager reconnect 1", "1> 40"]);
    t.recv(1, r#"40{"sid":"y"}"#).expect(&[r#"connect / {"sid":"y"}"#]);
}

#[test]
fn a_frozen_page_notices_at_any_other_command_and_at_the_late_timer() {
    let lost = ["close 0", "disconnect /: ping timeout", "manager close: ping timeout"];
    let commands: [Step; 3] =
        [|t| t.connect("/admin"), |t| t.emit("/admin", r#"["a"]"#), |t| t.advance(0)];
    for command in commands {
        let mut t = Transcript::connected();
        t.freeze(3_600_000);
        command(&mut t);
        t.expect(&lost);
    }
}

#[test]
fn a_ping_that_waited_for_a_frozen_page_shows_that_the_server_is_there() {
    let mut t = Transcript::connected();
    t.freeze(50_000).recv(0, "2").expect(&["manager ping", "0> 3"]);
    t.emit("/", r#"["a"]"#).expect(&[r#"0> 42["a"]"#]);
}

#[test]
fn what_is_emitted_while_a_post_is_out_goes_into_the_next_one() {
    let mut t = Transcript::polling();
    t.emit("/", r#"["a"]"#).expect(&[r#"0> 42["a"]"#, "flush 0"]);
    t.emit("/", r#"["b"]"#).emit("/", r#"["c"]"#).expect(&[]);
    t.drain(0).expect(&[r#"0> 42["b"]"#, r#"0> 42["c"]"#, "flush 0"]);
    t.drain(0).expect(&[]);
    t.emit("/", r#"["d"]"#).expect(&[r#"0> 42["d"]"#, "flush 0"]);
}

#[test]
fn several_writes_before_a_post_begins_go_in_that_one_alone() {
    let mut t = Transcript::polling();
    t.when("manager ping", |t| t.emit("/", "[1]").emit("/", "[2]"));
    t.body(0, "2").expect(&["manager ping", "0> 42[1]", "0> 42[2]", "0> 3", "flush 0", "poll 0"]);
    t.drain(0).expect(&[]);
    t.emit("/", "[3]").expect(&["0> 42[3]", "flush 0"]);
}

#[test]
fn whether_a_packet_would_be_sent_at_once_is_known() {
    let mut t = Transcript::connecting(&[Polling]);
    assert!(!t.manager.is_writable(), "there is no session");
    t.body(0, HANDSHAKE);
    assert!(!t.manager.is_writable(), "CONNECT is under way");
    t.drain(0).body(0, r#"40{"sid":"x"}"#);
    assert!(t.manager.is_writable());
    t.emit("/", "[1]");
    assert!(!t.manager.is_writable(), "[1] is under way");
    assert!(Transcript::connected().emit("/", "[1]").manager.is_writable());
    let mut t = Transcript::upgrading();
    t.open(1);
    assert!(t.manager.is_writable());
    t.recv(1, "3probe");
    assert!(!t.manager.is_writable(), "the WebSocket has to take over");
    t.body(0, "6");
    assert!(t.manager.is_writable());
}

#[test]
fn a_pong_waits_its_turn_behind_a_post() {
    let mut t = Transcript::polling();
    t.emit("/", r#"["a"]"#).emit("/", r#"["b"]"#).forget();
    t.body(0, "2").expect(&["manager ping", "poll 0"]);
    t.drain(0).expect(&[r#"0> 42["b"]"#, "0> 3", "flush 0"]);
}

#[test]
fn the_next_get_starts_when_the_last_one_was_answered_and_all_in_it_was_delivered() {
    let mut t = Transcript::polling();
    t.body(0, "6").expect(&["poll 0"]);
    t.body(0, "42[\"a\"]\u{1e}42[\"b\"]\u{1e}2");
    t.expect(&[
        r#"event / ["a"]"#,
        r#"event / ["b"]"#,
        "manager ping",
        "0> 3",
        "flush 0",
        "poll 0",
    ]);
    t.drain(0).expect(&[]);
}

#[test]
fn the_reason_tells_how_a_session_ended() {
    let transport_close = "transport close";
    let transport_error = "transport error";
    let parse_error = "parse error";
    let endings: [(Step, &str); 8] = [
        (|t| t.close(0), transport_close),
        (|t| t.recv(0, "1"), transport_close),
        (|t| t.error(0, "websocket error"), transport_error),
        (|t| t.recv(0, "7"), transport_error),
        (|t| t.recv(0, ""), transport_error),
        (|t| t.recv(0, "0{}"), transport_error),
        (|t| t.recv(0, "49"), parse_error),
        (|t| t.binary(0, "<01>"), parse_error),
    ];
    for (end, reason) in endings {
        let mut t = Transcript::connected();
        end(&mut t);
        let disconnect = format!("disconnect /: {reason}");
        t.expect(&["close 0", &disconnect, &format!("manager close: {reason}")]);
    }
}

#[test]
fn a_websocket_that_fails_and_closes_ends_the_session_once() {
    let mut t = Transcript::connected();
    t.error(0, "websocket error").forget();
    t.close(0).error(0, "again").recv(0, r#"42["a"]"#).recv(0, "2").recv(0, "7").expect(&[]);
}

#[test]
fn a_server_that_closes_a_long_polling_session_gets_no_more_requests() {
    let mut t = Transcript::polling();
    t.emit("/", r#"["a"]"#).emit("/", r#"["b"]"#).forget();
    t.body(0, "42[\"c\"]\u{1e}1\u{1e}42[\"d\"]").expect(&[
        r#"event / ["c"]"#,
        "close 0",
        "disconnect /: transport close",
        "manager close: transport close",
    ]);
    t.drain(0).expect(&[]);
    // What was not sent is lost with the session, not sent in the next one.
    t.advance(1_500).body(1, HANDSHAKE).expect(&[
        "manager reconnect_attempt 1",
        "open polling#1",
        "poll 1",
        "manager open 1",
        "manager reconnect 1",
        "1> 40",
        "flush 1",
        "poll 1",
    ]);
}

#[test]
fn an_empty_or_malformed_answer_to_a_get_ends_the_session() {
    for body in ["", "x", "6\u{1e}", "\u{1e}6", "<html>Please log in</html>"] {
        let mut t = Transcript::polling();
        t.body(0, body);
        t.expect(&["disconnect /: transport error", "manager close: transport error", "0> 1"]);
        t.drain(0).expect(&["close 0"]);
    }
}

#[test]
fn a_failed_get_or_post_ends_the_session() {
    // What comes behind a packet that may be lost must not arrive without it.
    let lost = ["disconnect /: transport error", "manager close: transport error"];
    let mut t = Transcript::polling();
    t.emit("/", r#"["a"]"#).emit("/", r#"["b"]"#).forget();
    t.post_error(0, "xhr post error").expect(&[lost[0], lost[1], "0> 1"]);
    t.error(0, "xhr poll error").expect(&["close 0"]);
    let mut t = Transcript::polling();
    t.emit("/", r#"["a"]"#).emit("/", r#"["b"]"#).forget();
    t.error(0, "xhr poll error").expect(&lost);
    t.drain(0).expect(&["0> 1"]);
    t.drain(0).expect(&["close 0"]);
}
