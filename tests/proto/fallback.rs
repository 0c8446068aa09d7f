//! Which transport carries the connection when some of them do not work.

use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};
use socketio_wasm::proto::options::{ManagerOptions, TransportKind};
use socketio_wasm::proto::time::Millis;

use crate::test;
use crate::transcript::{HANDSHAKE, Step, Transcript, candidates};

/// Both transports; WebSocket first.
fn default() -> Transcript {
    Transcript::connecting(&[WebSocket, Polling])
}

/// WebSocket 0 stayed silent; 1 is long-polling beside it.
fn silent() -> Transcript {
    let mut t = default();
    t.advance(2_000).forget();
    t
}

#[test]
fn a_browser_without_websocket_uses_long_polling_at_once_and_sees_no_error() {
    let mut t = Transcript::connecting(&[Polling]);
    t.body(0, HANDSHAKE).drain(0).body(0, r#"40{"sid":"x"}"#).expect(&[
        "open polling#0",
        "poll 0",
        "manager open 0",
        "0> 40",
        "flush 0",
        "poll 0",
        r#"connect / {"sid":"x"}"#,
        "poll 0",
    ]);
}

#[test]
fn a_websocket_that_is_refused_is_replaced_at_once_and_not_tried_again() {
    let failures: [Step; 5] = [
        |t| t.error(0, "websocket error"),
        |t| t.close(0),
        |t| t.open(0).close(0),
        |t| t.open(0).recv(0, "0{}"),
        |t| t.open(0).recv(0, "<html>"),
    ];
    for fail in failures {
        let mut t = default();
        t.expect(&["open websocket#0"]);
        fail(&mut t);
        t.expect(&["close 0", "open polling#1", "poll 1"]);
        t.close(0).error(0, "again").expect(&[]);
        t.body(1, HANDSHAKE).expect(&["manager open 1", "1> 40", "flush 1", "poll 1"]);
    }
}

#[test]
fn a_silent_websocket_gets_long_polling_beside_it_after_two_seconds() {
    let mut t = default();
    t.open(0).advance(1_999).expect(&["open websocket#0"]);
    t.advance(1).expect(&["open polling#1", "poll 1"]);
    t.body(1, HANDSHAKE).expect(&["close 0", "manager open 1", "1> 40", "flush 1", "poll 1"]);
    t.recv(0, HANDSHAKE).open(0).error(0, "late").close(0).expect(&[]);
}

#[test]
fn a_websocket_that_answers_late_can_still_win() {
    let mut t = silent();
    t.recv(0, HANDSHAKE).expect(&["manager open 0", "0> 40"]);
    assert_eq!(t.timeout(), Some(10_000), "to say goodbye to the session that is not needed");
}

#[test]
fn long_polling_that_lost_leaves_no_session_behind() {
    let mut t = silent();
    t.recv(0, HANDSHAKE).forget();
    t.body(1, &format!("{HANDSHAKE}\u{1e}42[1]")).expect(&["1> 1"]);
    t.drain(1).expect(&["close 1"]);
    assert_eq!(t.timeout(), Some(45_000));
}

#[test]
fn long_polling_that_lost_without_a_session_is_just_closed() {
    let endings: [Step; 5] = [
        |t| t.body(1, "6"),
        |t| t.body(1, "x"),
        |t| t.body(1, "1"),
        |t| t.error(1, "xhr poll error"),
        |t| t.advance(10_000),
    ];
    for end in endings {
        let mut t = silent();
        t.recv(0, HANDSHAKE).forget();
        end(&mut t);
        t.expect(&["close 1"]);
        t.error(1, "late").recv(1, HANDSHAKE).expect(&[]);
    }
}

#[test]
fn long_polling_that_lost_and_cannot_say_goodbye_is_closed_in_time() {
    let mut t = silent();
    t.recv(0, HANDSHAKE).forget();
    t.advance(9_000).body(1, HANDSHAKE).expect(&["1> 1"]);
    t.advance(1_000).expect(&["close 1"]);
}

#[test]
fn the_websocket_can_win_after_long_polling_failed() {
    let mut t = silent();
    t.error(1, "xhr poll error").expect(&["close 1"]);
    t.advance(5_000).expect(&[]);
    t.recv(0, HANDSHAKE).expect(&["manager open 0", "0> 40"]);
}

#[test]
fn a_websocket_that_fails_beside_long_polling_disturbs_nothing() {
    let mut t = silent();
    t.error(0, "websocket error").expect(&["close 0"]);
    t.body(1, HANDSHAKE).expect(&["manager open 1", "1> 40", "flush 1", "poll 1"]);
}

#[test]
fn the_attempt_fails_when_both_fail_and_the_last_error_is_told() {
    let failed = ["connect_error /: last", "manager error: last"];
    let mut t = default();
    t.error(0, "first").forget();
    t.error(1, "last").expect(&["close 1", failed[0], failed[1]]);

    let mut t = silent();
    t.error(0, "first").expect(&["close 0"]);
    t.error(1, "last").expect(&["close 1", failed[0], failed[1]]);

    let mut t = silent();
    t.error(1, "first").expect(&["close 1"]);
    t.error(0, "last").expect(&["close 0", failed[0], failed[1]]);
    t.advance(1_500).expect(&["manager reconnect_attempt 1", "open websocket#2"]);
}

