//! Answers to events, both ways.

use crate::test;
use crate::transcript::{HANDSHAKE, Transcript};
use socketio_wasm::proto::options::TransportKind::WebSocket;

/// The connection is lost and made again, over transport 1.
fn reconnect(t: &mut Transcript) {
    t.close(0).advance(1_500).recv(1, HANDSHAKE).forget();
    t.recv(1, r#"40{"sid":"y"}"#);
}

#[test]
fn the_servers_answer_reaches_the_callback_of_its_event() {
    let mut t = Transcript::connected();
    t.emit_with_ack("/", r#"["a"]"#, "first").emit_with_ack("/", r#"["b"]"#, "second");
    t.expect(&[r#"0> 420["a"]"#, r#"0> 421["b"]"#]);
    t.recv(0, "431[2]").expect(&["second([2])"]);
    t.recv(0, r#"430["x"]"#).expect(&[r#"first(["x"])"#]);
}

#[test]
fn an_answer_counts_once_and_unknown_ones_are_ignored() {
    let mut t = Transcript::connected();
    t.recv(0, "430[]").expect(&[]);
    t.emit_with_ack("/", r#"["a"]"#, "callback").forget();
    t.recv(0, "431[]").recv(0, "439007199254740991[]").recv(0, "43[]").expect(&[]);
    t.recv(0, "430[]").expect(&["callback([])"]);
    t.recv(0, "430[]").expect(&[]);
}

#[test]
fn each_namespace_has_its_own_answers() {
    let mut t = Transcript::connected();
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).forget();
    t.emit_with_ack("/", r#"["a"]"#, "main").emit_with_ack("/admin", r#"["b"]"#, "admin");
    t.expect(&[r#"0> 420["a"]"#, r#"0> 42/admin,0["b"]"#]);
    t.recv(0, "43/admin,0[]").expect(&["admin([])"]);
    t.recv(0, "430[]").expect(&["main([])"]);
}

#[test]
fn many_answers_find_their_callbacks_in_any_order() {
    let mut t = Transcript::connected();
    for id in 0..100 {
        t.emit_with_ack("/", "[1]", &format!("callback {id}"));
    }
    t.forget();
    for id in (0..100).map(|n| n * 37 % 100) {
        t.recv(0, &format!("43{id}[]")).expect(&[&format!("callback {id}([])")]);
    }
}

#[test]
fn the_answer_to_an_event_emitted_before_the_connection_comes_too() {
    let mut t = Transcript::connecting(&[WebSocket]);
    t.emit_with_ack("/", r#"["a"]"#, "callback").recv(0, HANDSHAKE);
    t.close(0).advance(1_500).recv(1, HANDSHAKE).forget();
    t.recv(1, r#"40{"sid":"x"}"#).expect(&[r#"1> 420["a"]"#, r#"connect / {"sid":"x"}"#]);
    t.recv(1, "430[]").expect(&["callback([])"]);
}

#[test]
fn answers_that_belong_to_a_lost_connection_never_come() {
    let mut t = Transcript::connected();
    t.emit_with_ack("/", r#"["a"]"#, "lost").forget();
    reconnect(&mut t);
    t.forget();
    t.recv(1, "430[]").expect(&[]);
    t.emit_with_ack("/", r#"["b"]"#, "next").expect(&[r#"1> 421["b"]"#]);
    t.recv(1, "431[]").expect(&["next([])"]);
}

#[test]
fn the_user_answers_the_servers_events() {
    let mut t = Transcript::connected();
    t.recv(0, r#"420["a"]"#).expect(&[r#"event / ["a"] ack 0/1"#]);
    t.recv(0, r#"429007199254740991["b"]"#);
    t.expect(&[r#"event / ["b"] ack 9007199254740991/1"#]);
    t.ack("/", 1, 9_007_199_254_740_991, "[2]").expect(&["0> 439007199254740991[2]"]);
    t.ack("/", 1, 0, "[]").expect(&["0> 430[]"]);
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).forget();
    t.recv(0, r#"42/admin,5["c"]"#).expect(&[r#"event /admin ["c"] ack 5/1"#]);
    t.ack("/admin", 1, 5, "[]").expect(&["0> 43/admin,5[]"]);
}

#[test]
fn a_listener_may_answer_inside_its_call() {
    let mut t = Transcript::connected();
    t.when(r#"event / ["a"] ack 3/1"#, |manager, now| {
        let nsp = manager.socket("/");
        manager.ack(nsp, 1, 3, "[]".into(), now);
    });
    t.recv(0, r#"423["a"]"#).expect(&[r#"event / ["a"] ack 3/1"#, "0> 433[]"]);
}

#[test]
fn an_answer_that_comes_after_its_connection_was_lost_is_not_sent_to_the_next_one() {
    let mut t = Transcript::connected();
    t.recv(0, r#"421["a"]"#).forget();
    t.close(0).forget();
    t.ack("/", 1, 1, "[]").expect(&[]);
    t.advance(1_500).recv(1, HANDSHAKE).ack("/", 1, 1, "[]").forget();
    t.recv(1, r#"40{"sid":"y"}"#).expect(&[r#"connect / {"sid":"y"}"#]);
    t.ack("/", 1, 1, "[]").expect(&[]);
    t.recv(1, r#"421["b"]"#).expect(&[r#"event / ["b"] ack 1/2"#]);
    t.ack("/", 2, 1, "[]").expect(&["1> 431[]"]);
}

#[test]
fn an_answer_after_disconnecting_is_not_sent() {
    let mut t = Transcript::connected();
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"y"}"#).recv(0, r#"42/admin,1["a"]"#);
    t.disconnect("/admin").forget();
    t.ack("/admin", 1, 1, "[]").expect(&[]);
    t.connect("/admin").recv(0, r#"40/admin,{"sid":"z"}"#).forget();
    t.ack("/admin", 1, 1, "[]").expect(&[]);
}
