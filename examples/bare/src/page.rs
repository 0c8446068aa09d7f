//! The elements of index.html.

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlInputElement, SubmitEvent};

/// Shows the state of the connection.
pub fn show_state(state: &str) {
    by_id("state").set_text_content(Some(state));
}

/// Shows what the server answered.
pub fn show_answer(answer: &JsString) {
    set_text(&by_id("answer"), answer);
}

/// Adds to the list of events.
pub fn add_event(text: &JsString) {
    let item = document().create_element("li").unwrap_throw();
    set_text(&item, text);
    by_id("events").append_child(&item).unwrap_throw();
}

/// What the user sends.
pub fn on_send(send: impl Fn(&JsString) + 'static) {
    let input: HtmlInputElement = by_id("text").unchecked_into();
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(&text_of(&input));
    };
    let listener = Closure::<dyn Fn(SubmitEvent)>::new(on_submit).into_js_value();
    let form = by_id("send");
    form.add_event_listener_with_callback("submit", listener.unchecked_ref()).unwrap_throw();
}

fn by_id(id: &str) -> Element {
    document().get_element_by_id(id).unwrap_throw()
}

fn document() -> Document {
    web_sys::window().unwrap_throw().document().unwrap_throw()
}

// As texts of JavaScript, which need not be copied into Rust's memory and back.
#[wasm_bindgen]
extern "C" {
    type Text;
    #[wasm_bindgen(method, setter, js_name = textContent)]
    fn set_text(this: &Text, text: &JsString);
    #[wasm_bindgen(method, getter)]
    fn value(this: &Text) -> JsString;
}

fn set_text(element: &Element, text: &JsString) {
    element.unchecked_ref::<Text>().set_text(text);
}

fn text_of(input: &HtmlInputElement) -> JsString {
    input.unchecked_ref::<Text>().value()
}
