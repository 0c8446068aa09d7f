//! Listeners that add, remove, emit and throw inside their own calls.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function};
use socketio_wasm::web::emitter::{self, Emitter};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::page::{Page, js, show};

/// An emitter, and what its listeners wrote down.
struct Table {
    emitter: Emitter,
    log: RefCell<Vec<String>>,
}

impl Table {
    fn new() -> Rc<Self> {
        Rc::new(Self { emitter: Emitter::default(), log: RefCell::default() })
    }

    fn on(&self, name: &str, function: &Function) {
        self.emitter.on(&name.into(), function, false);
    }

    fn once(&self, name: &str, function: &Function) {
        self.emitter.on(&name.into(), function, true);
    }

    fn off(&self, name: &str, function: &Function) -> bool {
        self.emitter.off(&name.into(), function)
    }

    fn emit(&self, name: &str) {
        self.emitter.emit(&JsValue::UNDEFINED, &name.into(), &Array::new());
    }

    /// A listener that writes down its name, then does something.
    fn listener(self: &Rc<Self>, name: &str, action: impl Fn(&Rc<Self>) + 'static) -> Function {
        let (table, name) = (Rc::clone(self), String::from(name));
        let call = move || {
            table.log.borrow_mut().push(name.clone());
            action(&table);
        };
        Closure::<dyn Fn()>::new(call).into_js_value().unchecked_into()
    }

    fn noter(self: &Rc<Self>, name: &str) -> Function {
        self.listener(name, |_| {})
    }

    /// What was written down since this was last asked.
    fn log(&self) -> String {
        self.log.take().join(" ")
    }
}

#[test]
fn listeners_are_called_in_the_order_in_which_they_were_added() {
    let table = Table::new();
    let (a, b) = (table.noter("a"), table.noter("b"));
    table.on("x", &a);
    table.once("x", &b);
    table.on("x", &a);
    table.on("other", &b);
    table.emit("x");
    assert_eq!(table.log(), "a b a");
    table.emit("x");
    assert_eq!(table.log(), "a a");
    table.emit("nobody listens");
    assert_eq!(table.log(), "");
}

#[test]
fn one_occurrence_is_removed_at_a_time() {
    let table = Table::new();
    let (a, b) = (table.noter("a"), table.noter("b"));
    table.on("x", &a);
    table.once("x", &b);
    table.on("x", &a);
    assert!(table.off("x", &a));
    assert!(table.off("x", &b), "one that is to be called once, too");
    assert!(!table.off("x", &b));
    assert!(!table.off("y", &a));
    table.emit("x");
    assert_eq!(table.log(), "a");
    assert!(table.off("x", &a));
    assert!(!table.off("x", &a));
    table.emit("x");
    assert_eq!(table.log(), "");
}

#[test]
fn all_listeners_of_an_event_are_removed_and_no_others() {
    let table = Table::new();
    table.on("x", &table.noter("x"));
    table.once("x", &table.noter("x"));
    table.on("y", &table.noter("y"));
    table.emitter.off_all(&"x".into());
    table.emit("x");
    table.emit("y");
    assert_eq!(table.log(), "y");
    table.emitter.clear();
    table.emit("y");
    assert_eq!(table.log(), "");
}

/// Listeners `a`, `b`, `c` of `x`; `b` acts. What is written down by one emit and by the next.
#[test]
fn listener_may_do_anything_inside_its_own_call() {
    type Action = fn(&Rc<Table>, &[Function; 3]);
    let cases: [(&str, Action, &str, &str); 8] = [
        ("removes itself", |table, list| _ = table.off("x", &list[1]), "a b c", "a c"),
        ("removes the next", |table, list| _ = table.off("x", &list[2]), "a b c", "a b"),
        ("removes the one before", |table, list| _ = table.off("x", &list[0]), "a b c", "b c"),
        ("adds one", |table, list| table.on("x", &list[0]), "a b c", "a b c a"),
        ("adds one for once", |table, _| table.once("x", &table.noter("d")), "a b c", "a b c d"),
        ("removes all", |table, _| table.emitter.off_all(&"x".into()), "a b c", ""),
        ("clears the table", |table, _| table.emitter.clear(), "a b c", ""),
        ("emits another", |table, _| table.emit("y"), "a b y c", "a b y c"),
    ];
    for (what, action, first, second) in cases {
        let table = Table::new();
        let list: Rc<RefCell<Vec<Function>>> = Rc::default();
        let (mine, once) = (Rc::clone(&list), std::cell::Cell::new(false));
        let acting = table.listener("b", move |table| {
            // Adding goes on for ever otherwise; emitting may.
            if !once.replace(what != "emits another") {
                let list = mine.borrow().clone().try_into().unwrap();
                action(table, &list);
            }
        });
        list.replace(vec![table.noter("a"), acting, table.noter("c")]);
        list.borrow().iter().for_each(|listener| table.on("x", listener));
        table.on("y", &table.noter("y"));
        table.emit("x");
        assert_eq!(table.log(), first, "{what}");
        table.emit("x");
        assert_eq!(table.log(), second, "{what}, the next time");
    }
}

