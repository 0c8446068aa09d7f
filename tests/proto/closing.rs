//! The user disconnects, and the server hears of it.

use socketio_wasm::proto::options::ManagerOptions;

use crate::test;
use crate::transcript::{HANDSHAKE, Step, Transcript};

const GONE: [&str; 2] = ["manager close: forced close", "disconnect /: io client disconnect"];

#[test]
fn disconnecting_closes_the_websocket() {
    let mut t = Transcript::connected();
    t.disconnect("/").expect(&["0> 41", "close 0", GONE[0], GONE[1]]);
    assert_eq!(t.timeout(), None);
    t.disconnect("/").expect(&[]);
    t.advance(60_000).expect(&[]);
}

#[test]
fn disconnecting_ends_the_long_polling_session_when_the_server_has_heard_of_it() {
    let mut t = Transcript::polling();
    t.disconnect("/").expect(&["0> 41", "flush 0", GONE[0], GONE[1]]);
    t.body(0, "6").expect(&[]);
    t.drain(0).expect(&["0> 1"]);
    t.drain(0).expect(&["close 0"]);
    assert_eq!(t.timeout(), None);
}

#[test]
fn what_was_emitted_before_disconnecting_is_still_sent() {
    let mut t = Transcript::polling();
    t.emit("/", r#"["a"]"#).emit("/", r#"["b"]"#).expect(&[r#"0> 42["a"]"#, "flush 0"]);
    t.disconnect("/");
    t.expect(&[r#"0> 42["b"]"#, "0> 41", "flush 0", GONE[0], GONE[1]]);
    t.drain(0).expect(&["0> 1"]);
    t.drain(0).expect(&["close 0"]);
}

#[test]
fn nothing_is_delivered_after_disconnecting() {
    let mut t = Transcript::polling();
    t.disconnect("/").forget();
    let second = format!("{HANDSHAKE}\u{1e}42[\"a\"]\u{1e}2\u{1e}430[]\u{1e}bAQI=");
    t.body(0, &second).expect(&[]);
    t.drain(0).expect(&["0> 1"]);
    t.body(0, &second).drain(0).expect(&["close 0"]);
}

#[test]
fn a_server_that_does_not_answer_the_last_posts_is_waited_for_ten_seconds() {
    let mut t = Transcript::polling();
    t.disconnect("/").forget();
    t.advance(9_999).expect(&[]);
    t.advance(1).expect(&["close 0"]);
    assert_eq!(t.timeout(), None);
    let mut t = Transcript::polling();
    t.disconnect("/").advance(9_000).forget();
    t.drain(0).expect(&["0> 1"]);
    t.advance(999).expect(&[]);
    t.advance(1).expect(&["close 0"]);
    assert_eq!(t.timeout(), None);
}

#[test]
fn a_goodbye_that_fails_disturbs_nobody() {
    let failures: [Step; 3] = [
        |t| t.post_error(0, "xhr post error"),
        |t| t.drain(0).post_error(0, "xhr post error"),
        |t| t.drain(0).error(0, "xhr poll error"),
    ];
    for fail in failures {
        let mut t = Transcript::polling();
        t.disconnect("/").forget();
        fail(&mut t);
        assert_eq!(t.take().last().unwrap(), "close 0");
        t.error(0, "xhr poll error").drain(0).body(0, "6").expect(&[]);
        assert_eq!(t.timeout(), None);
    }
}

#[test]
fn the_user_can_connect_again_while_the_old_session_says_goodbye() {
    let mut t = Transcript::polling();
    t.disconnect("/").forget();
    t.connect("/").expect(&["open polling#1", "poll 1"]);
    t.body(0, "42[\"old\"]").expect(&[]);
    t.body(1, HANDSHAKE).expect(&["manager open 1", "1> 40", "flush 1", "poll 1"]);
    t.drain(0).expect(&["0> 1"]);
    t.drain(0).expect(&["close 0"]);
    t.drain(1).body(1, r#"40{"sid":"y"}"#).expect(&[r#"connect / {"sid":"y"}"#, "poll 1"]);
}

#[test]
fn a_listener_may_disconnect_or_connect_again_inside_its_call() {
    let mut t = Transcript::connected();
    t.when(r#"event / ["a"]"#, |t| t.disconnect("/").connect("/"));
    t.recv(0, r#"42["a"]"#).recv(0, r#"42["b"]"#);
    let old = [r#"event / ["a"]"#, "0> 41", "close 0", GONE[0]];
    t.expect(&[&old[..], &[GONE[1], "open websocket#1"]].concat());
}

#[test]
fn a_session_that_timed_out_is_closed_at_the_server_too() {
    let mut t = Transcript::polling();
    t.emit("/", r#"["a"]"#).emit("/", r#"["b"]"#).forget();
    t.advance(45_000);
    t.expect(&["disconnect /: ping timeout", "manager close: ping timeout"]);
    t.advance(1_500).expect(&["manager reconnect_attempt 1", "open polling#1", "poll 1"]);
    t.drain(0).expect(&["0> 1"]);
    t.advance(8_500).expect(&["close 0"]);
}

#[test]
fn disconnecting_before_there_is_a_session_leaves_none_behind() {
    let mut t = Transcript::new(ManagerOptions::default());
    t.connect("/").advance(2_000).forget();
    t.disconnect("/").expect(&["close 0", "manager close: forced close"]);
    t.body(1, HANDSHAKE).expect(&["1> 1"]);
    t.drain(1).expect(&["close 1"]);
    assert_eq!(t.timeout(), None);
}

#[test]
fn a_goodbye_that_had_to_wait_takes_nothing_of_the_next_session() {
    let mut t = Transcript::new(ManagerOptions::default());
    t.connect("/").advance(2_000).disconnect("/").connect("/").advance(2_000);
    t.body(3, HANDSHAKE).drain(3).body(3, r#"40{"sid":"x"}"#);
    t.emit("/", "[1]").emit("/", "[2]").forget();
    t.body(1, HANDSHAKE).expect(&["1> 1"]);
    t.drain(1).expect(&["close 1"]);
    t.drain(3).expect(&["3> 42[2]", "flush 3"]);
}
