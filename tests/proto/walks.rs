//! Anything may happen at any time, and some things must never happen.

use std::collections::BTreeMap;

use crate::random::Random;
use crate::test;
use crate::walk::Walk;

#[test]
fn whatever_happens_nothing_is_doubled_overtaken_or_left_behind() {
    let mut total: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 1..=400 {
        let mut walk = Walk::new(Random::new(seed), seed);
        for _ in 0..2_000 {
            walk.step();
        }
        walk.finish();
        for (what, count) in walk.world.driver.seen {
            *total.entry(what).or_default() += count;
        }
    }
    assert_eq!(total.len(), 17, "the walks get nowhere: {total:?}");
    assert!(total.values().all(|&count| count > 100), "the walks get nowhere: {total:?}");
}
