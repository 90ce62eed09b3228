//! How a page calls: it asks [`input`] for room, writes its numbers there, calls a function, and reads the numbers at
//! [`output`] or, after a refusal, the message at [`message`]. Some answers have words beside the numbers, at [`text`].
//! There is one of each, and the next call replaces them.
//!
//! No glue between the languages is needed for that, and no import.
#![allow(
    unsafe_code,
    reason = "a name that the page can call is what an exported function has"
)]

use crate::playground::Spoken;
use crate::{
    Answer, certificate, cut, multigrid, perturbation, playground, rings, similarity, springs, walk,
};
use std::cell::RefCell;

thread_local! {
    static INPUT: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
    static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
    static MESSAGE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps the answer where the page reads it. How many numbers it has, or −1 after a refusal.
fn keep(answer: Answer) -> i32 {
    keep_spoken(answer.map(|numbers| (numbers, String::new())))
}

/// The same for an answer with words.
fn keep_spoken(answer: Spoken) -> i32 {
    match answer {
        Ok((numbers, words)) => {
            TEXT.set(words);
            OUTPUT.with_borrow_mut(|output| {
                *output = numbers;
                i32::try_from(output.len()).unwrap_or(i32::MAX)
            })
        }
        Err(words) => {
            MESSAGE.set(words);
            -1
        }
    }
}

fn with_input(compute: impl FnOnce(&[f64]) -> Answer) -> i32 {
    keep(INPUT.with_borrow(|input| compute(input)))
}

/// Room for so many numbers.
#[unsafe(no_mangle)]
pub extern "C" fn input(count: usize) -> *mut f64 {
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.resize(count, 0.0);
        input.as_mut_ptr()
    })
}

/// The numbers of the last answer.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const f64 {
    OUTPUT.with_borrow(Vec::as_ptr)
}

/// The words of the last answer.
#[unsafe(no_mangle)]
pub extern "C" fn text() -> *const u8 {
    TEXT.with_borrow(|text| text.as_ptr())
}

/// How many bytes of UTF-8 they are; 0 where an answer is numbers alone.
#[unsafe(no_mangle)]
pub extern "C" fn text_length() -> usize {
    TEXT.with_borrow(String::len)
}

/// The words of the last refusal.
#[unsafe(no_mangle)]
pub extern "C" fn message() -> *const u8 {
    MESSAGE.with_borrow(|message| message.as_ptr())
}

/// How many bytes of UTF-8 they are.
#[unsafe(no_mangle)]
pub extern "C" fn message_length() -> usize {
    MESSAGE.with_borrow(String::len)
}

/// [`similarity::points`].
#[unsafe(no_mangle)]
pub extern "C" fn points(kind: u32, n: usize, noise: f64, seed: u32) -> i32 {
    keep(similarity::points(kind, n, noise, seed))
}

/// [`similarity::graph`] of the points in the input.
#[unsafe(no_mangle)]
pub extern "C" fn graph(epsilon: f64, which: usize) -> i32 {
    with_input(|numbers| similarity::graph(numbers, epsilon, which))
}

/// [`playground::example`].
#[unsafe(no_mangle)]
pub extern "C" fn playground_example(kind: u32) -> i32 {
    keep(playground::example(kind))
}

/// [`playground::table`] of the bytes in the input.
#[unsafe(no_mangle)]
pub extern "C" fn playground_table(delimiter: u32, mark: u32, header: u32) -> i32 {
    keep_spoken(INPUT.with_borrow(|bytes| playground::table(bytes, delimiter, mark, header)))
}

/// [`playground::offers`] for the points in the input.
#[unsafe(no_mangle)]
pub extern "C" fn playground_offers(columns: usize, graph: u32) -> i32 {
    with_input(|numbers| playground::offers(numbers, columns, graph))
}

/// [`playground::cluster`] of the points in the input.
#[unsafe(no_mangle)]
pub extern "C" fn playground_cluster(
    columns: usize,
    graph: u32,
    value: f64,
    clusters: usize,
) -> i32 {
    keep_spoken(
        INPUT.with_borrow(|numbers| playground::cluster(numbers, columns, graph, value, clusters)),
    )
}

/// [`cut::split_floor`].
#[unsafe(no_mangle)]
pub extern "C" fn split_floor() -> i32 {
    keep(cut::split_floor())
}

