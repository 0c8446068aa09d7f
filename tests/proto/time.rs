//! Times as a browser and its users give them.

use socketio_wasm::proto::time::Millis;

use crate::test;

const NEVER: Millis = Millis(u64::MAX);

#[test]
fn any_number_is_a_time_or_refused() {
    for (number, time) in [
        (0.0, Some(Millis(0))),
        (-0.0, Some(Millis(0))),
        (1.999, Some(Millis(1))),
        (25_000.0, Some(Millis(25_000))),
        (1e300, Some(NEVER)),
        (f64::INFINITY, Some(NEVER)),
        (-0.001, None),
        (f64::NEG_INFINITY, None),
        (f64::NAN, None),
    ] {
        assert_eq!(Millis::from_f64(number), time, "{number}");
    }
}

#[test]
fn times_neither_overflow_nor_go_below_zero() {
    assert_eq!(Millis(1).after(Millis(2)), Millis(3));
    assert_eq!(Millis(1).after(NEVER), NEVER);
    assert_eq!(Millis(1).until(Millis(3)), Millis(2));
    assert_eq!(Millis(3).until(Millis(1)), Millis(0));
}