#[test]
fn listener_may_emit_the_event_that_it_listens_to() {
    let table = Table::new();
    let left = std::cell::Cell::new(3);
    let again = table.listener("again", move |table| {
        left.set(left.get() - 1);
        if left.get() > 0 {
            table.emit("x");
        }
    });
    table.on("x", &again);
    table.on("x", &table.noter("last"));
    table.emit("x");
    assert_eq!(table.log(), "again again again last last last");
}

#[test]
fn once_is_once_even_when_the_event_is_emitted_inside() {
    let table = Table::new();
    let nested = table.listener("nested", |table| table.emit("x"));
    table.once("x", &nested);
    table.once("x", &table.noter("once"));
    table.emit("x");
    assert_eq!(table.log(), "nested once");
    table.emit("x");
    assert_eq!(table.log(), "");
}

#[test]
async fn listener_that_throws_is_reported_and_disturbs_no_other() {
    let page = Page::new().await;
    let table = Table::new();
    let throwing: Function = js("() => { throw new Error('mine'); }").unchecked_into();
    table.on("x", &table.noter("a"));
    table.once("x", &throwing);
    table.on("x", &table.noter("b"));
    table.emit("x");
    assert_eq!(table.log(), "a b");
    assert_eq!(page.take_errors(), r#"["Error: mine"]"#);
    table.emit("x");
    assert_eq!(table.log(), "a b", "the one that threw was called once");
}

/// Without `reportError` the exception is told in a task of its own.
#[test]
async fn older_browsers_report_what_a_listener_throws_as_well() {
    let page = Page::new().await;
    page.remove("reportError");
    let table = Table::new();
    let throwing: Function = js("() => { throw new Error('mine'); }").unchecked_into();
    table.on("x", &throwing);
    table.emit("x");
    let mut found = String::new();
    super::page::until("the exception is reported", || {
        found = page.take_errors();
        found != "[]"
    })
    .await;
    assert_eq!(found, r#"["Error: mine"]"#);
}

#[test]
fn any_name_is_a_name() {
    let table = Table::new();
    for name in ["__proto__", "constructor", "toString", "", "hasOwnProperty", "Ä😀"] {
        table.emit(name);
        assert_eq!(table.log(), "", "{name}");
        table.on(name, &table.noter(name));
        table.emit(name);
        assert_eq!(table.log(), name);
    }
    let polluted = js("({}).constructor === Object && Object.getPrototypeOf({}) !== null");
    assert_eq!(polluted, JsValue::TRUE);
}

#[test]
fn number_means_the_same_as_its_digits() {
    for (code, text) in [("1", "1"), ("-1.5", "-1.5"), ("NaN", "NaN"), ("'1'", "1"), ("''", "")] {
        assert_eq!(emitter::name(&js(code)), JsValue::from(text), "{code}");
    }
}

#[test]
fn listener_gets_what_was_emitted() {
    let table = Table::new();
    let got = js("[]");
    let keep = "got => function (...args) { got.push(this, ...args); }";
    let listener: Function = super::page::call(keep, &[&got]).unchecked_into();
    table.on("x", &listener);
    let args = Array::of2(&1.into(), &"two".into());
    table.emitter.emit(&js("({ me: true })"), &"x".into(), &args);
    assert_eq!(show(&got), r#"[{"me":true},1,"two"]"#);
}
