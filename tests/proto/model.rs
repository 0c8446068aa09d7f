//! A connection's states, all of them up to a depth: whatever happens in whatever order, nothing is
//! doubled, overtaken or left behind, and from everywhere there is a way to be connected.
//!
//! Theory: two histories that end in the same state go on in the same way. So the histories are
//! followed breadth first, from where something interesting begins, and of those that end in a
//! known state only the first goes on. The machine cannot be copied: it is made anew, and led there
//! along the path.

mod begin;
mod key;
mod play;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use socketio_wasm::proto::options::ManagerOptions;
use socketio_wasm::proto::options::TransportKind::{self, Polling, WebSocket};

use crate::test;
use crate::transcript::candidates;
use play::Action;

pub(crate) use play::Play;

/// The variable that has them look further than there is time for each day.
const DEPTH: &str = "SOCKETIO_MODEL_DEPTH";

/// What the states are those of.
struct Model {
    options: ManagerOptions,
    nsps: usize,
    /// Whether listeners of the user's do something, too.
    listeners: bool,
    begin: &'static [&'static [Action]],
}

/// How a state is reached: by actions from another one.
struct Step {
    from: Option<usize>,
    actions: &'static [Action],
    action: Option<Action>,
}

impl Default for Model {
    fn default() -> Self {
        let options = ManagerOptions { randomization_factor: 0.0, ..ManagerOptions::default() };
        Self { options, nsps: 1, listeners: false, begin: &[&[]] }
    }
}

impl Model {
    fn new(transports: &[TransportKind], begin: &'static [&'static [Action]]) -> Self {
        let mut model = Self { begin, ..Self::default() };
        model.options.transports = candidates(transports);
        model
    }

    /// Looks at every state that is at most `depth` actions away from where it begins.
    fn explore(&self, name: &str, depth: usize) {
        let depth = std::env::var(DEPTH).map_or(depth, |depth| depth.parse().unwrap());
        let mut search = Search::new(self);
        let mut begin = 0;
        for _ in 0..depth {
            let end = search.steps.len();
            (begin..end).for_each(|from| search.go_on(from));
            begin = end;
        }
        let Search { steps, transitions, .. } = search;
        println!("{name}: {transitions} transitions, {} states, depth {depth}", steps.len());
    }
}

/// As far as it got.
struct Search<'a> {
    model: &'a Model,
    known: HashSet<u64>,
    steps: Vec<Step>,
    transitions: usize,
    text: String,
}

impl<'a> Search<'a> {
    fn new(model: &'a Model) -> Self {
        let (known, text) = (HashSet::new(), String::new());
        let mut search = Self { model, known, steps: Vec::new(), transitions: 0, text };
        for actions in model.begin {
            search.arrive(Step { from: None, actions, action: None });
        }
        assert_eq!(search.steps.len(), model.begin.len(), "they begin in different states");
        search
    }

    fn go_on(&mut self, from: usize) {
        let actions = self.replay(&self.path(&self.steps[from])).actions(self.model.listeners);
        self.transitions += actions.len();
        for action in actions {
            self.arrive(Step { from: Some(from), actions: &[], action: Some(action) });
        }
    }

    fn arrive(&mut self, step: Step) {
        let path = self.path(&step);
        let mut play = self.replay(&path);
        if self.known.insert(key::key(&play, &mut self.text)) {
            self.steps.push(step);
            explained(&path, || play.come_to_a_good_end());
        }
    }

    fn path(&self, step: &Step) -> Vec<Action> {
        let mut path = step.from.map_or(Vec::new(), |from| self.path(&self.steps[from]));
        path.extend(step.actions.iter().copied().chain(step.action));
        path
    }

    fn replay(&self, path: &[Action]) -> Play {
        let mut play = Play::new(self.model.options.clone(), self.model.nsps);
        explained(path, || path.iter().for_each(|&action| play.act(action)));
        play
    }
}

/// What led to a failure is told with it.
fn explained(path: &[Action], run: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(run)) {
        eprintln!("after {path:#?}");
        resume_unwind(panic);
    }
}

#[test]
fn every_way_that_a_websocket_can_take_is_a_good_one() {
    Model::new(&[WebSocket], begin::WEBSOCKET).explore("WebSocket", 8);
}

#[test]
fn every_way_that_long_polling_can_take_is_a_good_one() {
    Model::new(&[Polling], begin::POLLING).explore("long-polling", 6);
}

#[test]
fn every_way_that_a_fallback_can_take_is_a_good_one() {
    Model::new(&[WebSocket, Polling], begin::FALLBACK).explore("fallback", 6);
}

#[test]
fn every_way_that_an_upgrade_can_take_is_a_good_one() {
    Model::new(&[Polling, WebSocket], begin::UPGRADE).explore("upgrade", 6);
}

#[test]
fn every_way_is_a_good_one_whatever_a_listener_does() {
    let model = Model::new(&[Polling, WebSocket], begin::UPGRADE);
    Model { listeners: true, ..model }.explore("upgrade, with a listener", 4);
}

#[test]
fn every_way_that_two_namespaces_can_take_is_a_good_one() {
    let model = Model::new(&[WebSocket], begin::WEBSOCKET);
    Model { nsps: 2, ..model }.explore("two namespaces", 5);
}

#[test]
fn every_way_is_a_good_one_when_the_answer_to_a_namespace_is_late() {
    let model = Model::new(&[WebSocket], begin::LATE_ANSWER);
    Model { nsps: 2, ..model }.explore("late answer", 5);
}

#[test]
fn every_way_is_a_good_one_with_few_attempts_to_reconnect() {
    let mut model = Model::new(&[WebSocket, Polling], begin::FALLBACK);
    model.options.reconnection_attempts = 2;
    model.explore("two attempts", 5);
}
