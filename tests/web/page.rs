//! The page that the tests run in: its JavaScript, its time, and globals that a test takes away.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::{Rc, Weak};
use std::task::Poll;

use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

use super::client::Client;

/// How long a test waits for what must come, in milliseconds. Mostly it takes a few.
pub(crate) const LONGEST_WAIT: u32 = 10_000;

/// The value of a JavaScript expression.
pub(crate) fn js(code: &str) -> JsValue {
    let function = Function::new_no_args(&["return (", code, ");"].concat());
    function.call0(&JsValue::UNDEFINED).unwrap_or_else(|error| panic!("{code}: {error:?}"))
}

/// The array that a JavaScript expression stands for.
pub(crate) fn array(code: &str) -> Array {
    js(code).dyn_into().expect("an array")
}

/// Calls the JavaScript function that an expression stands for.
pub(crate) fn call(code: &str, args: &[&JsValue]) -> JsValue {
    let function: Function = js(code).unchecked_into();
    let list = Array::new();
    for &arg in args {
        list.push(arg);
    }
    let result = function.apply(&JsValue::UNDEFINED, &list);
    result.unwrap_or_else(|error| panic!("{code}: {error:?}"))
}

/// A property of an object.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).expect("an object")
}

/// A value as JSON, with `<1,2>` for an `ArrayBuffer` of these two bytes.
pub(crate) fn show(value: &JsValue) -> String {
    const SHOW: &str = "value => JSON.stringify(value, (_, part) =>
        part instanceof ArrayBuffer ? `<${new Uint8Array(part)}>` : part)";
    call(SHOW, &[value]).as_string().unwrap_or_else(|| "undefined".into())
}

/// Waits for a timer.
pub(crate) async fn tick(ms: u32) {
    let fired = Rc::new(Cell::new(false));
    let mut timer = None;
    poll_fn(|context| {
        if fired.get() {
            return Poll::Ready(());
        }
        let (fired, waker) = (Rc::clone(&fired), context.waker().clone());
        timer.get_or_insert_with(|| {
            Timeout::new(ms, move || {
                fired.set(true);
                waker.wake();
            })
        });
        Poll::Pending
    })
    .await;
}

/// Waits for something that nothing announces.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    const STEP: u32 = 10;
    for _ in 0..LONGEST_WAIT / STEP {
        if is_so() {
            return;
        }
        tick(STEP).await;
    }
    panic!("waited in vain until {what}; errors: {:?}", errors());
}

/// A property as it was before a test changed it.
struct Changed {
    object: JsValue,
    name: JsValue,
    descriptor: JsValue,
}

impl Changed {
    fn put_back(&self) {
        let object: &Object = self.object.unchecked_ref();
        if self.descriptor.is_undefined() {
            Reflect::delete_property(object, &self.name).unwrap();
        } else {
            Object::define_property(object, &self.name, self.descriptor.unchecked_ref());
        }
    }
}

thread_local! {
    static CHANGED: RefCell<Vec<Changed>> = RefCell::default();
    static CLIENTS: RefCell<Vec<Weak<Client>>> = RefCell::default();
    static ERRORS: Array = listen_for_errors();
}

/// What nobody caught, as text.
fn listen_for_errors() -> Array {
    js(r#"(() => {
        const errors = [];
        const note = (event) => {
            errors.push(String(event.error ?? event.reason ?? event.message));
            event.preventDefault();
        };
        addEventListener("error", note);
        addEventListener("unhandledrejection", note);
        return errors;
    })()"#)
    .unchecked_into()
}

fn errors() -> String {
    ERRORS.with(|errors| JSON::stringify(errors).unwrap().into())
}

#[wasm_bindgen(module = "/src/web/transports.js")]
extern "C" {
    /// Sends the goodbyes that are put off, which a WebSocket that is made meanwhile waits for.
    pub(crate) fn hurry();
}

/// A page for one test, left as it was found. A test that failed before may have left anything.
#[must_use = "the page is put in order when this is dropped"]
pub(crate) struct Page(());

impl Page {
    pub(crate) async fn new() -> Self {
        let page = Self(());
        page.clean();
        // The time of the test before is still known until its task is over.
        tick(0).await;
        // Goodbyes are requests: they must not meet what this test makes of the page. One that
        // never ends is for the test that caused it to tell.
        let clients = CLIENTS.take();
        let is_quiet = |client: &Weak<Client>| client.upgrade().is_none_or(|it| it.is_quiet());
        for _ in 0..100 {
            if clients.iter().all(is_quiet) {
                break;
            }
            tick(10).await;
        }
        hurry();
        page
    }

    /// The page is one that has this global.
    pub(crate) fn set(&self, name: &str, value: &JsValue) {
        self.set_in(&js_sys::global(), name, value);
    }

    /// The page is one that does not have this global.
    pub(crate) fn remove(&self, name: &str) {
        self.remove_in(&js_sys::global(), name);
    }

    /// The browser is one whose object has this property.
    pub(crate) fn set_in(&self, object: &JsValue, name: &str, value: &JsValue) {
        let descriptor = call("value => ({ value, configurable: true, writable: true })", &[value]);
        self.define(object, name, &descriptor);
    }

    /// A property that throws when it is looked at.
    pub(crate) fn forbid(&self, name: &str) {
        let descriptor = js(r#"({ configurable: true, get() { throw new Error("forbidden"); } })"#);
        self.define(&js_sys::global(), name, &descriptor);
    }

    fn define(&self, object: &JsValue, name: &str, descriptor: &JsValue) {
        keep(object, name);
        let descriptor: &Object = descriptor.unchecked_ref();
        Object::define_property(object.unchecked_ref::<Object>(), &name.into(), descriptor);
    }

    /// The browser is one whose object does not have this property.
    pub(crate) fn remove_in(&self, object: &JsValue, name: &str) {
        keep(object, name);
        assert!(Reflect::delete_property::<Object>(object.unchecked_ref(), &name.into()).unwrap());
    }

    /// Everything is as the browser has it, again.
    pub(crate) fn put_back(&self) {
        while let Some(changed) = CHANGED.with_borrow_mut(Vec::pop) {
            changed.put_back();
        }
    }

    /// What was reported to the page since it was last asked.
    pub(crate) fn take_errors(&self) -> String {
        let found = errors();
        ERRORS.with(|errors| errors.set_length(0));
        found
    }

    /// A client that is sent away when the test is over.
    pub(crate) fn register(&self, client: &Rc<Client>) {
        CLIENTS.with_borrow_mut(|clients| clients.push(Rc::downgrade(client)));
    }

    fn clean(&self) {
        self.put_back();
        let clients = CLIENTS.with_borrow(Vec::clone);
        for client in clients.iter().filter_map(Weak::upgrade) {
            client.forget_hook();
            client.disconnect_all();
        }
        self.take_errors();
        js("sessionStorage.clear()");
    }
}

/// Remembers a property that is about to change.
fn keep(object: &JsValue, name: &str) {
    let descriptor = call("Object.getOwnPropertyDescriptor", &[object, &name.into()]);
    let changed = Changed { object: object.clone(), name: name.into(), descriptor };
    CHANGED.with_borrow_mut(|list| list.push(changed));
}

impl Drop for Page {
    /// Whatever a test does, nothing may end as an uncaught exception that it does not know of.
    fn drop(&mut self) {
        let errors = self.take_errors();
        self.clean();
        assert_eq!(errors, "[]", "uncaught");
    }
}
