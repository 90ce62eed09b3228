//! What may stand in the place of an answer: any number, as one would type it.

/// A number that a learner typed or computed: `10`, `0.5`, `1.0 / 3.0`, a count, a reference to one of them.
pub trait Answer {
    /// Its value.
    fn value(self) -> f64;
    /// Whether its type holds whole numbers only.
    fn is_whole(&self) -> bool;
}

/// For each type: whether it is whole, and how a number of it becomes f64.
macro_rules! answers {
    ($($number:ty: $whole:literal, $convert:expr;)*) => {$(
        impl Answer for $number {
            fn value(self) -> f64 {
                $convert(self)
            }
            fn is_whole(&self) -> bool {
                $whole
            }
        }
    )*};
}

answers! {
    f64: false, f64::from;
    f32: false, f64::from;
    i8: true, f64::from;
    i16: true, f64::from;
    i32: true, f64::from;
    i64: true, |number| number as f64;
    i128: true, |number| number as f64;
    isize: true, |number| number as f64;
    u8: true, f64::from;
    u16: true, f64::from;
    u32: true, f64::from;
    u64: true, |number| number as f64;
    u128: true, |number| number as f64;
    usize: true, |number| number as f64;
}

impl<A: Answer + Copy> Answer for &A {
    fn value(self) -> f64 {
        (*self).value()
    }
    fn is_whole(&self) -> bool {
        (**self).is_whole()
    }
}
