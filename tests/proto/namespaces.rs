//! Namespaces: several of them over one connection, and what comes before they are connected.

use socketio_wasm::proto::options::TransportKind::{Polling, WebSocket};

use crate::test;
use crate::transcript::{HANDSHAKE, Transcript};

#[test]
fn namespaces_share_one_connection() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.connect("/admin").expect(&["open websocket#0"]);
    t.recv(0, HANDSHAKE).expect(&["manager open 0", "0> 40", "0> 40/admin,"]);
    t.recv(0, r#"40/admin,{"sid":"y"}"#).expect(&[r#"connect /admin {"sid":"y"}"#]);
    t.recv(0, r#"40{"sid":"x"}"#).expect(&[r#"connect / {"sid":"x"}"#]);
    t.connect("/chat").expect(&["0> 40/chat,"]);
    t.recv(0, r#"40/chat,{"sid":"z"}"#).expect(&[r#"connect /chat {"sid":"z"}"#]);
    t.emit("/admin", r#"["a"]"#).expect(&[r#"0> 42/admin,["a"]"#]);
    t.recv(0, r#"42/chat,["b"]"#).expect(&[r#"event /chat ["b"]"#]);
    t.recv(0, r#"42["c"]"#).expect(&[r#"event / ["c"]"#]);
}

#[test]
fn leaving_one_namespace_leaves_the_others_connected() {
    let mut t = Transcript::connected();
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).forget();
    t.disconnect("/admin").expect(&["disconnect /admin: io client disconnect", "0> 41/admin,"]);
    t.recv(0, r#"42/admin,["late"]"#).expect(&[]);
    t.emit("/", r#"["a"]"#).expect(&[r#"0> 42["a"]"#]);
    t.disconnect("/").expect(&[
        "0> 41",
        "close 0",
        "manager close: forced close",
        "disconnect /: io client disconnect",
    ]);
}

#[test]
fn leaving_one_namespace_over_long_polling_is_sent_at_once() {
    let mut t = Transcript::polling();
    t.connect("/admin").drain(0).body(0, r#"40/admin,{"sid":"y"}"#).forget();
    t.disconnect("/admin");
    t.expect(&["disconnect /admin: io client disconnect", "0> 41/admin,", "flush 0"]);
}

#[test]
fn nothing_can_be_sent_before_the_server_has_granted_the_namespace() {
    let mut t = Transcript::connecting(&[WebSocket]);
    assert!(!t.can_send("/"));
    t.recv(0, HANDSHAKE).emit("/", "[1]");
    t.expect(&["open websocket#0", "manager open 0", "0> 40"]);
    t.when(r#"connect / {"sid":"x"}"#, |t| t.emit("/", "[2]"));
    t.recv(0, r#"40{"sid":"x"}"#).expect(&[r#"connect / {"sid":"x"}"#, "0> 42[2]"]);
    t.connect("/admin").emit("/admin", "[3]").expect(&["0> 40/admin,"]);
    t.disconnect("/").emit("/", "[4]").expect(&["disconnect /: io client disconnect", "0> 41"]);
}

#[test]
fn namespaces_are_asked_for_in_one_post() {
    let mut t = Transcript::connecting(&[Polling]);
    t.connect("/admin").recv(0, HANDSHAKE);
    let asked = ["manager open 0", "0> 40", "0> 40/admin,", "flush 0"];
    t.expect(&[&["open polling#0", "poll 0"], &asked[..]].concat());
    t.drain(0).expect(&[]);
}

#[test]
fn events_may_come_before_connect() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.recv(0, HANDSHAKE).forget();
    t.recv(0, r#"42["a"]"#).recv(0, r#"427["b"]"#);
    t.expect(&[r#"event / ["a"]"#, r#"event / ["b"] ack 7"#]);
    assert!(!t.can_send("/"));
    t.recv(0, r#"40{"sid":"x"}"#).expect(&[r#"connect / {"sid":"x"}"#]);
}

#[test]
fn a_connection_that_fails_before_the_namespace_is_granted_is_told_to_it() {
    let mut t = Transcript::polling();
    t.connect("/admin").forget();
    t.error(0, "xhr post error").expect(&[
        "connect_error /admin: xhr post error",
        "disconnect /: transport error",
        "manager close: transport error",
    ]);
}

#[test]
fn a_connection_that_falls_silent_before_the_namespace_is_granted_is_told_to_it() {
    let mut t = Transcript::connected();
    t.connect("/admin").forget();
    t.advance(45_000).expect(&[
        "close 0",
        "connect_error /admin: timeout",
        "disconnect /: ping timeout",
        "manager close: ping timeout",
    ]);
}

#[test]
fn answers_reach_the_user_with_their_id() {
    let mut t = Transcript::connected();
    t.recv(0, "430[]").expect(&["answer / [] ack 0"]);
    t.recv(0, "439007199254740991[2]").expect(&["answer / [2] ack 9007199254740991"]);
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).forget();
    t.recv(0, "43/admin,7[]").expect(&["answer /admin [] ack 7"]);
}

#[test]
fn connecting_twice_sends_one_connect_packet() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.connect("/").recv(0, HANDSHAKE).connect("/").connect("/");
    t.expect(&["open websocket#0", "manager open 0", "0> 40"]);
    t.recv(0, r#"40{"sid":"x"}"#).connect("/").expect(&[r#"connect / {"sid":"x"}"#]);
}

#[test]
fn a_namespace_left_before_the_answer_is_left_when_the_answer_comes() {
    let mut t = Transcript::connected();
    t.connect("/admin").disconnect("/admin").expect(&["0> 40/admin,"]);
    t.recv(0, r#"42/admin,["early"]"#).expect(&[]);
    t.recv(0, r#"40/admin,{"sid":"y"}"#).expect(&["0> 41/admin,"]);
    t.connect("/admin").advance(49).expect(&[]);
    t.advance(1).expect(&["0> 40/admin,"]);
    t.recv(0, r#"40/admin,{"sid":"z"}"#).expect(&[r#"connect /admin {"sid":"z"}"#]);
}

/// The namespace `/admin` was left just now; `/` is connected.
fn leaving() -> Transcript {
    let mut t = Transcript::connected();
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).disconnect("/admin").forget();
    t
}

/// The same, but it was left before the server's answer came.
fn leaving_late() -> Transcript {
    let mut t = Transcript::connected();
    t.connect("/admin").disconnect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).forget();
    t
}

#[test]
fn a_namespace_left_and_wanted_again_gives_the_server_time_to_notice() {
    let mut t = leaving();
    t.advance(20).connect("/admin").connect("/admin").advance(29).expect(&[]);
    assert!(t.is_active("/admin") && !t.can_send("/admin"));
    t.advance(1).expect(&["0> 40/admin,"]);
    t.recv(0, r#"40/admin,{"sid":"z"}"#).expect(&[r#"connect /admin {"sid":"z"}"#]);
    for mut t in [leaving(), leaving_late()] {
        t.advance(50).expect(&[]);
        t.connect("/admin").expect(&["0> 40/admin,"]);
    }
}

#[test]
fn a_namespace_left_and_wanted_again_and_left_again_stays_so() {
    let mut t = leaving();
    t.connect("/admin").disconnect("/admin").recv(0, r#"42/admin,["late"]"#);
    t.advance(1_000).expect(&[]);
    assert_eq!(t.timeout(), Some(44_000), "for the next ping");
}

#[test]
fn a_namespace_left_and_wanted_again_need_not_wait_on_another_connection() {
    let mut t = leaving();
    t.connect("/admin").disconnect("/").disconnect("/admin").connect("/admin").forget();
    t.recv(1, HANDSHAKE).expect(&["manager open 1", "1> 40/admin,"]);
}

#[test]
fn a_namespace_left_and_wanted_again_before_the_answer_is_asked_for_with_the_auth_of_then() {
    let again = || {
        let mut t = Transcript::connected();
        t.connect("/admin").disconnect("/admin").connect("/admin").expect(&["0> 40/admin,"]);
        t
    };
    let mut t = again();
    t.recv(0, r#"40/admin,{"sid":"y"}"#).expect(&["0> 41/admin,"]);
    t.recv(0, r#"42/admin,["for the one before"]"#).expect(&[]);
    t.advance(50).expect(&["0> 40/admin,"]);
    t.recv(0, r#"40/admin,{"sid":"z"}"#).expect(&[r#"connect /admin {"sid":"z"}"#]);

    let mut t = again();
    t.recv(0, r#"42/admin,["early, for the one before"]"#).expect(&[]);
    t.recv(0, r#"44/admin,{"message":"no"}"#).expect(&["0> 40/admin,"]);
    t.recv(0, r#"40/admin,{"sid":"z"}"#).expect(&[r#"connect /admin {"sid":"z"}"#]);
}

#[test]
fn a_namespace_left_and_wanted_again_does_not_hear_of_the_end_that_the_server_made_meanwhile() {
    let mut t = leaving();
    t.connect("/admin").recv(0, "41/admin,").expect(&[]);
    t.advance(50).expect(&["0> 40/admin,"]);
    t.recv(0, r#"40/admin,{"sid":"z"}"#).expect(&[r#"connect /admin {"sid":"z"}"#]);
}

#[test]
fn a_namespace_left_before_it_is_refused_hears_nothing_of_it() {
    let mut t = Transcript::connected();
    t.connect("/admin").disconnect("/admin").forget();
    t.recv(0, r#"44/admin,{"message":"no"}"#).expect(&[]);
    t.connect("/admin").expect(&["0> 40/admin,"]);
}

#[test]
fn a_refused_namespace_is_told_why_and_not_tried_again() {
    let mut t = Transcript::connected();
    t.connect("/admin").forget();
    t.recv(0, r#"44/admin,{"message":"no"}"#);
    t.expect(&[r#"connect_error /admin: rejected {"message":"no"}"#]);
    assert!(!t.is_active("/admin"));
    t.close(0).advance(1_500).forget();
    t.recv(1, HANDSHAKE).expect(&["manager open 1", "manager reconnect 1", "1> 40"]);
}

#[test]
fn a_connection_whose_only_namespace_is_refused_is_closed() {
    let mut t = Transcript::connecting(&[Polling]);
    t.recv(0, HANDSHAKE).drain(0).forget();
    t.body(0, r#"44"text""#).expect(&[
        "manager close: forced close",
        "0> 1",
        r#"connect_error /: rejected "text""#,
    ]);
    t.drain(0).expect(&["close 0"]);
    assert_eq!(t.timeout(), None);
}

#[test]
fn a_refusal_after_connect_disconnects() {
    let mut t = Transcript::connected();
    t.recv(0, r#"44{"message":"no"}"#).expect(&[
        "close 0",
        "manager close: forced close",
        "disconnect /: io server disconnect",
        r#"connect_error /: rejected {"message":"no"}"#,
    ]);
    assert_eq!(t.timeout(), None);
}

#[test]
fn a_server_that_disconnects_the_only_namespace_ends_the_connection_for_good() {
    let mut t = Transcript::connected();
    t.recv(0, "41").expect(&[
        "close 0",
        "manager close: forced close",
        "disconnect /: io server disconnect",
    ]);
    t.advance(60_000).expect(&[]);
    assert_eq!(t.timeout(), None);
    t.connect("/").expect(&["open websocket#1"]);
}

#[test]
fn a_server_that_disconnects_one_namespace_leaves_the_others() {
    let mut t = Transcript::connected();
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).forget();
    t.recv(0, "41/admin").expect(&["disconnect /admin: io server disconnect"]);
    t.recv(0, "41/admin,").expect(&[]);
    t.recv(0, r#"42/admin,["late"]"#).expect(&[]);
    t.recv(0, r#"42["a"]"#).expect(&[r#"event / ["a"]"#]);
    t.close(0).advance(1_500).forget();
    t.recv(1, HANDSHAKE).expect(&["manager open 1", "manager reconnect 1", "1> 40"]);
}

#[test]
fn a_server_that_disconnects_instead_of_connecting_is_not_waited_for() {
    let mut t = Transcript::connected();
    t.connect("/admin").forget();
    t.recv(0, "41/admin,").expect(&["disconnect /admin: io server disconnect"]);
    assert!(!t.is_active("/admin"));
}

#[test]
fn packets_for_unknown_namespaces_are_ignored() {
    let mut t = Transcript::connected();
    for packet in [
        r#"40/other,{"sid":"y"}"#,
        "40/other,",
        r#"42/other,["a"]"#,
        "43/other,0[]",
        "41/other,",
        r#"44/other,"no""#,
    ] {
        t.recv(0, packet).expect(&[]);
    }
    t.recv(0, r#"451-/other,["a"]"#).binary(0, "<01>").expect(&[]);
    t.recv(0, r#"42["a"]"#).expect(&[r#"event / ["a"]"#]);
}

#[test]
fn packets_for_namespaces_that_are_not_wanted_are_ignored() {
    let mut t = Transcript::connected();
    t.nsp("/idle");
    for packet in
        [r#"40/idle,{"sid":"y"}"#, "40/idle,", r#"42/idle,["a"]"#, "41/idle,", r#"44/idle,"no""#]
    {
        t.recv(0, packet).expect(&[]);
    }
}

#[test]
fn a_second_connect_packet_gives_the_user_the_new_id() {
    let mut t = Transcript::connected();
    t.recv(0, r#"40{"sid":"y"}"#).expect(&[r#"connect / {"sid":"y"}"#]);
}

#[test]
fn a_server_of_version_2_is_recognised() {
    for connect in ["40", "40{}", r#"40{"other":1}"#] {
        let mut t = Transcript::connecting(&[WebSocket]);
        t.recv(0, HANDSHAKE).forget();
        t.recv(0, connect).expect(&[
            "close 0",
            "manager close: forced close",
            "connect_error /: incompatible server",
        ]);
        assert_eq!(t.timeout(), None);
    }
}

#[test]
fn a_listener_may_leave_the_namespace_inside_its_call() {
    let mut t = Transcript::connected();
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).forget();
    t.when(r#"event /admin ["a"]"#, |t| t.disconnect("/admin"));
    t.recv(0, r#"42/admin,["a"]"#).recv(0, r#"42/admin,["b"]"#).expect(&[
        r#"event /admin ["a"]"#,
        "disconnect /admin: io client disconnect",
        "0> 41/admin,",
    ]);
}

#[test]
fn a_listener_of_an_event_before_connect_may_leave() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.recv(0, HANDSHAKE).forget();
    t.when(r#"event / ["a"]"#, |t| t.disconnect("/"));
    t.recv(0, r#"42["a"]"#).recv(0, r#"42["b"]"#).recv(0, r#"40{"sid":"x"}"#);
    t.expect(&[r#"event / ["a"]"#, "close 0", "manager close: forced close"]);
}

#[test]
fn a_namespace_whose_answer_got_lost_is_asked_for_again_over_another_connection() {
    let mut t = Transcript::connected();
    t.connect("/admin").expect(&["0> 40/admin,"]);
    t.advance(44_000).recv(0, "2").forget();
    t.advance(999).expect(&[]);
    t.advance(1).expect(&[
        "connect_error /admin: timeout",
        "close 0",
        "disconnect /: forced close",
        "manager close: forced close",
    ]);
    t.advance(1_500).open(1).recv(1, HANDSHAKE).forget();
    t.recv(1, r#"40/admin,{"sid":"a"}"#).expect(&[r#"connect /admin {"sid":"a"}"#]);
}

#[test]
fn a_namespace_that_was_left_before_its_answer_got_lost_is_not_waited_for() {
    let mut t = Transcript::connected();
    t.connect("/admin").disconnect("/admin").expect(&["0> 40/admin,"]);
    t.advance(44_000).recv(0, "2").forget();
    t.advance(2_000).expect(&[]);
}

#[test]
fn a_namespace_left_before_its_answer_got_lost_is_not_asked_for_twice() {
    let mut t = Transcript::connected();
    t.connect("/admin").disconnect("/admin").expect(&["0> 40/admin,"]);
    t.advance(44_000).recv(0, "2").advance(2_000).forget();
    // The server may have granted it: another CONNECT would be an error.
    t.connect("/admin").advance(0).expect(&[
        "connect_error /admin: timeout",
        "close 0",
        "disconnect /: forced close",
        "manager close: forced close",
    ]);
}
