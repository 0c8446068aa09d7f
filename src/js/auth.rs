//! The user's `auth`: an object, or a function that gives one, now or later.

use std::rc::Rc;

use js_sys::{Function, Promise, TypeError};
use wasm_bindgen::prelude::*;

use super::connection::Connection;
use crate::proto::output::NspId;
use crate::web::data::Data;
use crate::web::detect::get;
use crate::web::json;

/// Gets the data for CONNECT from `auth` and hands it over.
///
/// A function is called anew for every connection. It may call the function it gets, or return a
/// promise of the data; the first answer counts.
pub(super) fn authenticate(connection: &Rc<Connection>, nsp: NspId, session: u32, auth: &JsValue) {
    let answer = {
        let connection = Rc::downgrade(connection);
        move |data: Result<JsValue, JsValue>| {
            if let Some(connection) = connection.upgrade() {
                let auth = data.and_then(|data| encode(&data)).map_err(Data::Value);
                connection.driver.turn(|manager, now| {
                    manager.authenticate(nsp, session, auth, now);
                });
            }
        }
    };
    let Some(auth) = auth.dyn_ref::<Function>() else { return answer(Ok(auth.clone())) };
    let hand = {
        let answer = answer.clone();
        Closure::once_into_js(move |data| answer(Ok(data)))
    };
    match auth.call1(&JsValue::UNDEFINED, &hand) {
        Ok(promise) if get(&promise, "then").is_function() => wait(&promise, answer),
        Ok(_) => {}
        Err(error) => answer(Err(error)),
    }
}

fn wait(promise: &JsValue, answer: impl Fn(Result<JsValue, JsValue>) + Clone + 'static) {
    let resolved = {
        let answer = answer.clone();
        Closure::once_into_js(move |data: JsValue| {
            // An async function that calls what it got has nothing to return.
            if !data.is_undefined() {
                answer(Ok(data));
            }
        })
    };
    let rejected = Closure::once_into_js(move |error| answer(Err(error)));
    then(Promise::resolve(promise).unchecked_ref(), &resolved, &rejected);
}

fn encode(auth: &JsValue) -> Result<Option<Data>, JsValue> {
    if auth.is_undefined() || auth.is_null() {
        return Ok(None);
    }
    if !auth.is_object() {
        return Err(TypeError::new("auth must be an object").into());
    }
    Ok(Some(Data::Encoded(json::stringify(auth)?, Vec::new())))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Promise)]
    type Thenable;

    #[wasm_bindgen(method, js_name = then)]
    fn then_call(this: &Thenable, resolved: &JsValue, rejected: &JsValue);
}

fn then(promise: &Thenable, resolved: &JsValue, rejected: &JsValue) {
    promise.then_call(resolved, rejected);
}
