//! What the user's `auth` gives, when it gives it, and what belongs to an earlier connection.

use socketio_wasm::proto::options::TransportKind::WebSocket;
use socketio_wasm::proto::output::NspId;
use socketio_wasm::proto::socket::packet::PacketType::{
    Ack, BinaryAck, BinaryEvent, Connect, ConnectError, Disconnect, Event,
};
use socketio_wasm::proto::time::Millis;

use crate::test;
use crate::transcript::{HANDSHAKE, Transcript};

/// The connection is open; `auth` of the main namespace has not answered.
fn waiting() -> Transcript {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.auth = None;
    t.recv(0, HANDSHAKE);
    t.expect(&["open websocket#0", "manager open 0", "authenticate / 1"]);
    t
}

#[test]
fn auth_is_sent_with_each_connect_packet() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.auth = Some(Ok(r#"{"token":1}"#));
    t.recv(0, HANDSHAKE);
    t.expect(&["open websocket#0", "manager open 0", r#"0> 40{"token":1}"#]);
    t.connect("/admin").expect(&[r#"0> 40/admin,{"token":1}"#]);
    t.auth = Some(Ok(r#"{"token":2}"#));
    t.close(0).advance(1_500).forget();
    t.recv(1, HANDSHAKE).expect(&[
        "manager open 1",
        "manager reconnect 1",
        r#"1> 40{"token":2}"#,
        r#"1> 40/admin,{"token":2}"#,
    ]);
}

#[test]
fn auth_may_take_its_time() {
    let mut t = waiting();
    t.advance(10_000).expect(&[]);
    assert!(!t.can_send("/"));
    t.authenticate("/", 1, Ok("{}")).expect(&["0> 40{}"]);
    t.recv(0, r#"40{"sid":"x"}"#).expect(&[r#"connect / {"sid":"x"}"#]);
    assert!(t.can_send("/"));
}

#[test]
fn auth_that_does_not_answer_is_asked_again_by_connect_but_not_at_once() {
    let mut t = waiting();
    t.connect("/").advance(49).connect("/").expect(&[]);
    t.advance(1).connect("/").expect(&["authenticate / 2"]);
    t.connect("/").expect(&[]);
    // The data that comes first, and the failure of the last.
    t.authenticate("/", 1, Err("old")).authenticate("/", 1, Ok("{}")).expect(&["0> 40{}"]);
    t.advance(1_000).connect("/").authenticate("/", 2, Ok("late")).expect(&[]);
    t.recv(0, r#"40{"sid":"x"}"#).expect(&[r#"connect / {"sid":"x"}"#]);

    let mut t = waiting();
    t.advance(50).connect("/").authenticate("/", 1, Err("old")).expect(&["authenticate / 2"]);
    t.authenticate("/", 2, Err("new"));
    t.expect(&["close 0", "manager close: forced close", "connect_error /: auth new"]);
}

#[test]
fn a_second_answer_of_auth_is_ignored() {
    let mut t = waiting();
    t.authenticate("/", 1, Ok("")).expect(&["0> 40"]);
    t.authenticate("/", 1, Ok("")).authenticate("/", 1, Err("late")).expect(&[]);
    t.recv(0, r#"40{"sid":"x"}"#).expect(&[r#"connect / {"sid":"x"}"#]);
    t.authenticate("/", 1, Ok("")).authenticate("/", 1, Err("late")).expect(&[]);
}

#[test]
fn auth_that_fails_is_told_and_ends_the_attempt() {
    let mut t = waiting();
    t.authenticate("/", 1, Err("no token"));
    t.expect(&["close 0", "manager close: forced close", "connect_error /: auth no token"]);
    assert_eq!(t.timeout(), None);
    t.connect("/").recv(1, HANDSHAKE);
    t.expect(&["open websocket#1", "manager open 1", "authenticate / 2"]);
    t.authenticate("/", 1, Ok("")).expect(&[]);
    t.authenticate("/", 2, Ok("")).expect(&["1> 40"]);
}

#[test]
fn auth_that_fails_for_one_namespace_leaves_the_others() {
    let mut t = Transcript::connected();
    t.auth = Some(Err("no token"));
    t.connect("/admin").expect(&["connect_error /admin: auth no token"]);
    t.emit("/", "[1]").expect(&["0> 42[1]"]);
    t.auth = Some(Ok(""));
    t.connect("/admin").expect(&["0> 40/admin,"]);
}

#[test]
fn auth_that_answers_for_an_earlier_connection_is_ignored() {
    let mut t = waiting();
    t.close(0).advance(1_500).recv(1, HANDSHAKE).forget();
    t.authenticate("/", 1, Ok("{}")).authenticate("/", 1, Err("late")).expect(&[]);
    t.authenticate("/", 2, Ok("")).expect(&["1> 40"]);
}

#[test]
fn auth_that_answers_after_disconnecting_is_ignored() {
    let mut t = waiting();
    t.disconnect("/").expect(&["close 0", "manager close: forced close"]);
    t.authenticate("/", 1, Ok("")).authenticate("/", 1, Err("late")).expect(&[]);
}

#[test]
fn auth_that_answers_after_leaving_one_namespace_is_ignored() {
    let mut t = Transcript::connected();
    t.auth = None;
    t.connect("/admin").disconnect("/admin").expect(&["authenticate /admin 1"]);
    t.authenticate("/admin", 1, Ok("")).expect(&[]);
    t.connect("/admin").expect(&["authenticate /admin 2"]);
    t.authenticate("/admin", 1, Ok("")).expect(&[]);
    t.authenticate("/admin", 2, Ok("")).expect(&["0> 40/admin,"]);
}

#[test]
fn auth_is_not_asked_for_a_connection_that_ends_as_the_servers_answer_got_lost() {
    let mut t = Transcript::connected();
    t.connect("/admin").advance(44_000).recv(0, "2").forget();
    t.auth = None;
    t.advance(1_000).expect(&[
        "connect_error /admin: timeout",
        "close 0",
        "disconnect /: forced close",
        "manager close: forced close",
    ]);
}

#[test]
fn a_version_2_server_that_does_not_wait_for_auth_is_recognised() {
    let mut t = waiting();
    t.recv(0, "40").expect(&[
        "close 0",
        "manager close: forced close",
        "connect_error /: incompatible server",
    ]);
}

#[test]
fn whether_the_answer_of_auth_still_matters_is_known() {
    let mut t = waiting();
    let nsp = t.nsp("/");
    let mut matters = |session, is_ok| t.manager.authenticate(nsp, session, is_ok, Millis(2_000));
    assert!(
        !matters(0, true) && !matters(2, false) && !matters(2, true),
        "it belongs to another connection"
    );
    assert!(matters(1, true));
    assert!(!matters(1, true) && !matters(1, false), "the answer was given");
}

#[test]
fn a_connect_packet_that_nobody_asked_for_is_ignored() {
    let mut t = waiting();
    t.recv(0, r#"40{"sid":"x"}"#).expect(&[]);
    t.authenticate("/", 1, Ok("")).expect(&["0> 40"]);
}

#[test]
fn unknown_namespaces_and_sessions_are_ignored() {
    let mut t = Transcript::connected();
    let (nobody, now) = (NspId(99), Millis(1_000));
    t.turn(|manager, _| {
        manager.connect(nobody, now);
        manager.disconnect(nobody, now);
        assert!(!manager.authenticate(nobody, 1, true, now));
        assert!(!manager.authenticate(nobody, 1, false, now));
        assert!(!manager.can_send(nobody, now) && !manager.is_active(nobody));
        for packet_type in [Connect, Disconnect, Event, Ack, ConnectError, BinaryEvent, BinaryAck] {
            assert_eq!(manager.handle_packet(nobody, packet_type, true, now), None);
            assert_eq!(manager.handle_packet(nobody, packet_type, false, now), None);
        }
    });
    t.expect(&[]);
    assert!(t.can_send("/"));
}