#[test]
fn no_transport_at_all_is_told_after_the_call() {
    let mut t = Transcript::connecting(&[]);
    t.expect(&[]);
    t.advance(0).expect(&["connect_error /: no transport", "manager error: no transport"]);
}

#[test]
fn the_user_decides_how_long_a_transport_may_stay_silent() {
    let with = |fallback_delay| {
        let mut t = Transcript::new(ManagerOptions { fallback_delay, ..Default::default() });
        t.connect("/").forget();
        t
    };
    with(Millis(500)).advance(499).expect(&[]).advance(1).expect(&["open polling#1", "poll 1"]);
    with(Millis(0)).advance(0).expect(&["open polling#1", "poll 1"]);
    let mut never = with(Millis(u64::MAX));
    never.advance(19_999).expect(&[]);
    never.advance(1);
    never.expect(&["close 0", "connect_error /: timeout", "manager error: timeout"]);
}

#[test]
fn what_worked_before_is_tried_first() {
    let mut t = Transcript::new(ManagerOptions::default());
    t.manager.prefer_polling(true);
    t.connect("/").expect(&["open polling#0", "poll 0"]);
    t.error(0, "xhr poll error").expect(&["close 0", "open websocket#1"]);
    t.error(1, "websocket error").forget();
    t.manager.prefer_polling(false);
    t.advance(1_500).expect(&["manager reconnect_attempt 1", "open websocket#2"]);
}

#[test]
fn preferring_long_polling_does_not_bring_it_where_it_is_not_wanted() {
    let transports = candidates(&[WebSocket]);
    let mut t = Transcript::new(ManagerOptions { transports, ..ManagerOptions::default() });
    t.manager.prefer_polling(true);
    t.connect("/").expect(&["open websocket#0"]);
}

#[test]
fn long_polling_first_falls_back_to_the_websocket_in_the_same_way() {
    let both: [TransportKind; 2] = [Polling, WebSocket];
    let mut t = Transcript::connecting(&both);
    t.forget();
    t.error(0, "xhr poll error").expect(&["close 0", "open websocket#1"]);
    t.recv(1, HANDSHAKE).expect(&["manager open 1", "1> 40"]);

    let mut t = Transcript::connecting(&both);
    t.forget();
    t.advance(2_000).expect(&["open websocket#1"]);
    t.recv(1, HANDSHAKE).expect(&["manager open 1", "1> 40"]);
    t.body(0, HANDSHAKE).expect(&["0> 1"]);
    t.drain(0).expect(&["close 0"]);
}

#[test]
fn a_websocket_started_just_before_long_polling_won_is_tried_again_as_an_upgrade() {
    let mut t = Transcript::connecting(&[Polling, WebSocket]);
    t.advance(2_000).forget();
    t.recv(0, HANDSHAKE).expect(&[
        "close 1",
        "manager open 0",
        "open websocket#2 for 0",
        "0> 40",
        "flush 0",
    ]);
}

#[test]
fn a_websocket_that_failed_before_long_polling_won_is_not_tried_as_an_upgrade() {
    let mut t = Transcript::connecting(&[Polling, WebSocket]);
    t.advance(2_000).error(1, "websocket error").forget();
    t.recv(0, HANDSHAKE).expect(&["manager open 0", "0> 40", "flush 0"]);
}

#[test]
fn whether_a_websocket_was_tried_in_vain_is_known() {
    let ways: [(Step, bool); 6] = [
        (|t| t.recv(0, HANDSHAKE), false),
        (|t| t.error(0, "websocket error").recv(1, HANDSHAKE), true),
        (|t| t.advance(2_000).recv(1, HANDSHAKE), true),
        (|t| t.advance(2_000).recv(0, HANDSHAKE), false),
        (|t| t.advance(2_000).error(1, "xhr poll error").recv(0, HANDSHAKE), false),
        // It is about the session there is, not about the one before.
        (
            |t| {
                t.error(0, "websocket error").recv(1, HANDSHAKE).close(1);
                t.advance(1_500).recv(2, HANDSHAKE)
            },
            false,
        ),
    ];
    for (at, (way, fell_back)) in ways.into_iter().enumerate() {
        let mut t = default();
        way(&mut t);
        assert_eq!(t.manager.fell_back(), fell_back, "way {at}");
    }
    let mut t = Transcript::connecting(&[Polling, WebSocket]);
    t.advance(2_000).recv(0, HANDSHAKE);
    assert!(!t.manager.fell_back(), "the WebSocket had no time");
    assert!(!Transcript::polling().manager.fell_back(), "there is none");
}

#[test]
fn a_websocket_tried_in_vain_is_known_when_the_first_of_two_that_poll_does_not_work_either() {
    let ways: [Step; 2] = [
        |t| t.error(0, "websocket error").error(1, "xhr poll error").recv(2, HANDSHAKE),
        |t| t.advance(4_000).recv(2, HANDSHAKE),
    ];
    for way in ways {
        let mut t = Transcript::connecting(&[WebSocket, Polling, Polling]);
        assert!(way(&mut t).manager.fell_back());
    }
}

#[test]
fn the_websocket_gets_another_chance_when_the_connection_is_made_again() {
    let mut t = default();
    t.error(0, "websocket error").body(1, HANDSHAKE).drain(1).body(1, "1").forget();
    t.advance(1_500).expect(&["manager reconnect_attempt 1", "open websocket#2"]);
}
