//! What Rust data is on its way: one table, used both ways.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::client::at;
use super::page::Page;
use super::user::User;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Unit;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Newtype(u8);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Pair(u8, String);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum External {
    Unit,
    Newtype(u8),
    Tuple(u8, u8),
    Struct { a: u8 },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Internal {
    FirstOne { a: u8 },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(f64),
    Text(String),
    List(Vec<u8>),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Deep {
    pair: (u8, Option<bool>),
    list: Vec<Deep>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_out: Option<u8>,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
}

/// The value goes out as this JSON, and comes back as it was.
async fn both_ways<T>(user: &User, value: T, json: &str)
where
    T: Serialize + DeserializeOwned + Debug + PartialEq + 'static,
{
    user.socket.emit("echo-emit", &value).unwrap();
    assert_eq!(user.event("echo-emit").await, json, "{value:?}");
    let answer = user.socket.emit_with_ack::<T>("echo", &value).await;
    assert_eq!(answer.as_ref(), Ok(&value), "{json}");
}

#[test]
async fn simple_values_go_both_ways() {
    let page = Page::new().await;
    let user = &User::connected(&page, at("")).await;
    both_ways(user, true, "[true]").await;
    both_ways(user, u8::MAX, "[255]").await;
    both_ways(user, i32::MIN, "[-2147483648]").await;
    both_ways(user, (1_u64 << 53) - 1, "[9007199254740991]").await;
    both_ways(user, -(1_i64 << 53) + 1, "[-9007199254740991]").await;
    both_ways(user, 1.5_f32, "[1.5]").await;
    both_ways(user, 0.1_f64, "[0.1]").await;
    both_ways(user, 'ä', r#"["ä"]"#).await;
    both_ways(user, String::from("\u{0}\"\\😀"), r#"["\u0000\"\\😀"]"#).await;
    both_ways(user, (), "[]").await;
    both_ways(user, None::<u8>, "[null]").await;
    both_ways(user, Some(1_u8), "[1]").await;
    both_ways(user, Newtype(1), "[1]").await;
}

#[test]
async fn lists_and_maps_go_both_ways() {
    let page = Page::new().await;
    let user = &User::connected(&page, at("")).await;
    both_ways(user, vec![1, 2, 3], "[[1,2,3]]").await;
    both_ways(user, Vec::<u8>::new(), "[[]]").await;
    both_ways(user, ([1_u8, 2],), "[[1,2]]").await;
    both_ways(user, [1_u8, 2], "[1,2]").await;
    both_ways(user, ((1_u8, 2_u8), 3_u8), "[[1,2],3]").await;
    both_ways(user, BTreeMap::from([("a".to_owned(), 1)]), r#"[{"a":1}]"#).await;
    both_ways(user, HashMap::from([("a".to_owned(), [true])]), r#"[{"a":[true]}]"#).await;
}

#[test]
async fn structs_and_enums_go_both_ways() {
    let page = Page::new().await;
    let user = &User::connected(&page, at("")).await;
    both_ways(user, Pair(1, "a".into()), r#"[1,"a"]"#).await;
    both_ways(user, External::Unit, r#"["Unit"]"#).await;
    both_ways(user, External::Newtype(1), r#"[{"Newtype":1}]"#).await;
    both_ways(user, External::Tuple(1, 2), r#"[{"Tuple":[1,2]}]"#).await;
    both_ways(user, External::Struct { a: 1 }, r#"[{"Struct":{"a":1}}]"#).await;
    both_ways(user, Internal::FirstOne { a: 1 }, r#"[{"type":"first-one","a":1}]"#).await;
    both_ways(user, Untagged::Number(1.5), "[1.5]").await;
    both_ways(user, Untagged::Text("a".into()), r#"["a"]"#).await;
    both_ways(user, Untagged::List(vec![1]), "[[1]]").await;
    both_ways(user, (External::Unit, Unit), r#"["Unit",null]"#).await;
    let inner = Deep { pair: (0, None), list: vec![], left_out: None, rest: BTreeMap::new() };
    let rest = BTreeMap::from([("more".to_owned(), 1)]);
    let deep = Deep { pair: (1, Some(true)), list: vec![inner], left_out: None, rest };
    let json = r#"[{"pair":[1,true],"list":[{"pair":[0,null],"list":[]}],"more":1}]"#;
    both_ways(user, deep, json).await;
}

/// What borrows can be sent, without a copy of it first.
#[test]
async fn borrowed_values_are_sent() {
    let page = Page::new().await;
    let user = User::connected(&page, at("")).await;
    let list = vec![String::from("a")];
    user.socket.emit("echo-emit", "text").unwrap();
    assert_eq!(user.event("echo-emit").await, r#"["text"]"#);
    user.socket.emit("echo-emit", list.as_slice()).unwrap();
    assert_eq!(user.event("echo-emit").await, r#"[["a"]]"#);
    user.socket.emit("echo-emit", &(&list, "b")).unwrap();
    assert_eq!(user.event("echo-emit").await, r#"[["a"],"b"]"#);
}