/// [`cut::split`] by the labels in the input.
#[unsafe(no_mangle)]
pub extern "C" fn split() -> i32 {
    with_input(cut::split)
}

/// [`springs::springs`] on the stiffnesses and heights in the input.
#[unsafe(no_mangle)]
pub extern "C" fn springs(locks: u32, border: usize, held: usize, height: f64) -> i32 {
    with_input(|numbers| springs::springs(numbers, locks, border, held, height))
}

/// [`springs::springs_swing`] from the stiffnesses and heights in the input.
#[unsafe(no_mangle)]
pub extern "C" fn springs_swing(locks: u32, border: usize, time: f64) -> i32 {
    with_input(|numbers| springs::springs_swing(numbers, locks, border, time))
}

/// [`springs::springs_mode`] of the stiffnesses and heights in the input.
#[unsafe(no_mangle)]
pub extern "C" fn springs_mode(border: usize, which: usize) -> i32 {
    with_input(|numbers| springs::springs_mode(numbers, border, which))
}

/// [`certificate::all_thresholds`] of the points in the input.
#[unsafe(no_mangle)]
pub extern "C" fn certificate_thresholds(epsilon: f64) -> i32 {
    with_input(|numbers| certificate::all_thresholds(numbers, epsilon))
}

/// [`certificate::one_split`] of the points in the input.
#[unsafe(no_mangle)]
pub extern "C" fn certificate_split(epsilon: f64) -> i32 {
    with_input(|numbers| certificate::one_split(numbers, epsilon))
}

/// [`certificate::contour_field`] of the points in the input.
#[unsafe(no_mangle)]
pub extern "C" fn certificate_contour_field(
    width: f64,
    left: f64,
    right: f64,
    bottom: f64,
    top: f64,
) -> i32 {
    with_input(|numbers| certificate::contour_field(numbers, width, [left, right, bottom, top]))
}

/// [`perturbation::rows`].
#[unsafe(no_mangle)]
pub extern "C" fn perturbation_rows(size: f64, seed: u32) -> i32 {
    keep(perturbation::rows(size, seed))
}

/// [`rings::curves`].
#[unsafe(no_mangle)]
pub extern "C" fn rings_curves(m: usize, strongest: f64) -> i32 {
    keep(rings::curves(m, strongest))
}

/// [`rings::at`].
#[unsafe(no_mangle)]
pub extern "C" fn rings_at(m: usize, t: f64) -> i32 {
    keep(rings::at(m, t))
}

/// [`walk::points`].
#[unsafe(no_mangle)]
pub extern "C" fn walk_points() -> i32 {
    keep(walk::points())
}

/// [`walk::modes`] of the points in the input.
#[unsafe(no_mangle)]
pub extern "C" fn walk_modes(epsilon: f64) -> i32 {
    with_input(|numbers| walk::modes(numbers, epsilon))
}

/// [`walk::after`] with the modes in the input.
#[unsafe(no_mangle)]
pub extern "C" fn walk_after(start: usize, steps: u32) -> i32 {
    with_input(|numbers| walk::after(numbers, start, steps))
}

/// [`multigrid::error`].
#[unsafe(no_mangle)]
pub extern "C" fn multigrid_error(n: usize, kind: u32) -> i32 {
    keep(multigrid::error(n, kind))
}

/// [`multigrid::described_error`] of the error in the input.
#[unsafe(no_mangle)]
pub extern "C" fn multigrid_described() -> i32 {
    with_input(multigrid::described_error)
}

/// [`multigrid::smooth`] of the error in the input.
#[unsafe(no_mangle)]
pub extern "C" fn multigrid_smooth(pairs: u32) -> i32 {
    with_input(|numbers| multigrid::smooth(numbers, pairs))
}

/// [`multigrid::coarsen`] of the error in the input.
#[unsafe(no_mangle)]
pub extern "C" fn multigrid_coarsen() -> i32 {
    with_input(multigrid::coarsen)
}

/// [`multigrid::solve`] for the right side in the input.
#[unsafe(no_mangle)]
pub extern "C" fn multigrid_solve(n: usize) -> i32 {
    with_input(|numbers| multigrid::solve(numbers, n))
}

/// [`multigrid::back`] of the two lists in the input.
#[unsafe(no_mangle)]
pub extern "C" fn multigrid_back() -> i32 {
    with_input(multigrid::back)
}
