//! The list of events, to which each listener adds.

use std::ops::Deref;
use std::rc::Rc;
use yew::Reducible;

#[derive(Clone, Default)]
pub struct Events(Vec<String>);

impl Reducible for Events {
    type Action = String;

    fn reduce(mut self: Rc<Self>, text: String) -> Rc<Self> {
        Rc::make_mut(&mut self).0.push(text);
        self
    }
}

impl Deref for Events {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}
