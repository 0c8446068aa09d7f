//! What happens when the connection is lost or cannot be made.

use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::WebSocket;
use socketio_wasm::proto::time::Millis;

use crate::random::Random;
use crate::test;
use crate::transcript::{HANDSHAKE, Step, Transcript, candidates};

/// No jitter, one transport.
fn plain() -> ManagerOptions {
    ManagerOptions {
        transports: candidates(&[WebSocket]),
        randomization_factor: 0.0,
        ..ManagerOptions::default()
    }
}

fn connecting(options: ManagerOptions) -> Transcript {
    let mut t = Transcript::new(options);
    t.connect("/").forget();
    t
}

/// Lets `count` attempts fail; returns the waits between them.
fn waits(t: &mut Transcript, count: usize) -> Vec<u64> {
    let mut wait = |id| {
        t.error(id, "refused");
        let wait = t.timeout().expect("an attempt is planned");
        t.advance(wait);
        wait
    };
    (0..count).map(|at| wait(at.try_into().unwrap())).collect()
}

#[test]
fn waits_grow_up_to_a_limit() {
    let mut t = connecting(plain());
    assert_eq!(waits(&mut t, 6), [1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
    let mut t = connecting(ManagerOptions {
        reconnection_delay: Millis(100),
        reconnection_delay_max: Millis(700),
        ..plain()
    });
    assert_eq!(waits(&mut t, 5), [100, 200, 400, 700, 700]);
}

#[test]
fn waits_never_overflow() {
    let mut t = connecting(plain());
    assert_eq!(waits(&mut t, 3_000).last(), Some(&5_000));
    let reconnection_delay_max = Millis(u64::MAX);
    let mut t = connecting(ManagerOptions { reconnection_delay_max, ..plain() });
    assert_eq!(waits(&mut t, 30)[29], 1_000 << 29);
}

#[test]
fn waits_are_moved_at_random_by_half_so_that_clients_do_not_come_all_at_once() {
    let mut random = Random::new(1);
    let mut seen = [0; 10];
    for _ in 0..1_000 {
        // As the browser gives it: the bits of a number between 0 and 1.
        let seed = random.fraction().to_bits();
        let transports = candidates(&[WebSocket]);
        let mut t = Transcript::new(ManagerOptions { transports, ..ManagerOptions::default() });
        t.manager = Manager::new(t.manager.options().clone(), seed);
        t.connect("/");
        let waits = waits(&mut t, 5);
        for (at, range) in [500..=1_500, 1_000..=3_000, 2_000..=5_000].into_iter().enumerate() {
            assert!(range.contains(&waits[at]), "{waits:?}");
        }
        assert!((4_000..=5_000).contains(&waits[3]) && waits[4] == 5_000, "{waits:?}");
        seen[usize::try_from((waits[0] - 500) / 101).unwrap()] += 1;
    }
    assert!(seen.iter().all(|&count| (50..=200).contains(&count)), "{seen:?}");
}

#[test]
fn waits_of_one_page_are_moved_at_random_as_long_as_it_lives() {
    let transports = candidates(&[WebSocket]);
    let mut t = connecting(ManagerOptions { transports, ..ManagerOptions::default() });
    let mut seen = [0; 10];
    for id in 0..1_000 {
        t.recv(id, HANDSHAKE).close(id);
        let wait = t.timeout().expect("an attempt is planned");
        t.advance(wait);
        seen[usize::try_from((wait - 500) / 101).unwrap()] += 1;
    }
    assert!(seen.iter().all(|&count| (50..=200).contains(&count)), "{seen:?}");
}

#[test]
fn a_seed_of_zero_moves_waits_too() {
    let mut t = Transcript::new(ManagerOptions { randomization_factor: 0.5, ..plain() });
    t.manager = Manager::new(t.manager.options().clone(), 0);
    t.connect("/");
    let waits = waits(&mut t, 3);
    assert!(waits.iter().any(|&wait| ![500, 1_000, 2_000].contains(&wait)), "{waits:?}");
}

#[test]
fn gives_up_after_the_attempts_allowed_and_tells_it_in_the_references_order() {
    let mut t = connecting(ManagerOptions { reconnection_attempts: 2, ..plain() });
    t.error(0, "e0").expect(&["close 0", "connect_error /: e0", "manager error: e0"]);
    t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
    t.error(1, "e1").expect(&[
        "close 1",
        "connect_error /: e1",
        "manager error: e1",
        "manager reconnect_error: e1",
    ]);
    t.advance(2_000).expect(&["manager reconnect_attempt 2", "open websocket#2"]);
    t.error(2, "e2").expect(&[
        "close 2",
        "connect_error /: e2",
        "manager error: e2",
        "manager reconnect_failed",
        "manager reconnect_error: e2",
    ]);
    assert_eq!(t.timeout(), None);
    assert!(t.is_active("/"));
}

#[test]
fn the_user_can_connect_again_after_it_gave_up() {
    let mut t = connecting(ManagerOptions { reconnection_attempts: 1, ..plain() });
    t.error(0, "e").advance(1_000).error(1, "e").forget();
    t.connect("/").expect(&["open websocket#2"]);
    t.error(2, "e").forget();
    t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#3"]);
}

#[test]
fn attempts_without_end_if_no_limit_is_given() {
    let mut t = connecting(ManagerOptions { reconnection_attempts: 0, ..plain() });
    waits(&mut t, 200);
    assert!(t.take().contains(&"manager reconnect_attempt 200".into()));
}

#[test]
fn a_lost_connection_is_made_again_and_tells_it_in_the_references_order() {
    let mut t = connecting(plain());
    t.recv(0, HANDSHAKE).recv(0, r#"40{"sid":"x"}"#).forget();
    t.close(0).expect(&[
        "close 0",
        "disconnect /: transport close",
        "manager close: transport close",
    ]);
    t.advance(999).expect(&[]);
    t.advance(1).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
    t.error(1, "e").advance(2_000).forget();
    t.recv(2, HANDSHAKE).expect(&["manager open 2", "manager reconnect 2", "2> 40"]);
    t.recv(2, r#"40{"sid":"y"}"#).expect(&[r#"connect / {"sid":"y"}"#]);
}

#[test]
fn success_makes_the_next_wait_short_again() {
    let mut t = connecting(plain());
    waits(&mut t, 4);
    t.recv(4, HANDSHAKE).close(4).forget();
    assert_eq!(t.timeout(), Some(1_000));
    t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#5"]);
}

#[test]
fn nothing_is_tried_again_if_the_user_does_not_want_it() {
    let mut t = connecting(ManagerOptions { reconnection: false, ..plain() });
    t.error(0, "e").expect(&["close 0", "connect_error /: e", "manager error: e"]);
    assert_eq!(t.timeout(), None);
    t.connect("/").recv(1, HANDSHAKE).recv(1, r#"40{"sid":"x"}"#).forget();
    t.close(1).expect(&[
        "close 1",
        "disconnect /: transport close",
        "manager close: transport close",
    ]);
    assert_eq!(t.timeout(), None);
    t.connect("/").expect(&["open websocket#2"]);
}

#[test]
fn disconnecting_stops_the_reconnection() {
    let mut t = connecting(plain());
    t.error(0, "e").forget();
    t.disconnect("/").expect(&["manager close: forced close"]);
    assert_eq!(t.timeout(), None);
    t.connect("/").expect(&["open websocket#1"]);
    t.error(1, "e").forget();
    assert_eq!(t.timeout(), Some(1_000), "the user began anew");
}

#[test]
fn disconnecting_during_an_attempt_to_reconnect_ends_the_reconnection() {
    let mut t = connecting(plain());
    t.error(0, "e").advance(1_000).forget();
    t.disconnect("/").expect(&["close 1", "manager close: forced close"]);
    t.connect("/").recv(2, HANDSHAKE);
    t.expect(&["open websocket#2", "manager open 2", "2> 40"]);
}

#[test]
fn connecting_while_a_reconnection_is_planned_changes_nothing() {
    let mut t = connecting(plain());
    t.error(0, "e").forget();
    t.advance(500).connect("/").connect("/admin").expect(&[]);
    t.advance(500).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
    t.recv(1, HANDSHAKE);
    t.expect(&["manager open 1", "manager reconnect 1", "1> 40", "1> 40/admin,"]);
}

#[test]
fn every_namespace_hears_of_a_failed_attempt_and_of_a_lost_connection() {
    let mut t = connecting(plain());
    t.connect("/admin").nsp("/idle");
    t.error(0, "e");
    t.expect(&["close 0", "connect_error /: e", "connect_error /admin: e", "manager error: e"]);
    t.advance(1_000).recv(1, HANDSHAKE).recv(1, r#"40/admin,{"sid":"x"}"#).forget();
    // The main namespace was not connected yet, so it cannot be disconnected.
    t.close(1).expect(&[
        "close 1",
        "connect_error /: details",
        "disconnect /admin: transport close",
        "manager close: transport close",
    ]);
}

#[test]
fn a_listener_of_disconnect_may_connect_or_give_up() {
    let mut t = connecting(plain());
    t.recv(0, HANDSHAKE).recv(0, r#"40{"sid":"x"}"#).forget();
    t.when("disconnect /: transport close", |t| {
        assert!(!t.can_send("/"));
        t.connect("/").disconnect("/")
    });
    t.close(0).advance(60_000).expect(&[
        "close 0",
        "disconnect /: transport close",
        "manager close: transport close",
        "manager close: forced close",
    ]);
    t.connect("/").recv(1, HANDSHAKE).forget();
    t.recv(1, r#"40{"sid":"y"}"#).expect(&[r#"connect / {"sid":"y"}"#]);
}

/// A page that is connected, and loses its connection.
fn lost(options: ManagerOptions, when: &'static str, then: Step) -> Transcript {
    let mut t = connecting(options);
    t.recv(0, HANDSHAKE).recv(0, r#"40{"sid":"x"}"#).forget();
    t.when(when, then).close(0).forget();
    t
}

#[test]
fn options_that_a_listener_changes_count_for_the_attempt_that_follows() {
    for event in ["disconnect /: transport close", "manager close: transport close"] {
        let slower: Step = |t| t.turn(|m, _| m.change(|o| o.reconnection_delay = Millis(3_000)));
        assert_eq!(lost(plain(), event, slower).timeout(), Some(3_000), "{event}");
        let none: Step = |t| t.turn(|m, _| m.change(|o| o.reconnection = false));
        assert_eq!(lost(plain(), event, none).timeout(), None, "{event}");
        // As the npm package does it: one option after the other.
        let again: Step = |t| {
            t.turn(|m, _| m.change(|o| o.timeout = Millis(1)));
            t.turn(|m, _| m.change(|o| o.reconnection = true))
        };
        let off = ManagerOptions { reconnection: false, ..plain() };
        assert_eq!(lost(off, event, again).timeout(), Some(1_000), "{event}");
    }
}

#[test]
fn a_listener_of_the_last_failure_decides_whether_it_was_the_last() {
    let failing = |allowed, then: Step| {
        let mut t = connecting(ManagerOptions { reconnection_attempts: allowed, ..plain() });
        t.error(0, "e").advance(1_000);
        t.when("connect_error /: e1", then).forget();
        t.error(1, "e1");
        let told = t.take();
        (told[3..].join(", "), t.timeout())
    };
    let more: Step = |t| t.turn(|m, _| m.change(|o| o.reconnection_attempts = 2));
    assert_eq!(failing(1, more), ("manager reconnect_error: e1".into(), Some(2_000)));
    let given_up = "manager reconnect_failed, manager reconnect_error: e1";
    let fewer: Step = |t| t.turn(|m, _| m.change(|o| o.reconnection_attempts = 1));
    assert_eq!(failing(3, fewer), (given_up.into(), None));
    // As while an attempt is planned, this changes nothing.
    assert_eq!(failing(1, |t| t.connect("/")), (given_up.into(), None));
    assert_eq!(failing(2, |t| t.connect("/")), ("manager reconnect_error: e1".into(), Some(2_000)));
    let left = "manager close: forced close, manager reconnect_error: e1";
    assert_eq!(failing(1, |t| t.disconnect("/")), (left.into(), None));
    let opens: Step = |t| t.turn(|m, now| m.open(false, now));
    assert_eq!(failing(1, opens).0, "manager reconnect_error: e1, open websocket#2");
}

#[test]
fn malformed_packets_end_in_a_parse_error_and_a_reconnection() {
    for packet in [
        "4",
        "47",
        "49",
        "4x",
        r#"451["a"]"#,
        "45a-",
        r#"450-["a"]"#,
        r#"45["a"]"#,
        r#"4511-["a"]"#,
        "461[]",
        "46/admin,0[]",
        r#"429007199254740992["a"]"#,
        "439007199254740992[]",
    ] {
        let mut t = connecting(plain());
        t.recv(0, HANDSHAKE).recv(0, r#"40{"sid":"x"}"#).forget();
        t.recv(0, packet);
        println!("{packet}");
        t.expect(&["close 0", "disconnect /: parse error", "manager close: parse error"]);
        t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
    }
}

#[test]
fn malformed_packets_during_the_connect_exchange_end_in_a_reconnection() {
    let mut t = connecting(plain());
    t.recv(0, HANDSHAKE).forget();
    t.recv(0, "409007199254740992");
    t.expect(&["close 0", "connect_error /: illegal id", "manager close: parse error"]);
    t.advance(1_000).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
}
