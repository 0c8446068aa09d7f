//! What becomes of a page: it loses the network or is put aside, and comes back.

use socketio_wasm::proto::manager::Manager;
use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};

use crate::test;
use crate::transcript::{HANDSHAKE, Step, Transcript, candidates};

const LOSE: Step = |t| t.turn(Manager::lose);
const HURRY: Step = |t| t.turn(Manager::hurry);

const LOST: [&str; 3] =
    ["close 0", "disconnect /: transport close", "manager close: transport close"];

fn patient() -> ManagerOptions {
    ManagerOptions {
        transports: candidates(&[WebSocket, Polling]),
        randomization_factor: 0.0,
        ..ManagerOptions::default()
    }
}

#[test]
fn the_connection_ends_with_the_network_and_comes_back_with_it() {
    let mut t = Transcript::connected();
    LOSE(&mut t).expect(&LOST);
    t.advance(200).expect(&[]);
    HURRY(&mut t).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
    t.recv(1, HANDSHAKE).expect(&["manager open 1", "manager reconnect 1", "1> 40"]);
}

#[test]
fn a_polling_session_is_not_said_goodbye_to_over_a_network_that_is_lost() {
    let mut t = Transcript::polling();
    LOSE(&mut t).expect(&LOST);
    assert_eq!(t.transport(), None);
}

#[test]
fn an_upgrade_ends_with_the_network() {
    let mut t = Transcript::upgrading();
    LOSE(&mut t).expect(&["close 1", "manager upgrade_error", LOST[0], LOST[1], LOST[2]]);
    HURRY(&mut t).expect(&["manager reconnect_attempt 1", "open polling#2", "poll 2"]);
}

#[test]
fn an_attempt_to_connect_ends_with_the_network_and_the_next_one_need_not_wait() {
    let mut t = Transcript::new(patient());
    t.connect("/").forget();
    LOSE(&mut t);
    t.expect(&["close 0", "connect_error /: ", "manager error: "]);
    HURRY(&mut t).expect(&["manager reconnect_attempt 1", "open websocket#1"]);
}

/// The network may come and go for ever: an attempt that was hurried counts as any other.
#[test]
fn hurried_attempts_are_counted_and_the_waits_grow_on() {
    let mut t = Transcript::new(ManagerOptions {
        transports: candidates(&[WebSocket]),
        reconnection_attempts: 3,
        ..patient()
    });
    t.connect("/");
    for (id, wait) in [(0, 1_000), (1, 2_000)] {
        t.error(id, "e");
        assert_eq!(t.timeout(), Some(wait));
        HURRY(&mut t).forget();
    }
    t.error(2, "e").forget();
    assert_eq!(t.timeout(), Some(4_000));
    HURRY(&mut t).expect(&["manager reconnect_attempt 3", "open websocket#3"]);
    t.error(3, "e").forget();
    HURRY(&mut t).expect(&[]);
    assert_eq!(t.timeout(), None, "it has given up");
}

#[test]
fn nothing_is_hurried_where_nothing_waits() {
    let mut t = Transcript::new(patient());
    HURRY(&mut t).expect(&[]);
    LOSE(&mut t).expect(&[]);
    t.connect("/").forget();
    HURRY(&mut t).expect(&[]);
    t.recv(0, HANDSHAKE).recv(0, r#"40{"sid":"x"}"#).forget();
    HURRY(&mut t).expect(&[]);
    t.disconnect("/").forget();
    HURRY(&mut t).expect(&[]);
    LOSE(&mut t).expect(&[]);
}

#[test]
fn the_network_is_lost_for_good_where_reconnection_is_off() {
    let mut t = Transcript::new(ManagerOptions { reconnection: false, ..patient() });
    t.connect("/").recv(0, HANDSHAKE).recv(0, r#"40{"sid":"x"}"#).forget();
    LOSE(&mut t).expect(&LOST);
    HURRY(&mut t).expect(&[]);
    assert_eq!(t.timeout(), None);
}

#[test]
fn the_network_is_lost_while_it_waits_for_the_next_attempt() {
    let mut t = Transcript::connected();
    LOSE(&mut t).forget();
    LOSE(&mut t).expect(&[]);
    assert!(t.timeout().is_some(), "the attempt is still planned");
}
